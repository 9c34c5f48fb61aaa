"""What an imported table would change, told before it happens.

Three versions stand side by side: the entry as it was exported, as its file has it now, and as the
table has it. What only the table changed is taken, what only the file changed stays, and what both
have changed is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.faq.entry import bare, derived_id
from knowledge.faq.plan import WRITTEN, Change, Kind, Plan, Table
from knowledge.faq.rowcheck import Written, check_rows
from knowledge.faq.sheet import checked
from knowledge.faq.table import differing, mark_of, row_of, tidy
from knowledge.files.checks import is_id
from knowledge.files.folder import read_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from knowledge.faq.table import Cells
    from knowledge.files.blocks import Block
    from knowledge.files.folder import Reading
    from knowledge.files.problem import Problem
    from knowledge.files.sheets import Row, Sheet


@dataclass(slots=True)
class _Item:
    """A row of the table, the entry it stands for, and what becomes of it."""

    written: Written
    block: Block | None
    kind: Kind

    @property
    def change(self) -> Change:
        """The row as an entry of the preview."""
        cells, block = self.written.cells, self.block
        old = row_of(cells["编号"], block) if block else tidy({})
        text = self.written.text if self.kind in WRITTEN else ""
        return Change(
            self.kind,
            cells["编号"],
            cells["问题"],
            self.written.where,
            text + _gap_behind(block) if block and not self.written.old else text,
            block,
            tuple((name, old[name], cells[name]) for name in differing(old, cells)),
        )


def plan_import(
    folder: Path,
    table: Table,
    today: date,
    links: Collection[str] = (),
    take: Collection[str] = (),
) -> Plan:
    """Compare a table with the folder; in a clash the table wins for the 编号 in `take`."""
    reading = read_folder(folder)
    sheet = checked(reading, links=links)
    usable = sheet.blocks | sheet.drafts
    standing = usable | _broken(reading, usable)
    items = list(_items(table, standing, usable))
    for item in items:
        if item.kind is not Kind.WRONG:
            item.kind = _fate(item, table.exported, take)
    there = {item.written.cells["编号"] for item in items}
    gone = tuple(_gone(table, standing, there, take))
    problems = _settle(items, reading, gone, today, links)
    for one in table.sheets:
        problems += one.problems
    return Plan(
        (*(item.change for item in items), *gone),
        tuple(sorted({*table.problems, *problems})),
        rows=len(items),
        before=len(standing),
    )


def _items(
    table: Table, standing: Mapping[str, Block], usable: Mapping[str, Block]
) -> Iterator[_Item]:
    """Yield each row with the entry that it names by 编号, or else by the same question."""
    titles = {bare(block.title): entry_id for entry_id, block in standing.items()}
    unnamed = _unnamed(table, standing)
    seen: dict[str, str] = {}
    for sheet in table.sheets:
        wrong = {one.line for one in sheet.problems if one.level == "error"}
        for row in sheet.rows:
            said = _id(row, titles)
            entry_id = said if said in standing else unnamed.get(bare(row["问题"]), said)
            if entry_id != said:
                what = f"《{standing[entry_id].title}》的编号是“{entry_id}”，这里写着“{said}”"
                sheet.error(row, "编号", what, f"改回 {entry_id}；编号不能改，也不要往下拖")
            block = standing.get(entry_id)
            cells = _cells(sheet, row, entry_id, block)
            item = _Item(
                Written(sheet, row.line, cells, usable.get(entry_id)),
                block,
                Kind.WRONG if row.line in wrong or entry_id != said else Kind.SAME,
            )
            if entry_id in seen:
                what = f"编号“{entry_id}”已经用过（{seen[entry_id]}）"
                sheet.error(row, "编号", what, "一条问答只留一行；另一条换一个编号")
                item.kind = Kind.WRONG
            seen.setdefault(entry_id, item.written.where)
            yield item


def _unnamed(table: Table, standing: Mapping[str, Block]) -> dict[str, str]:
    """Return the exported 编号 that no row has any more, by their questions."""
    rows = (row for sheet in table.sheets for row in sheet.rows)
    left = (table.exported.keys() & standing.keys()) - {tidy(row.cells)["编号"] for row in rows}
    return {bare(standing[entry_id].title): entry_id for entry_id in left}


def _id(row: Row, titles: Mapping[str, str]) -> str:
    cells = tidy(row.cells)
    return cells["编号"] or titles.get(bare(cells["问题"])) or derived_id(cells["问题"])


def _cells(sheet: Sheet, row: Row, entry_id: str, block: Block | None) -> Cells:
    """Return what the row says; a column that the table does not have says what stands."""
    standing = row_of(entry_id, block) if block else {}
    said = {column: row[column] for column in sheet.letters}
    return tidy(standing | said | {"编号": entry_id})


def _fate(item: _Item, exported: Mapping[str, str], take: Collection[str]) -> Kind:
    """Judge one row by its three versions."""
    entry_id = item.written.cells["编号"]
    base, mine = exported.get(entry_id), mark_of(item.written.cells)
    theirs = mark_of(row_of(entry_id, item.block)) if item.block else None
    if mine == theirs:
        return Kind.SAME
    if base == mine:
        return Kind.KEPT
    if base in (None, theirs) or entry_id in take:
        return Kind.CHANGED if item.block else Kind.ADDED
    return Kind.CLASH


def _gone(
    table: Table, standing: Mapping[str, Block], there: Collection[str], take: Collection[str]
) -> Iterator[Change]:
    """Yield the entries that were exported and whose rows were taken out."""
    if not table.whole or not all(map(is_id, there)):
        return
    for entry_id, base in table.exported.items():
        block = standing.get(entry_id)
        if entry_id in there or block is None:
            continue
        unchanged = mark_of(row_of(entry_id, block)) == base
        kind = Kind.GONE if unchanged or entry_id in take else Kind.CLASH
        yield Change(kind, entry_id, block.title, "", "", block)


def _settle(
    items: Iterable[_Item],
    reading: Reading,
    gone: Iterable[Change],
    today: date,
    links: Collection[str],
) -> list[Problem]:
    """Find what cannot stand, until what is left can; a row that is left out spoils no other."""
    leaving = [one.block for one in gone if one.kind is Kind.GONE]
    problems: list[Problem] = []
    while True:
        wanted = [item for item in items if item.kind in WRITTEN]
        moved = {*leaving, *(item.block for item in wanted)}
        beside = [block for block in reading.blocks if block not in moved]
        found = check_rows([item.written for item in wanted], beside, today, links)
        bad = [any(one.level == "error" for one in told) for told in found]
        for item, told, wrong in zip(wanted, found, bad, strict=True):
            if wrong:
                item.kind = Kind.WRONG
            if wrong or not any(bad):
                problems += told
        if not any(bad):
            return problems


def _broken(reading: Reading, usable: Mapping[str, Block]) -> dict[str, Block]:
    """Return the entries that cannot be used now: a good row of the same 编号 mends them."""
    named = ((one.value, block) for block in reading.blocks if (one := block.first("编号")))
    return {entry_id: block for entry_id, block in named if entry_id not in usable}


def _gap_behind(block: Block) -> str:
    return block.text[len(block.text.rstrip()) :]
