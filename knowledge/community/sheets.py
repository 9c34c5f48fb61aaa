"""Tables that people keep in Excel: rows with their line, cells by the header's names."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from knowledge.files.blocks import split_list
from knowledge.files.conduct import breach_of_setting
from knowledge.files.encoding import read_text
from knowledge.files.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_FORMULA = "=+-@＝＋－＠'"
"""A cell that begins so would be run by Excel: it is written behind an apostrophe."""
_DAMAGED = re.compile(r"-?\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """The header of a table in writing order, and the columns that must be there."""

    all: tuple[str, ...]
    required: frozenset[str]


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
    """

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True

    def add(
        self, at: Row | int, column: str, level: Literal["error", "warning"], what: str, fix: str
    ) -> None:
        """Note one finding at a row (or line) and column."""
        line = at if isinstance(at, int) else at.line
        self.problems.append(Problem(self.file, line, column, level, what, fix))

    def error(self, at: Row | int, column: str, what: str, fix: str) -> None:
        """Note what forbids the import."""
        self.add(at, column, "error", what, fix)

    def warn(self, at: Row | int, column: str, what: str, fix: str) -> None:
        """Note what should be looked at."""
        self.add(at, column, "warning", what, fix)


def read_sheet(path: Path, columns: Columns) -> Sheet:
    """Read one CSV file; a table that cannot be read comes without rows and with an error."""
    sheet = Sheet(f"{path.parent.name}/{path.name}")
    if not path.exists():
        header = ",".join(columns.all)
        sheet.error(1, "文件", "没有这个文件", f"新建 {path.name}，第一行写：{header}")
        sheet.whole = False
        return sheet
    text, problem = read_text(path, sheet.file)
    if problem is not None and "BOM" in problem.message:
        problem = replace(problem, fix="可以不改：Excel 靠它认出中文")
    if problem is not None:
        sheet.problems.append(problem)
    if problem is None or problem.level != "error":
        _fill(sheet, text, columns)
    sheet.whole = all(problem.level != "error" for problem in sheet.problems)
    return sheet


def write_sheet(path: Path, columns: Columns, rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV file that Excel opens rightly (UTF-8 with BOM) and never runs as formulas."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns.all)
        writer.writerows([guarded(cell) for cell in row] for row in rows)


def damaged_by_excel(text: str) -> bool:
    """Whether Excel has turned a long number into 1.38E+10: its digits are lost."""
    return _DAMAGED.fullmatch(text) is not None


def _fill(sheet: Sheet, text: str, columns: Columns) -> None:
    first = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter="\t" if "\t" in first and "," not in first else ",",
        strict=True,
    )
    header: list[str] = []
    line = 1
    try:
        for record in reader:
            cells = [_clean(cell) for cell in record]
            if any(cells) and header:
                _keep(
                    sheet, Row(line, dict(zip(header, cells, strict=False))), cells[len(header) :]
                )
            elif any(cells):
                header = _header(sheet, line, cells, columns)
                if not header:
                    return
            line = reader.line_num + 1
    except csv.Error:
        sheet.error(
            line, "整行", "引号不成对，从这里往下读不懂", "检查这一行的英文双引号，成对或删掉"
        )
    if not header:
        sheet.error(1, "文件", "文件是空的", f"第一行写：{','.join(columns.all)}")


def _header(sheet: Sheet, line: int, cells: list[str], columns: Columns) -> list[str]:
    """The column names, or nothing when one that must be there is missing."""
    header = [unicodedata.normalize("NFKC", cell).replace(" ", "") for cell in cells]
    missing = [name for name in columns.all if name in columns.required - {*header}]
    if missing:
        whole = ",".join(columns.all)
        fix = f"第一行写：{whole}（用英文逗号隔开）"
        sheet.error(line, "表头", f"缺少“{'、'.join(missing)}”这一列", fix)
        return []
    for name in header:
        breach = breach_of_setting(name)
        if name not in columns.all and breach is not None:
            sheet.error(line, name[:20], str(breach), breach.fix)
        elif name and name not in columns.all:
            known = "、".join(columns.all)
            sheet.warn(line, name[:20], f"不认识“{name[:20]}”这一列，没有读", f"可用的列：{known}")
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        sheet.error(line, name[:20], f"“{name[:20]}”这一列写了两次", "只留一列")
    return header


def _keep(sheet: Sheet, row: Row, surplus: list[str]) -> None:
    if any(surplus):
        fix = "一格里要写几个时用“；”隔开，不用英文逗号"
        sheet.error(row, "整行", f"这一行比表头多了 {len(surplus)} 格", fix)
    sheet.rows.append(row)


def _clean(cell: str) -> str:
    """The cell without blanks at its ends, invisible characters and Excel's text mark."""
    visible = "".join(c for c in cell if unicodedata.category(c) not in {"Cc", "Cf"})
    return visible.strip().removeprefix("'").strip()


def guarded(cell: str) -> str:
    """The text as Excel may have it: never the beginning of a formula."""
    return f"'{cell}" if cell and cell[0] in _FORMULA else cell
