"""Cases that another system has recorded, as a table: 企业微信 居民上报 exports and CSV."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from knowledge.community.days.zone import ZONE
from knowledge.community.tickets.ticket import State
from knowledge.files.sheets import Columns

if TYPE_CHECKING:
    from knowledge.files.sheets import Row, Sheet

COLUMNS: Final = Columns(
    all=("编号", "时间", "内容", "类型", "地点", "上报人", "电话", "状态", "办结时间"),
    required=frozenset({"编号", "时间", "内容"}),
    aliases={
        **dict.fromkeys(("order_id", "工单编号", "单号", "事件编号"), "编号"),
        **dict.fromkeys(("create_time", "上报时间", "创建时间", "提交时间"), "时间"),
        **dict.fromkeys(("desc", "描述", "上报内容", "事件描述", "问题描述"), "内容"),
        **dict.fromkeys(("case_name", "事件类型", "上报类型", "分类"), "类型"),
        **dict.fromkeys(("location", "address", "位置", "地址", "上报地点"), "地点"),
        **dict.fromkeys(("reporter_name", "上报人姓名", "姓名"), "上报人"),
        **dict.fromkeys(("reporter_mobile", "手机", "手机号", "联系电话"), "电话"),
        **dict.fromkeys(("status", "处理状态", "办理状态"), "状态"),
        **dict.fromkeys(("solved_time", "完成时间", "处理时间"), "办结时间"),
    },
    dates=frozenset({"时间", "办结时间"}),
)
"""Our headings; the others are those of 企业微信's 居民上报 and what people write instead."""

ENDS: Final = {
    "": None,
    "待受理": None,
    "待处理": None,
    "办理中": None,
    "处理中": None,
    "已办结": State.CLOSED_SILENT,
    "办结": State.CLOSED_SILENT,
    "已完成": State.CLOSED_SILENT,
    "不受理": State.CLOSED_REJECTED,
    "不予受理": State.CLOSED_REJECTED,
}
"""What became of it there; None = it is still open and goes on here."""
LONGEST: Final = 2_000
_SHOWN: Final = 20
_SECONDS: Final = re.compile(r"[1-9][0-9]{9}")
"""A moment as 企业微信's interface gives it: seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case of another system; `end` = None while it is open there."""

    line: int
    reference: str
    at: datetime
    words: str
    category: str = ""
    place: str = ""
    name: str = ""
    phone: str = ""
    end: State | None = None
    ended_at: datetime | None = None


def read_cases(sheet: Sheet, now: datetime) -> list[Case]:
    """Return the cases of a table; what cannot be read is noted with its cell and its mend."""
    seen: set[str] = set()
    found = (_read(sheet, row, seen, now) for row in sheet.rows)
    return [case for case in found if case is not None]


def _read(sheet: Sheet, row: Row, seen: set[str], now: datetime) -> Case | None:
    before = len(sheet.problems)
    reference = row.id("编号")
    if not reference:
        sheet.error(row, "编号", "没有写编号", "写那边系统里的编号：再导一次时靠它认出是同一件")
    elif reference in seen:
        sheet.error(row, "编号", f"编号“{reference[:_SHOWN]}”用了两次", "只留一行")
    seen.add(reference)
    at = _moment(sheet, row, "时间", now)
    ended = _moment(sheet, row, "办结时间", now) if row["办结时间"] else None
    if not row["内容"]:
        sheet.error(row, "内容", "没有写内容", "写居民当时说了什么")
    if row["状态"] not in ENDS:
        known = "、".join(filter(None, ENDS))
        sheet.error(row, "状态", f"不认识“{row['状态'][:_SHOWN]}”", f"写这几个里的一个：{known}")
    if at is None or len(sheet.problems) > before:
        return None
    return Case(
        line=row.line,
        reference=reference,
        at=at,
        words=row["内容"][:LONGEST],
        category=row["类型"],
        place=row["地点"],
        name=row["上报人"][:_SHOWN],
        phone=row["电话"][:_SHOWN],
        end=ENDS[row["状态"]],
        ended_at=max(ended, at) if ended else at,
    )


def _moment(sheet: Sheet, row: Row, column: str, now: datetime) -> datetime | None:
    written = row[column].replace("/", "-")
    try:
        moment = _read_moment(written)
    except ValueError:
        what = f"看不懂时间“{row[column][:_SHOWN]}”"
        sheet.error(row, column, what, "写成 2026-11-22 08:30 这样")
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    if moment > now:
        sheet.error(row, column, f"{row[column][:_SHOWN]} 还没到", "检查年份和月份")
        return None
    return moment


def _read_moment(written: str) -> datetime:
    if _SECONDS.fullmatch(written):
        return datetime.fromtimestamp(int(written), ZONE)
    return datetime.fromisoformat(written)
