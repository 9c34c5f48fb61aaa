"""How moments and days are said: short, relative where that is clearer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.days.zone import local

if TYPE_CHECKING:
    from datetime import datetime, timedelta

WEEKDAYS = "一二三四五六日"
_NEAR = {-1: "昨天", 0: "今天", 1: "明天"}


def hour(at: datetime) -> str:
    """The time of day: `23:46`."""
    return f"{local(at):%H:%M}"


def day(at: datetime, now: datetime) -> str:
    """The day: `今天`, `昨天`, `明天`, else `10月12日`."""
    there, here = local(at).date(), local(now).date()
    return _NEAR.get((there - here).days, f"{there.month}月{there.day}日")


def when(at: datetime, now: datetime) -> str:
    """Day and time: `昨天 19:05`."""
    return f"{day(at, now)} {hour(at)}"


def within(due: datetime, now: datetime) -> str:
    """A promise by the end of a day: `今天内`, `明天内`, `10月12日（周一）内`."""
    near = day(due, now)
    if near.endswith("天"):
        return f"{near}内"
    return f"{near}（周{WEEKDAYS[local(due).weekday()]}）内"


def lasting(length: timedelta) -> str:
    """A length of time: `9 分钟`, `2 小时`, `3 天`."""
    minutes = max(1, round(length.total_seconds() / 60))
    if minutes < 60:  # noqa: PLR2004 -- minutes of an hour.
        return f"{minutes} 分钟"
    hours = minutes // 60
    return f"{hours} 小时" if hours < 24 else f"{hours // 24} 天"  # noqa: PLR2004 -- hours of a day.


def ago(at: datetime, now: datetime) -> str:
    """How long ago, for the last hours: `9 分钟前`, `2 小时前`, else the day."""
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 1:
        return "刚才"
    if minutes < 60:  # noqa: PLR2004 -- minutes of an hour.
        return f"{minutes} 分钟前"
    if minutes < 24 * 60:
        return f"{minutes // 60} 小时前"
    return day(at, now)
