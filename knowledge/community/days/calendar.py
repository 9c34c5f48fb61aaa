"""Working days as the State Council orders them: holidays off, 调休 counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.days.almanac import festival_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

SATURDAY = 5
_CHINESE = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
"""The library's names of the statutory holidays, as people here call them."""


class WorkCalendar:
    """Answers whether a day is worked; `extra` (True = worked) overrules what the library knows.

    Years without published 调休 count Monday to Friday and are collected in `unknown_years`.
    """

    def __init__(self, extra: Mapping[date, bool] | None = None) -> None:
        self._extra = dict(extra or {})
        self._known: dict[date, bool] = {}
        self.unknown_years: set[int] = set()

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day; never raises."""
        if (told := self._extra.get(day)) is not None:
            return told
        if (known := self._known.get(day)) is None:
            known = self._known[day] = self._look_up(day)
        return known

    def holiday_of(self, day: date) -> str:
        """The statutory holiday whose day off this is, as 国庆节; "" for every other day."""
        import chinese_calendar

        if self._extra.get(day):
            return ""
        try:
            off, name = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            return ""
        return _CHINESE.get(name or "", "") if off else ""

    def holiday(self, name: str, year: int) -> date | None:
        """The festival day itself in that year (春节 = 正月初一); None for an unknown name."""
        return festival_day(name, year)

    def _look_up(self, day: date) -> bool:
        import chinese_calendar

        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            self.unknown_years.add(day.year)
            return day.weekday() < SATURDAY
