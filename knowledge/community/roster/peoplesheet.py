"""Rows of `people.csv` become people, or findings; several rows of one 编号 are one person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knowledge.community.roster.idcheck import check_id
from knowledge.community.roster.people import Person
from knowledge.community.roster.peoplecheck import (
    accounts_of,
    check_accounts,
    check_deputies,
    grant_of,
    phone_of,
)
from knowledge.files.sheets import Columns

if TYPE_CHECKING:
    from collections.abc import Container

    from knowledge.files.sheets import Row, Sheet

COLUMNS: Final = Columns(
    (
        *("编号", "姓名", "手机", "角色", "范围", "代班", "技能", "账号"),
        *("称呼", "门牌", "关怀", "值班"),
    ),
    frozenset({"编号", "姓名", "角色", "范围"}),
)
_SAME: Final = ("姓名", "手机", "代班", "技能", "账号", "称呼", "门牌", "关怀", "值班")
"""Cells that must agree, or be empty, on all rows of one person."""


def people_of(sheet: Sheet, places: Container[str]) -> tuple[Person, ...]:
    """People in file order; `places` are the ids that a 范围 may name."""
    if not sheet.rows and not sheet.problems:
        sheet.error(1, "文件", "一个人也没有", "表头下面一行写一个人，先写邻长、组长、片长")
    together: dict[str, list[Row]] = {}
    for row in sheet.rows:
        person_id = check_id(sheet, row, ())
        if person_id:
            together.setdefault(person_id, []).append(row)
    people = {
        person_id: _person(sheet, person_id, rows, places) for person_id, rows in together.items()
    }
    rows_of = {person_id: rows[0] for person_id, rows in together.items()}
    check_deputies(sheet, rows_of, people)
    check_accounts(sheet, rows_of, people)
    return tuple(people.values())


def _person(sheet: Sheet, person_id: str, rows: list[Row], places: Container[str]) -> Person:
    row = _merged(sheet, rows)
    if not row["姓名"]:
        sheet.error(row, "姓名", "没有写姓名", "写上姓名；不想写真名可以写称呼")
    grants = dict.fromkeys(g for r in rows if (g := grant_of(sheet, r, places)) is not None)
    return Person(
        id=person_id,
        name=row["姓名"],
        phone=phone_of(sheet, row),
        grants=tuple(grants),
        deputy=row.id("代班") or None,
        skills=row.names("技能"),
        accounts=accounts_of(sheet, row),
        title=row["称呼"],
        door=row["门牌"],
        care=row.names("关怀"),
        duty=row["值班"],
    )


def _merged(sheet: Sheet, rows: list[Row]) -> Row:
    """The rows of one person as one; a cell that says two things is an error."""
    cells = dict(rows[0].cells)
    for row in rows[1:]:
        for column in _SAME:
            if row[column] and cells.get(column) and row[column] != cells[column]:
                what = f"“{row['编号']}”在第 {rows[0].line} 行的{column}不一样"
                fix = "编号相同的几行是同一个人：改成一样或留空；不是同一个人就换一个编号"
                sheet.error(row, column, what, fix)
            cells[column] = cells.get(column) or row[column]
    return replace(rows[0], cells=cells)
