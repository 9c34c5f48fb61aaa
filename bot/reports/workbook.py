"""The report as an Excel workbook: the same report gives the same bytes, no cell is a formula."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from handlers.phrases.report import (
    CLOSED_OFF,
    LISTS,
    NO_RANKING,
    SECTIONS,
    TITLE,
    percent,
)
from handlers.phrases.report import SMALL as SMALL_SAMPLE
from handlers.reporting.figures import refs_of
from knowledge.files.csvsheets import guarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from handlers.reporting.figures import Numbers
    from handlers.reporting.monthly import Report

Cell = str | int | float
RATE_HEAD = (
    *("名称", "比率", "分子", "分母", "未回复", "提醒", "算法"),
    *("分子编号", "分母编号", "未回复编号"),
)
FIGURE_HEAD = ("部分", "名称", "数", "单位", "算法", "编号")
TABLE_HEAD = ("表", "名称", "件数", "占比", "上个月", "编号")
BOLD = Font(bold=True)
CORE = "docProps/core.xml"
_DATED = re.compile(rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>")
BIRTH = datetime(2000, 1, 1)  # noqa: DTZ001 -- Excel's properties have no zone.
"""The day that every file claims to be made on."""
ZIP_BIRTH = (1980, 1, 1, 0, 0, 0)
WIDEST = 60
CELL_LIMIT = 32_000
"""Excel holds 32,767 characters in a cell: ids beyond stand in the JSON document."""


def workbook(report: Report) -> bytes:
    """Return the bytes of an .xlsx file."""
    book = new_book()
    sheet = book.create_sheet("说明")
    fill(sheet, (TITLE, str(report.month)), list(_notes(report)))
    fill(book.create_sheet("三率"), RATE_HEAD, list(_rates(report)))
    fill(book.create_sheet("数字"), FIGURE_HEAD, list(_figures(report)))
    fill(book.create_sheet("分类"), TABLE_HEAD, list(_tables(report)))
    for one in report.lists:
        fill(book.create_sheet(LISTS[one.key].name), one.heads, one.rows)
    return packed(book)


def new_book() -> Workbook:
    """Return a workbook without sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def packed(book: Workbook) -> bytes:
    """Return a workbook's bytes without a trace of when it was written."""
    book.properties.creator, book.properties.created = "linli", BIRTH
    raw, clean = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_BIRTH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(name)
            target.writestr(entry, _DATED.sub(b"", content) if name == CORE else content)
    return clean.getvalue()


def fill(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Write a head and rows; a text stays a text, whatever it begins with."""
    for number, row in enumerate((head, *rows), 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, _text(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = TYPE_STRING
            if number == 1:
                cell.font = BOLD
    sheet.freeze_panes = "A2"
    for column, name in enumerate(head, 1):
        longest = max((len(str(row[column - 1])) for row in rows), default=0)
        width = min(WIDEST, 2 * max(len(name), longest) + 2)
        sheet.column_dimensions[get_column_letter(column)].width = width


def _text(value: str) -> str:
    """What a cell can hold: no formula, no character that XML forbids, not too long."""
    return guarded(ILLEGAL_CHARACTERS_RE.sub("", value).strip())[:CELL_LIMIT]


def _notes(report: Report) -> Iterator[tuple[Cell, ...]]:
    if report.where:
        yield ("范围", report.where)
    yield ("数据截至", report.as_of.isoformat())
    if report.caution:
        yield ("提醒", report.caution)
    yield ("口径", CLOSED_OFF)
    yield ("不排名", NO_RANKING)


def _rates(report: Report) -> Iterator[tuple[Cell, ...]]:
    for one in report.rates:
        warning = SMALL_SAMPLE if one.small else ""
        yield (
            *(one.said.name, percent(one.value), one.above, one.below, len(one.apart)),
            *(warning, one.said.formula, _ids(one.good), _ids(one.every), _ids(one.apart)),
        )


def _figures(report: Report) -> Iterator[tuple[Cell, ...]]:
    for section, figures in report.sections.items():
        for one in figures:
            name, unit, formula = one.said
            yield (SECTIONS[section], name, one.count, unit, formula, "、".join(one.refs))


def _tables(report: Report) -> Iterator[tuple[Cell, ...]]:
    for table in report.tables:
        for row in table.rows:
            before: Cell = "" if row.before is None else row.before
            ids = _ids(row.numbers)
            yield (table.said.name, row.name, row.count, percent(row.share), before, ids)


def _ids(numbers: Numbers) -> str:
    return "、".join(refs_of(numbers))
