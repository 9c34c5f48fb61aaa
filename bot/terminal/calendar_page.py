"""The plan of many days as a page in Markdown: what is said on which day, month by month."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from handlers.phrases.moments import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.planner import Planned

_HEAD = "| 日子 | 几点 | 主题 | 通知 | 说明 |\n|---|---|---|---|---|"


def calendar_page(
    planned: Sequence[Planned], notices: Sequence[Notice], first: date, last: date
) -> Iterator[str]:
    """Yield the lines of the page: a table for each month, what had to give way counted below."""
    named = {notice.id: notice for notice in notices}
    yield "# 通知日历"
    yield ""
    yield f"{first} 到 {last}，由 `linli notices preview --markdown` 写成，不用手改。"
    yield "群里实际看到的时间；免打扰、一天一条、一周两条、同主题一周一条都已经算过。"
    for (year, month), ones in groupby(planned, key=lambda one: _month(one.at or one.planned)):
        rows = list(ones)
        yield from ("", f"## {year}年{month}月", "", _HEAD)
        for one in rows:
            if one.at is not None:
                yield _row(named[one.notice_id], one, one.at)
        yield from _left_out([one for one in rows if one.at is None], named)


def _left_out(dropped: Sequence[Planned], named: Mapping[str, Notice]) -> Iterator[str]:
    stale = sum(bool(named[one.notice_id].unusable(one.planned.date())) for one in dropped)
    if gave_way := len(dropped) - stale:
        yield from ("", f"另有 {gave_way} 次让给了别的通知。")
    if stale:
        yield from ("", f"另有 {stale} 次到期没有再核对，不发。")


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month


def _row(notice: Notice, one: Planned, at: datetime) -> str:
    day = f"{at.month}月{at.day}日 周{WEEKDAYS[at.weekday()]}"
    title = f"{notice.title}（`{notice.id}`）"
    return f"| {day} | {at:%H:%M} | {notice.topic} | {title} | {one.why} |"
