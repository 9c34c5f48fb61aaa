"""What stands in the history of a case that another system had before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.days.zone import local

if TYPE_CHECKING:
    from datetime import datetime

ENDED_THERE = "在原来的系统里办完"


def taken_over(source: str, reference: str, at: datetime, words: str, phone: str) -> str:
    """The words with where they come from: `… （企业微信 1024，11月3日报，电话 …）`."""
    day = local(at)
    contact = f"，电话 {phone}" if phone else ""
    return f"{words}（{source} {reference}，{day.month}月{day.day}日报{contact}）"
