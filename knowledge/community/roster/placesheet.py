"""Rows of `places.csv` become a place tree, or findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from knowledge.community.places.namings import numbers_of, spellings
from knowledge.community.places.places import Management, Place, PlaceKind
from knowledge.community.roster.idcheck import check_id
from knowledge.files.sheets import Columns

if TYPE_CHECKING:
    from knowledge.files.sheets import Row, Sheet

COLUMNS: Final = Columns(
    ("编号", "上级", "类型", "名称", "别名", "管理方式"),
    frozenset({"编号", "上级", "类型", "名称"}),
)
_KINDS = " ".join(PlaceKind)
_MANAGED: Final[tuple[Management, ...]] = get_args(Management)
_TOP = frozenset({PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.ESTATE})
"""A place of these kinds may stand at the top: a small roster needs no street."""


def places_of(sheet: Sheet) -> tuple[Place, ...]:
    """Places in file order; every mistake is noted in the sheet."""
    places: dict[str, Place] = {}
    rows: dict[str, Row] = {}
    if not sheet.rows and not sheet.problems:
        sheet.error(1, "文件", "一个地点也没有", "表头下面一行写一个地点，从街道或小区写起")
    for row in sheet.rows:
        place_id = check_id(sheet, row, places)
        kind = _kind(sheet, row)
        if not row["名称"]:
            sheet.error(row, "名称", "没有写名称", "写上大家平时的叫法，如 3栋")
        if place_id and kind:
            places[place_id] = _place(sheet, row, place_id, kind)
            rows[place_id] = row
    for place in places.values():
        _check_parent(sheet, rows[place.id], place, places)
    _check_cycles(sheet, rows, places)
    _check_twins(sheet, rows, places)
    return tuple(places.values())


def _place(sheet: Sheet, row: Row, place_id: str, kind: PlaceKind) -> Place:
    return Place(
        id=place_id,
        parent=row.id("上级") or None,
        kind=kind,
        name=row["名称"],
        aliases=row.names("别名"),
        management=_management(sheet, row, kind),
    )


def _kind(sheet: Sheet, row: Row) -> PlaceKind | None:
    try:
        return PlaceKind(row["类型"])
    except ValueError:
        written = f"不认识的类型“{row['类型'][:20]}”" if row["类型"] else "没有写类型"
        sheet.error(row, "类型", written, f"只能写其中一个：{_KINDS}")
        return None


def _management(sheet: Sheet, row: Row, kind: PlaceKind) -> Management:
    written = row["管理方式"]
    if not written:
        return ""
    for management in _MANAGED:
        if management == written and kind is PlaceKind.ESTATE:
            return management
    if written in _MANAGED:
        sheet.warn(row, "管理方式", "管理方式只对小区有用，没有读", "这一格留空，写在小区那一行")
    else:
        what = f"不认识的管理方式“{written[:20]}”"
        sheet.error(row, "管理方式", what, "只能写 物管、自管、协管，或留空")
    return ""


def _check_parent(sheet: Sheet, row: Row, place: Place, places: dict[str, Place]) -> None:
    if place.parent is None:
        if place.kind not in _TOP:
            sheet.error(
                row, "上级", f"{place.kind}“{place.name}”没有写上级", "写上它所在地点的编号"
            )
        return
    parent = places.get(place.parent)
    if parent is None:
        fix = "改成表里已有的编号，或先加一行写这个地点"
        sheet.error(row, "上级", f"找不到编号为“{place.parent[:40]}”的上级", fix)
    elif parent.kind.depth >= place.kind.depth:
        what = f"{place.kind}“{place.name}”不能放在{parent.kind}“{parent.name}”下面"
        sheet.error(row, "上级", what, "顺序是 街道→社区→小区→网格→楼栋→单元，中间可以跳过")


def _check_cycles(sheet: Sheet, rows: dict[str, Row], places: dict[str, Place]) -> None:
    done: set[str] = set()
    for start in places:
        path: list[str] = []
        step: str | None = start
        while step in places and step not in done and step not in path:
            path.append(step)
            step = places[step].parent
        if step in path:
            circle = path[path.index(step) :]
            what = f"上级绕成了圈：{'→'.join((*circle[:8], step))}"
            sheet.error(rows[step], "上级", what, "把其中一个的上级改成真正的上级")
        done.update(path)


def _check_twins(sheet: Sheet, rows: dict[str, Row], places: dict[str, Place]) -> None:
    seen: dict[tuple[str | None, PlaceKind, str], Place] = {}
    for place in places.values():
        for name in dict.fromkeys((*numbers_of(place), *spellings(place))):
            twin = seen.setdefault((place.parent, place.kind, name), place)
            if twin is not place and place.name:
                what = f"同一个上级下面有两个“{name}”，分不清说的是哪一个"
                fix = f"改一个名称或别名（另一个是 {twin.id}“{twin.name}”）"
                sheet.warn(rows[place.id], "名称", what, fix)
                break
