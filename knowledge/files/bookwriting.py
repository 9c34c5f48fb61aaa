"""Excel workbooks written so that nothing in them is changed or run by Excel: all cells are text."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

LONGEST: Final = 32_767
"""Characters that one cell holds."""
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPARE: Final = 200
"""Empty rows below the last one that are prepared like the others."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to be written; `widths` in characters, `choices` become drop-down lists."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Mapping[str, int] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: bool = False


def workbook_of(pages: Sequence[Page]) -> bytes:
    """Return the workbook as the bytes of an .xlsx file."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        worksheet = book.create_sheet(page.title)
        _write(worksheet, page)
        worksheet.sheet_state = "hidden" if page.hidden else "visible"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(worksheet: Worksheet, page: Page) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    wrapped = Alignment(wrap_text=True, vertical="top")
    for line, cells in enumerate([page.columns, *page.rows], 1):
        for number, text in enumerate(cells, 1):
            cell = worksheet.cell(line, number, _UNWRITABLE.sub("", text) or None)
            if text:
                cell.data_type = "s"  # a text that begins with = stays a text
            cell.number_format, cell.alignment = "@", wrapped
            if line == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E8F2EC")
    for number, column in enumerate(page.columns, 1):
        dimension = worksheet.column_dimensions[get_column_letter(number)]
        dimension.width = page.widths.get(column, 14)
        dimension.number_format = "@"  # also what is typed below stays text: 0731, 001, 3-2
    worksheet.freeze_panes = "A2"
    _offer(worksheet, page)


def _offer(worksheet: Worksheet, page: Page) -> None:
    """Give the columns with few possible values their drop-down lists."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    last = len(page.rows) + 1 + _SPARE
    for column, words in page.choices.items():
        letter = get_column_letter(page.columns.index(column) + 1)
        offer = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        offer.showErrorMessage = False
        offer.add(f"{letter}2:{letter}{last}")
        worksheet.add_data_validation(offer)
