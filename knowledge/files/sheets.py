"""Tables that people keep in Excel: rows with their line, cells by the header's names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.files.blocks import split_list
from knowledge.files.conduct import breach_of_setting
from knowledge.files.expression import Expression
from knowledge.files.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.files.problem import Level

_DAMAGED = Expression(r"-?\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_REMARK = re.compile(r"\*|\([^)]*\)$")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """The header of a table in writing order, and the columns that must be there.

    `aliases` are headings that people write instead; `dates` are the columns of days.
    """

    all: tuple[str, ...]
    required: frozenset[str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()

    def named(self, cells: Sequence[str]) -> list[str]:
        """Return the column names that a header row stands for."""
        plain = ("".join(unicodedata.normalize("NFKC", cell).split()) for cell in cells)
        return [self._named(name) for name in plain]

    def _named(self, said: str) -> str:
        """Return the column that a heading means: 问题* and 问题（必填） are 问题."""
        core = _REMARK.sub("", said)
        name = self.aliases.get(core, core)
        return name if name in self.all else self.aliases.get(said, said)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; a column that is not there reads as ""."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def id(self, column: str) -> str:
        """The cell as an id: full-width letters and digits count as ordinary ones."""
        return unicodedata.normalize("NFKC", self[column])

    def ids(self, column: str) -> tuple[str, ...]:
        """The cell as a list of ids, each once."""
        return tuple(dict.fromkeys(split_list(self.id(column))))

    def names(self, column: str) -> tuple[str, ...]:
        """The cell as a list of words, each once."""
        return tuple(dict.fromkeys(split_list(self[column])))


@dataclass(slots=True)
class Sheet:
    """The rows of one table and everything found wrong with them.

    `whole` is False when rows are missing, so that what others say about them cannot be judged.
    `letters` are the columns' letters in a workbook; a finding then names its cell. Of a cell in
    `unread`, (line, column), nothing more is said: what it says is not known.
    """

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True
    letters: dict[str, str] = field(default_factory=dict)
    unread: set[tuple[int, str]] = field(default_factory=set)

    def add(self, at: Row | int, column: str, level: Level, what: str, fix: str) -> None:
        """Note one finding at a row (or line) and column."""
        line = at if isinstance(at, int) else at.line
        if (line, column) in self.unread:
            return
        cell = f"{self.letters[column]}{line}" if column in self.letters else ""
        self.problems.append(Problem(self.file, line, column, level, what, fix, cell))

    def error(self, at: Row | int, column: str, what: str, fix: str) -> None:
        """Note what forbids the import."""
        self.add(at, column, "error", what, fix)

    def warn(self, at: Row | int, column: str, what: str, fix: str) -> None:
        """Note what should be looked at."""
        self.add(at, column, "warning", what, fix)


def read_header(sheet: Sheet, line: int, cells: Sequence[str], columns: Columns) -> list[str]:
    """Return the column names, or nothing when one is missing or stands twice."""
    header = columns.named(cells)
    missing = [name for name in columns.all if name in columns.required - {*header}]
    if missing:
        fix = f"第一行写：{','.join(columns.all)}（CSV 里用英文逗号隔开）"
        sheet.error(line, "表头", f"缺少“{'、'.join(missing)}”这一列", fix)
        return []
    for name in header:
        breach = breach_of_setting(name)
        if name not in columns.all and breach is not None:
            sheet.error(line, name[:_SHOWN], str(breach), breach.fix)
        elif name and name not in columns.all:
            known = "、".join(columns.all)
            what = f"不认识“{name[:_SHOWN]}”这一列，没有读"
            sheet.warn(line, name[:_SHOWN], what, f"可用的列：{known}")
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    for name in doubled:
        sheet.error(line, name[:_SHOWN], f"“{name[:_SHOWN]}”这一列写了两次", "只留一列")
    return [] if doubled else header


def clean_cell(cell: str) -> str:
    """Return the text without blanks at its ends, invisible characters and Excel's text mark."""
    visible = "".join(c for c in cell if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf"})
    return visible.strip().removeprefix("'").strip()


def damaged_by_excel(text: str) -> bool:
    """Whether Excel has turned a long number into 1.38E+10: its digits are lost."""
    return _DAMAGED.fullmatch(text) is not None
