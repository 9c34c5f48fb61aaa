"""The day that somebody names: 12月20日, 明天, 两周, 下周三."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from knowledge.files.expression import Expression

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

_NUMBER = {han: value for value, han in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_WEEKDAYS = {sign: at for at, sign in enumerate("一二三四五六日")} | {"天": 6}
_NEAR = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_DAYS = {"天": 1, "周": 7, "星期": 7, "个月": 30, "月": 30}


def read_day(text: str, today: date) -> tuple[date | None, str]:
    """Return the day named at the start of the text and what follows; None when there is none."""
    said = text.strip()
    for pattern, day in _WAYS:
        found = pattern.match(said)
        if found is not None:
            named = day(found, today)
            if named is not None:
                return named, said[found.end() :].strip(" ，,。、：:前之")
    return None, said


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_day(found: re.Match[str], today: date) -> date | None:
    """The next such day: of this year, or where that is over of the next one."""
    here = _on(today.year, int(found[1]), int(found[2]))
    return here if here and here >= today else _on(today.year + 1, int(found[1]), int(found[2]))


def _weekday(found: re.Match[str], today: date) -> date:
    """周三 is the next one to come, 下周三 that of the next week."""
    ahead = _WEEKDAYS[found[2]] - today.weekday()
    if found[1]:
        return today + timedelta(days=ahead + 7)
    return today + timedelta(days=ahead % 7)


def _span(found: re.Match[str], today: date) -> date:
    count = int(found[1]) if found[1].isdecimal() else _NUMBER[found[1]]
    return today + timedelta(days=min(count * _DAYS[found[2]], 999))


_WAYS: tuple[tuple[Expression, Callable[[re.Match[str], date], date | None]], ...] = (
    (
        Expression(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?"),
        lambda found, _today: _on(int(found[1]), int(found[2]), int(found[3])),
    ),
    (Expression(r"(\d{1,2})(?:月|-)(\d{1,2})[日号]?"), _month_day),
    (
        Expression(r"今天|明天|大后天|后天"),
        lambda found, today: today + timedelta(days=_NEAR[found[0]]),
    ),
    (Expression(r"(下)?(?:周|星期|礼拜)([一二三四五六日天])"), _weekday),
    (Expression(r"(\d{1,3}|[一二两三四五六七八九十])\s*(天|周|星期|个月|月)后?"), _span),
)
"""Every way of naming a day, tried in this order."""
