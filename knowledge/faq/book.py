"""The questions and answers as a workbook, and a workbook as questions and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knowledge.faq.plan import Table
from knowledge.faq.table import COLUMNS, mark_of, row_of
from knowledge.files.bookwriting import LONGEST, Page, workbook_of
from knowledge.files.office import CannotOpen
from knowledge.files.problem import Problem
from knowledge.files.sheets import Columns
from knowledge.files.workbooks import has_header, is_empty, open_workbook, read_worksheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from knowledge.faq.sheet import Sheet

TITLE, NOTES, RECORD = "问答", "填写说明", "导出记录"
_MARKS: Final = Columns(("编号", "版本"), frozenset({"编号", "版本"}))
_WIDTHS: Final = {
    "问题": 30,
    "问法": 34,
    "答案": 50,
    "更多": 50,
    "来源": 28,
    "编号": 20,
    "反例": 24,
}
_HOW: Final = (
    ("编号", "不要改；新的一条可以空着，会自动补上。"),
    ("问题", "居民会怎么问，一行一条。"),
    ("问法", "别的说法，一行一个（在格子里换行按 Alt+Enter），也可以用“；”隔开。"),
    ("答案", "群里先说的，不超过 120 个字。"),
    ("更多", "可以没有；居民回复“更多”才看到。"),
    ("来源", "文件名和文号，或者是谁答的。"),
    ("核对、有效期", "写 2026-12-31、2026年12月31日；长期有效写“长期”。"),
    ("关键词", "用“、”隔开。"),
    ("反例", "不许由这一条来答的问法，一行一个。"),
    ("状态", "写“草稿”就先不回答任何人；空着就生效。"),
    ("删掉一条", "删掉整行。导入时先给您看会新增、修改、删除哪些，您点了确认才生效。"),
    ("例一", "问题：65 岁以上老人坐公交要办卡吗？ 问法：老年卡怎么办；坐公交免费不 答案：……"),
    ("例二", "问题：社区几点上班？ 问法：周末有人吗 答案：工作日 8:30–17:30，在一楼大厅。"),
    ("例三", "问题：装修什么时候能施工？ 问法：几点可以装修 答案：…… 有效期：2027-12-31"),
)


def book_of(sheet: Sheet) -> tuple[bytes, tuple[str, ...]]:
    """Return the workbook of all usable entries and drafts, and the 编号 too long for a cell."""
    standing = sheet.blocks | sheet.drafts
    rows = {entry_id: row_of(entry_id, block) for entry_id, block in standing.items()}
    too_long = tuple(
        entry_id for entry_id, cells in rows.items() if max(map(len, cells.values())) > LONGEST
    )
    kept = [cells for entry_id, cells in rows.items() if entry_id not in too_long]
    entries = [[cells[column] for column in COLUMNS.all] for cells in kept]
    marks = [(cells["编号"], mark_of(cells)) for cells in kept]
    pages = (
        Page(TITLE, COLUMNS.all, entries, _WIDTHS, {"状态": ("草稿",)}),
        Page(NOTES, ("栏目", "怎么填"), _HOW, {"怎么填": 80}),
        Page(RECORD, _MARKS.all, marks, {}, hidden=True),
    )
    return workbook_of(pages), too_long


def read_book(raw: bytes, name: str) -> Table:
    """Read every sheet that has questions and answers; what cannot be read is a finding."""
    try:
        found = open_workbook(raw, name)
    except CannotOpen as reason:
        return Table((), (reason.problem,))
    marks = _marks(found.pop(RECORD, None), name)
    found.pop(NOTES, None)
    tables = [one for one in found.values() if has_header(one, COLUMNS)]
    if not tables:
        return Table(tuple(read_worksheet(one, name, COLUMNS) for one in [*found.values()][:1]))
    others = [one.title for one in found.values() if one not in tables and not is_empty(one)]
    sheets = tuple(read_worksheet(one, name, COLUMNS) for one in tables)
    return Table(sheets, tuple(_passed_over(name, title) for title in others), marks)


def _marks(worksheet: Worksheet | None, name: str) -> dict[str, str]:
    if worksheet is None:
        return {}
    return {row["编号"]: row["版本"] for row in read_worksheet(worksheet, name, _MARKS).rows}


def _passed_over(name: str, title: str) -> Problem:
    what = "这张表没有“问题”和“答案”两列，没有读"
    return Problem(f"{name}《{title}》", 1, "表头", "warning", what, "要导入就在第一行写上列名")
