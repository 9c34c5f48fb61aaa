"""The roster as one workbook: three sheets with the names and columns of the three files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from knowledge.community.places.places import ChatMode, Management, PlaceKind
from knowledge.community.roster import chatsheet, peoplesheet, placesheet
from knowledge.community.roster.people import Role
from knowledge.community.roster.roster import roster_of, tables_of
from knowledge.files.bookwriting import Page, workbook_of
from knowledge.files.office import CannotOpen
from knowledge.files.sheets import Sheet
from knowledge.files.workbooks import open_workbook, read_worksheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from knowledge.community.roster.roster import Roster
    from knowledge.files.problem import Problem
    from knowledge.files.sheets import Columns

_TABLES: Final = {
    "places": placesheet.COLUMNS,
    "people": peoplesheet.COLUMNS,
    "chats": chatsheet.COLUMNS,
}
_CHOICES: Final = {
    "类型": tuple(PlaceKind),
    "管理方式": tuple(filter(None, get_args(Management))),
    "角色": tuple(Role),
    "模式": get_args(ChatMode),
}
_WIDTHS: Final = {"名称": 20, "别名": 24, "范围": 20, "账号": 28, "手机": 16, "技能": 18}


def read_book(raw: bytes, name: str) -> tuple[Roster | None, tuple[Problem, ...]]:
    """Read and check a workbook; with any error there is no roster, only findings."""
    try:
        found = {_key(title): one for title, one in open_workbook(raw, name).items()}
    except CannotOpen as reason:
        return None, (reason.problem,)
    return roster_of(*(_table(found, name, key, columns) for key, columns in _TABLES.items()))


def book_of(roster: Roster) -> bytes:
    """Return the workbook of a roster; what `read_book` reads from it is the same."""
    return workbook_of([_page(*table) for table in tables_of(roster)])


def _table(found: dict[str, Worksheet], name: str, key: str, columns: Columns) -> Sheet:
    if key in found:
        return read_worksheet(found[key], name, columns)
    sheet = Sheet(name, whole=False)
    what = f"没有名叫 {key} 的表"
    sheet.error(1, "文件", what, f"加一张表，名字叫 {key}，第一行写：{'、'.join(columns.all)}")
    return sheet


def _page(file: str, columns: Columns, rows: list[list[str]]) -> Page:
    choices = {column: words for column, words in _CHOICES.items() if column in columns.all}
    return Page(_key(file), columns.all, rows, _WIDTHS, choices)


def _key(title: str) -> str:
    """Return a sheet's name as we know it: `People`, ` people ` and `people.csv` are one."""
    return title.strip().lower().removesuffix(".csv")
