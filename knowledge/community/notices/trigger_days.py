"""The words for days in a line 触发, in the table `_FORMS`, and how such words rank."""

from __future__ import annotations

import re
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING

from knowledge.community.days.almanac import FESTIVALS, NEW_YEARS_EVE, SOLAR_TERMS, is_festival
from knowledge.community.notices.recurrence import (
    LAST,
    Daily,
    Festival,
    Lunar,
    Monthly,
    NewYearsEve,
    Once,
    SolarTerm,
    Weekly,
    WorkingDays,
    Yearly,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.community.notices.recurrence import Recurrence

FORMS = (
    "可以写：2026-12-01 09:00、每天 8:00、每周三 19:30、每月第一个周一 9:00、每月最后一个周一 9:00、"
    "每年 11-09 9:00、农历 腊月廿四 19:30、节气 立冬 9:00、节假日 春节 前3天 19:30、工作日 17:00、"
    "轮播 反诈 每周四 12:00、事件 气象 红色"
)


class Rank(IntEnum):
    """Who goes first when two notices want one place; the lower number wins (CONTRACT §3.2)."""

    DATED = 0
    YEARLY = 1
    ALMANAC = 2
    MONTHLY = 3
    WEEKLY = 4
    DAILY = 5
    ROTATION = 6
    EVENT = 7


_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九", 1)}
_WEEKDAYS = {char: day for day, char in enumerate("一二三四五六日")} | {"天": 6}
_WEEK = "(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
_LEAP_YEAR = 2000
_LONGEST_MONTH = 30


def read_days(text: str) -> tuple[Rank, Recurrence]:
    """Read the words before the time of day; raises ValueError with a Chinese sentence."""
    for rank, form, build in _FORMS:
        if found := re.fullmatch(form, text.replace(" ", "")):
            return rank, build(found)
    raise ValueError(f"“{text}”看不懂。{FORMS}")


def _once(found: re.Match[str]) -> Once:
    year, month, day = (int(part) for part in re.findall(r"\d+", found[0]))
    try:
        return Once(date(year, month, day))
    except ValueError:
        raise ValueError(f"“{found[0]}”这一天不存在") from None


def _yearly(found: re.Match[str]) -> Yearly:
    month, day = (int(part) for part in re.findall(r"\d+", found[0]))
    rule = Yearly(month, day)
    if not rule.in_year(_LEAP_YEAR):
        raise ValueError(f"“{month}月{day}日”这一天不存在")
    return rule


def _monthly(found: re.Match[str]) -> Monthly:
    nth = found["nth"]
    weekday = _WEEKDAYS[found["weekday"]]
    if nth == "最后一":
        return Monthly(LAST, weekday)
    return Monthly(_DIGITS.get(nth[1:]) or int(nth[1:]), weekday)


def _lunar(found: re.Match[str]) -> Lunar:
    month, day = _lunar_month(found["month"]), _lunar_day(found["day"])
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST_MONTH:  # noqa: PLR2004 -- months of a year
        raise ValueError(f"农历没有“{found['month']}月{found['day']}”。写如“农历 腊月廿四 19:30”")
    return Lunar(month, day, leap=bool(found["leap"]))


def _lunar_month(word: str) -> int:
    named = {"正": 1, "冬": 11, "腊": 12}.get(word)
    return named or _number(word)


def _lunar_day(word: str) -> int:
    return _number(word.removeprefix("初"))


def _number(word: str) -> int:
    """Read 1–39 in Chinese (廿三, 十一, 三十) or digits; 0 for anything else."""
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.replace("廿", "二十").rpartition("十")
    if tens not in {"", *_DIGITS} or ones not in {"", *_DIGITS}:
        return 0
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _lunar_name(found: re.Match[str]) -> NewYearsEve | Festival:
    name = found["name"]
    if name == NEW_YEARS_EVE:
        return NewYearsEve()
    return _festival_named(name, 0)


def _term(found: re.Match[str]) -> SolarTerm:
    if found["name"] not in SOLAR_TERMS:
        raise ValueError(f"没有“{found['name']}”这个节气。二十四节气是：{'、'.join(SOLAR_TERMS)}")
    return SolarTerm(found["name"])


def _festival(found: re.Match[str]) -> Festival:
    shift = int(found["count"] or 0)
    return _festival_named(found["name"], -shift if found["side"] == "前" else shift)


def _festival_named(name: str, shift: int) -> Festival:
    if not is_festival(name):
        raise ValueError(f"不认识节日“{name}”。可以写：{'、'.join(FESTIVALS)}")
    return Festival(name, shift)


_FORMS: tuple[tuple[Rank, str, Callable[[re.Match[str]], Recurrence]], ...] = (
    (Rank.DATED, r"\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}[日号]", _once),
    (Rank.DAILY, "每[天日]", lambda _: Daily()),
    (Rank.DAILY, "工作日", lambda _: WorkingDays()),
    (Rank.WEEKLY, f"每{_WEEK}", lambda found: Weekly(_WEEKDAYS[found["weekday"]])),
    (Rank.MONTHLY, f"每月(?P<nth>第[一二三四五1-5]|最后一)个?{_WEEK}", _monthly),
    (Rank.YEARLY, r"每年(\d{1,2}-\d{1,2}|\d{1,2}月\d{1,2}[日号])", _yearly),
    (Rank.ALMANAC, "农历(?P<leap>闰?)(?P<month>[^月闰]+)月(?P<day>[^日号]+)[日号]?", _lunar),
    (Rank.ALMANAC, "农历(?P<name>[^月]+)", _lunar_name),
    (Rank.ALMANAC, "节气(?P<name>.+)", _term),
    (
        Rank.ALMANAC,
        r"节假日(?P<name>[^前后]+?)(?:(?P<side>[前后])(?P<count>\d{1,2})天|当天)?",
        _festival,
    ),
)
