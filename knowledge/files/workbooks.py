"""Excel workbooks as tables of text: every cell is read as it looks, or told as a finding."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from knowledge.files.office import DAMAGES, EXCEL, CannotOpen, opened
from knowledge.files.sheets import Row, Sheet, clean_cell, read_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from knowledge.files.sheets import Columns

    Cells = list[Cell | MergedCell]

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 64
_HEADER_WITHIN: Final = 20
"""Rows in which the header is looked for: many people put a title above it."""
_DIGITS: Final = 15
"""Digits of a number that Excel keeps; it turns the rest into zeros."""
_ESCAPED: Final = re.compile("_x00(?:0[0-8B-F]|1[0-9A-F])_")
"""How Excel keeps control characters that were pasted along."""
_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = range(36_526, 73_051)
"""Day numbers of the years 2000 to 2099."""
_NAMED: Final = 5
_SHOWN: Final = 60
_UNIT: Final = re.compile(r'%|[¥￥€]|"[^"\- ]+"|\[\$[^\]-]')
"""What a number format shows beside the number: 50%, 10.50元."""
_AS_TEXT: Final = "先把这一列设成“文本”格式（右键，设置单元格格式），再重新填写"


def open_workbook(raw: bytes, name: str) -> dict[str, Worksheet]:
    """Return the sheets of a workbook by their titles, hidden ones too.

    Raises:
        CannotOpen: the file as a whole cannot be read.
    """
    from openpyxl import load_workbook

    package = opened(raw, name, EXCEL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of decorations that it does not keep
            book = load_workbook(package, keep_links=False)
    except DAMAGES:
        what = "文件里面坏了，读不了"
        raise CannotOpen(name, what, f"把内容复制到一个新的表里；{EXCEL.save_as}") from None
    return {sheet.title: sheet for sheet in book.worksheets}


def read_worksheet(worksheet: Worksheet, name: str, columns: Columns) -> Sheet:
    """Read one sheet of the workbook `name`; without its header there are no rows."""
    sheet = Sheet(f"{name}《{worksheet.title}》")
    rows = _rows(worksheet, MOST_ROWS)
    at = _header_at(rows, columns)
    header: list[str] = []
    if at is None:
        sheet.error(1, "表头", "这张表是空的", f"第一行写：{'、'.join(columns.all)}")
    else:
        words = _words(rows[at])
        sheet.letters = {name: _letter(n) for n, name in enumerate(columns.named(words)) if name}
        header = read_header(sheet, at + 1, words, columns)
    if at is None or not header:
        sheet.whole = False
        return sheet
    _fill_merged(sheet, worksheet, rows, at)
    for line, cells in enumerate(rows[at + 1 :], at + 2):
        _keep(sheet, Row(line, {}), dict(enumerate(header)), cells, columns)
    _tell_rows(sheet, worksheet)
    return sheet


def has_header(worksheet: Worksheet, columns: Columns) -> bool:
    """Whether a sheet has all columns that must be there."""
    return any(_is_header(cells, columns) for cells in _rows(worksheet, _HEADER_WITHIN))


def is_empty(worksheet: Worksheet) -> bool:
    """Whether nothing is written on a sheet."""
    return not any(any(_words(cells)) for cells in _rows(worksheet, MOST_ROWS))


def _rows(worksheet: Worksheet, most: int) -> list[Cells]:
    """Return the cells of the first rows; what lies far out is a slip and costs no memory."""
    lines, columns = min(worksheet.max_row, most), min(worksheet.max_column, MOST_COLUMNS)
    return [list(cells) for cells in worksheet.iter_rows(max_row=lines, max_col=columns)]


def _header_at(rows: list[Cells], columns: Columns) -> int | None:
    """Return the row that holds the header, else the first that holds anything."""
    written = [at for at, cells in enumerate(rows) if any(_words(cells))]
    right = (at for at in written[:_HEADER_WITHIN] if _is_header(rows[at], columns))
    return next(right, written[0] if written else None)


def _is_header(cells: Cells, columns: Columns) -> bool:
    return columns.required <= {*columns.named(_words(cells))}


def _words(cells: Cells) -> list[str]:
    return ["" if cell.value is None else clean_cell(str(cell.value)) for cell in cells]


def _letter(at: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(at + 1)


def _fill_merged(sheet: Sheet, worksheet: Worksheet, rows: list[Cells], header: int) -> None:
    """Let a cell that was merged downwards stand in each of its rows, and tell of every merge."""
    named = {letter: name for name, letter in sheet.letters.items()}
    for area in worksheet.merged_cells.ranges:
        first = rows[area.min_row - 1][area.min_col - 1] if area.min_row <= len(rows) else None
        column = named.get(_letter(area.min_col - 1))
        if first is None or column is None or area.max_row <= header + 1:
            continue
        downwards = area.min_col == area.max_col
        if downwards:
            for cells in rows[area.min_row : area.max_row]:
                cells[area.min_col - 1] = first
        how = "每一行都按第一格读" if downwards else "只读到第一格，其余当作空的"
        sheet.warn(
            area.min_row,
            column,
            f"{area.coord} 是合并的单元格，{how}",
            "选中它，点“取消合并”，在每一行里各写一遍",
        )


def _keep(
    sheet: Sheet, row: Row, header: Mapping[int, str], cells: Cells, columns: Columns
) -> None:
    before = len(sheet.problems)
    for at, cell in enumerate(cells):
        column = header[at]
        if column in columns.all:
            row.cells[column] = _text(sheet, row, column, cell, dates=column in columns.dates)
        elif not column and cell.value is not None:
            what = f"{_letter(at)} 列没有表头，这一格没有读"
            sheet.warn(row, "整行", what, "在表头那一行写上列名，或者删掉这一列")
    if any(row.cells.values()) or len(sheet.problems) > before:
        sheet.rows.append(row)


def _text(sheet: Sheet, row: Row, column: str, cell: Cell | MergedCell, *, dates: bool) -> str:
    """Return what a cell says, "" after noting that it cannot be told."""
    if cell.value is None:
        return ""
    if trouble := _trouble(cell, dates=dates):
        sheet.error(row, column, *trouble)
        sheet.unread.add((row.line, column))
        return ""
    if cell.hyperlink and (target := cell.hyperlink.target or "") not in str(cell.value):
        what = f"字下面藏着链接 {target[:_SHOWN]}，链接没有读"
        sheet.warn(row, column, what, "要给居民看的网址，直接写在格子里")
    return _said(sheet, row, column, cell, dates=dates)


def _trouble(cell: Cell | MergedCell, *, dates: bool) -> tuple[str, str] | None:
    """Return why a cell cannot be told, and how to mend it."""
    value = cell.value
    number = abs(value) if isinstance(value, (int, float)) else 0
    trouble = None
    if cell.data_type == "f":
        trouble = "这一格是公式，读不到结果", "选中它，复制，再“选择性粘贴”成“数值”"
    elif cell.data_type == "e":
        trouble = f"这一格是 Excel 的出错提示 {value}", "改成真正的内容，或者清空"
    elif isinstance(value, (datetime, date)) and not dates:
        trouble = f"这一格被 Excel 当成了日期（{value:%Y-%m-%d}）", _AS_TEXT
    elif number >= 10**_DIGITS:
        trouble = f"数字超过 {_DIGITS} 位，Excel 已经丢了后面几位", _AS_TEXT
    elif isinstance(value, (int, float)) and not dates and _UNIT.search(cell.number_format):
        what = f"这一格显示的“%”、“元”这类是格式，不是字，读到的只是 {value:g}"
        trouble = what, _AS_TEXT
    return trouble


def _said(sheet: Sheet, row: Row, column: str, cell: Cell | MergedCell, *, dates: bool) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if dates and isinstance(value, (int, float)) and int(value) in _SERIALS:
        day = (_EPOCH + timedelta(days=int(value))).isoformat()
        what = f"{value:.0f} 是 Excel 里日期的序号，当作 {day} 读"
        sheet.warn(row, column, what, "右键，设置单元格格式，选“日期”；对不对请看一眼")
        return day
    return _written(value, cell.number_format)


def _written(value: object, number_format: str) -> str:
    """Return a value as its cell shows it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and re.fullmatch("0+", number_format):
        return str(value).zfill(len(number_format))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return f"{value // timedelta(hours=1)}:{value // timedelta(minutes=1) % 60:02}"
    return clean_cell(_ESCAPED.sub("", str(value)).replace("\r\n", "\n"))


def _tell_rows(sheet: Sheet, worksheet: Worksheet) -> None:
    """Tell of rows that nobody sees and of rows that were not read."""
    read = {row.line for row in sheet.rows}
    hidden = [line for line, row in worksheet.row_dimensions.items() if row.hidden and line in read]
    struck = [line for line in sorted(read) if _is_struck(worksheet[line])]
    for found, how in ((hidden, "是隐藏的"), (struck, "画了删除线")):
        if found:
            lines = "、".join(map(str, found[:_NAMED])) + (" …" if len(found) > _NAMED else "")
            what = f"第 {lines} 行{how}，也一起读了"
            sheet.warn(found[0], "整行", what, "不要的行请删掉，隐藏、画线都不算删")
    if worksheet.max_row > MOST_ROWS:
        what = f"表有 {worksheet.max_row} 行，只读了前 {MOST_ROWS} 行"
        sheet.error(MOST_ROWS, "整行", what, "选中最后一行下面的空行，右键删除，再保存")
        sheet.whole = False


def _is_struck(cells: Iterable[Cell | MergedCell]) -> bool:
    """Whether everything that is written in a row is struck through."""
    written = [cell for cell in cells if cell.value is not None]
    return bool(written) and all(cell.has_style and cell.font.strike for cell in written)
