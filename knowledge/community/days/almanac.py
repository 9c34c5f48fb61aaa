"""Lunar dates, solar terms and festivals as days of our calendar (lunar-python, lazily)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

SOLAR_TERMS = tuple(
    re.findall(
        "..",
        "小寒大寒立春雨水惊蛰春分清明谷雨立夏小满芒种夏至"
        "小暑大暑立秋处暑白露秋分寒露霜降立冬小雪大雪冬至",
    )
)
"""The 24 terms in the order in which they come in a year from January on."""

LUNAR_FESTIVALS = {
    "春节": (1, 1),
    "元宵": (1, 15),
    "端午": (5, 5),
    "七夕": (7, 7),
    "中元": (7, 15),
    "中秋": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
}
_FIXED = {"元旦": (1, 1), "劳动": (5, 1), "五一": (5, 1), "国庆": (10, 1), "十一": (10, 1)}
NEW_YEARS_EVE = "除夕"
_LAST_MONTH = 12

FESTIVALS = tuple(
    dict.fromkeys(("元旦", NEW_YEARS_EVE, *LUNAR_FESTIVALS, "清明", "劳动", "国庆", *_FIXED))
)
"""Names of festivals, each also written with 节 behind."""

_UNIX_EPOCH_JULIAN = 2440588
"""Julian day number of 1970-01-01."""


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The solar day of a lunar date; `year` is the lunar year (it begins in January or February).

    None where that year has no such day: a month of 29 days, or no leap month of that number.
    """
    first, length = _months(year).get(-month if leap else month, (date.min, 0))
    return first + timedelta(days=day - 1) if 1 <= day <= length else None


def new_years_eve(year: int) -> date:
    """The last day of the lunar year `year`, 29th or 30th of the twelfth month."""
    return _months(year + 1)[1][0] - timedelta(days=1)


def term_day(name: str, year: int) -> date:
    """The day (Beijing time) on which a solar term falls in a calendar year; KeyError if unknown."""
    return _terms(year)[name]


def is_festival(name: str) -> bool:
    """Tell whether a name is that of a festival, without working out a day of it."""
    return _short(name) in FESTIVALS


def festival_day(name: str, year: int) -> date | None:
    """The festival day itself in a calendar year, not the days off; None for an unknown name.

    中秋节 is 中秋; 除夕 is the one that falls in that year's January or February.
    """
    short = _short(name)
    if short in LUNAR_FESTIVALS:
        month, day = LUNAR_FESTIVALS[short]
        lunar_year = year - (month == _LAST_MONTH)  # 腊八 belongs to the lunar year before
        return lunar_day(lunar_year, month, day)
    if short in _FIXED:
        return date(year, *_FIXED[short])
    if short == NEW_YEARS_EVE:
        return new_years_eve(year - 1)
    return term_day("清明", year) if short == "清明" else None


def _short(name: str) -> str:
    return name if name in FESTIVALS else name.removesuffix("节")


@cache
def _months(year: int) -> dict[int, tuple[date, int]]:
    """Months of a lunar year by number (leap months negative): first day and length."""
    from lunar_python import LunarYear

    return {
        month.getMonth(): (_from_julian(month.getFirstJulianDay()), month.getDayCount())
        for month in LunarYear.fromYear(year).getMonths()
        if month.getYear() == year
    }


@cache
def _terms(year: int) -> dict[str, date]:
    from lunar_python import Solar

    table = Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()
    terms = {name: table[name] for name in SOLAR_TERMS if name != "冬至"}
    terms["冬至"] = table["DONG_ZHI"]  # the plain name is that of the winter before
    return {
        name: date(moment.getYear(), moment.getMonth(), moment.getDay())
        for name, moment in terms.items()
    }


def _from_julian(number: float) -> date:
    return date(1970, 1, 1) + timedelta(days=round(number) - _UNIX_EPOCH_JULIAN)
