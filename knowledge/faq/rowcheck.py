"""The checks of an entry, made on a row of a table and told at its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knowledge.faq.entry import read_entry
from knowledge.faq.sheet import StandingEntries, is_draft
from knowledge.faq.table import MARKED, text_of
from knowledge.files.blocks import parse_blocks
from knowledge.files.checks import Findings
from knowledge.files.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from knowledge.faq.table import Cells
    from knowledge.files.blocks import Block
    from knowledge.files.sheets import Sheet

_COLUMNS: Final = {"标题": "问题", "短": "答案", "正文": "答案"}
_FILL: Final = {
    "问题": "写上居民会怎么问，如“老年卡怎么办？”",
    "答案": "写上答案，不超过 120 个字；更多的写在“更多”那一格",
    "来源": "写上文件名和文号，或者是谁答的",
    "核对": "写上最近核对的日期，如 2026-11-01",
}
"""How to mend a cell that is empty."""


@dataclass(frozen=True, slots=True)
class Written:
    """A row that wants to stand as an entry: its place, its cells, and what it replaces."""

    sheet: Sheet
    line: int
    cells: Cells
    old: Block | None
    """The entry as it stands, where the row says it anew."""

    @property
    def text(self) -> str:
        """The entry's text as its file will have it."""
        return text_of(self.cells, self.old)

    @property
    def where(self) -> str:
        """The row as people find it."""
        return f"{self.sheet.file}第 {self.line} 行"

    def problem(self, found: Problem, column: str) -> Problem:
        """Return a finding as one of this row."""
        letter = self.sheet.letters.get(column)
        empty = not self.cells[column]
        return Problem(
            self.sheet.file,
            self.line,
            column,
            found.level,
            "没有写问题" if column == "问题" and empty else found.message,
            _FILL.get(column, found.fix) if empty else found.fix,
            f"{letter}{self.line}" if letter else "",
        )


def check_rows(
    rows: Iterable[Written], beside: Iterable[Block], today: date, links: Collection[str]
) -> list[list[Problem]]:
    """Return what is wrong with each row, were they to stand together beside these entries."""
    stand = StandingEntries()
    for block in sorted(beside, key=is_draft):
        found = Findings(block)
        entry = read_entry(found, None, links)
        stand.check(found, entry)
        if not found.broken:
            stand.add(entry)
    return [_check(row, stand, today, links) for row in rows]


def _check(
    row: Written, stand: StandingEntries, today: date, links: Collection[str]
) -> list[Problem]:
    if marked := [column for column in ("答案", "更多") if MARKED.search(row.cells[column])]:
        fix = "换个写法：这样的行在文件里会变成另一条问答或另一段答案"
        what = f"《{row.cells['问题']}》有一行以 ## 或【短】【长】开头"
        found = Problem("", 0, "", "error", what, fix)
        return [row.problem(found, column) for column in marked]
    if row.cells["更多"] and not row.cells["答案"]:
        return [row.problem(Problem("", 0, "", "error", "没有写答案", ""), "答案")]
    block = parse_blocks(row.text, row.sheet.file, row.line)[0]
    findings = Findings(block)
    entry = read_entry(findings, today, links)
    stand.check(findings, entry)
    if not findings.broken:
        stand.add(entry)
    more = _line_of_more(block)
    return [row.problem(one, _column(one, more)) for one in findings.problems]


def _column(found: Problem, more: int) -> str:
    if found.field == "正文" and found.line >= more:
        return "更多"
    return _COLUMNS.get(found.field, found.field)


def _line_of_more(block: Block) -> int:
    """Return the line from which on the body is the long text."""
    lines = block.text.split("\n")
    at = (at for at, line in enumerate(lines) if line.startswith("【长】"))
    return block.line + next(at, len(lines))
