"""What an id in a roster must look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.files.expression import Expression
from knowledge.files.sheets import damaged_by_excel

if TYPE_CHECKING:
    from collections.abc import Container

    from knowledge.files.sheets import Row, Sheet

_BAD = Expression(r"[\s:;,、；，：]")
_LONGEST = 64


def check_id(sheet: Sheet, row: Row, taken: Container[str], column: str = "编号") -> str:
    """The id in the row, or "" after noting why it cannot be one."""
    written = row.id(column)
    trouble = _trouble(written)
    if trouble is not None:
        sheet.error(row, column, *trouble)
        return ""
    if written in taken:
        sheet.error(
            row, column, f"{column}“{written}”用了两次", f"每个{column}只能用一次，改掉一个"
        )
        return ""
    return written


def _trouble(written: str) -> tuple[str, str] | None:
    if not written:
        return "没有写编号", "写一个不重复的编号，如 b3 或 001"
    if bad := _BAD.search(written):
        what = "空格" if bad[0].isspace() else f"“{bad[0]}”"
        return f"“{written[:40]}”里有{what}", "编号里不用空格、冒号、逗号、顿号和分号"
    if len(written) > _LONGEST:
        return f"“{written[:20]}…”太长", f"编号最多 {_LONGEST} 个字"
    if damaged_by_excel(written):
        return f"“{written}”被 Excel 改坏了", "先把这一列设成“文本”格式，再重新填写"
    return None
