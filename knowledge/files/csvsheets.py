"""Tables as CSV files, as Excel writes and reads them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.files.encoding import read_text
from knowledge.files.sheets import Row, Sheet, clean_cell, read_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from knowledge.files.sheets import Columns

_FORMULA = "=+-@＝＋－＠'"
"""A cell that begins so would be run by Excel: it is written behind an apostrophe."""


def read_csv(path: Path, columns: Columns) -> Sheet:
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


def write_csv(path: Path, columns: Columns, rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV file that Excel opens rightly (UTF-8 with BOM) and never runs as formulas."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns.all)
        writer.writerows([guarded(cell) for cell in row] for row in rows)


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
            cells = [clean_cell(cell).replace("\n", "") for cell in record]
            if any(cells) and header:
                _keep(
                    sheet, Row(line, dict(zip(header, cells, strict=False))), cells[len(header) :]
                )
            elif any(cells):
                header = read_header(sheet, line, cells, columns)
                if not header:
                    return
            line = reader.line_num + 1
    except csv.Error:
        sheet.error(
            line, "整行", "引号不成对，从这里往下读不懂", "检查这一行的英文双引号，成对或删掉"
        )
    if not header:
        sheet.error(1, "文件", "文件是空的", f"第一行写：{','.join(columns.all)}")


def _keep(sheet: Sheet, row: Row, surplus: list[str]) -> None:
    if any(surplus):
        fix = "一格里要写几个时用“；”隔开，不用英文逗号"
        sheet.error(row, "整行", f"这一行比表头多了 {len(surplus)} 格", fix)
    sheet.rows.append(row)


def guarded(cell: str) -> str:
    """The text as Excel may have it: never the beginning of a formula."""
    return f"'{cell}" if cell and cell[0] in _FORMULA else cell
