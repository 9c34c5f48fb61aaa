"""On which days something recurs: one small class for every form of 触发."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from knowledge.community.days.almanac import festival_day, lunar_day, new_years_eve, term_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.community.days.calendar import WorkCalendar

LAST = -1
"""The n of "the last Monday of the month"."""


class Recurrence(Protocol):
    """A rule that names days."""

    def days(self, start: date, end: date, calendar: WorkCalendar, /) -> Iterator[date]:
        """The days of the rule in [start, end), in order."""
        ...


def _span(start: date, end: date) -> Iterator[date]:
    return (date.fromordinal(day) for day in range(start.toordinal(), end.toordinal()))


class Matching:
    """A rule that can tell of each day whether it is one of its own."""

    def days(self, start: date, end: date, _calendar: WorkCalendar, /) -> Iterator[date]:
        """The days of the rule in [start, end), in order."""
        return (day for day in _span(start, end) if self.on(day))

    def on(self, day: date) -> bool:
        """Whether the day is one of the rule's."""
        raise NotImplementedError


class OncePerYear:
    """A rule with at most one day for each year, counted as its kind of year goes."""

    def days(self, start: date, end: date, _calendar: WorkCalendar, /) -> Iterator[date]:
        """The days of the rule in [start, end), in order."""
        for year in range(start.year - 1, end.year + 2):
            if (day := self.in_year(year)) and start <= day < end:
                yield day

    def in_year(self, year: int) -> date | None:
        """The day of the rule in that year, if it has one."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Once:
    """One single day."""

    day: date

    def days(self, start: date, end: date, _calendar: WorkCalendar, /) -> Iterator[date]:
        """The day, if it lies in [start, end)."""
        if start <= self.day < end:
            yield self.day


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day."""

    def days(self, start: date, end: date, _calendar: WorkCalendar, /) -> Iterator[date]:
        """The days in [start, end), in order."""
        return _span(start, end)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Every day on which offices work, 调休 counted."""

    def days(self, start: date, end: date, calendar: WorkCalendar, /) -> Iterator[date]:
        """The working days in [start, end), in order."""
        return (day for day in _span(start, end) if calendar.is_working(day))


@dataclass(frozen=True, slots=True)
class Weekly(Matching):
    """One day of every week; Monday is 0."""

    weekday: int

    def on(self, day: date) -> bool:
        """Whether it is that day of the week."""
        return day.weekday() == self.weekday


@dataclass(frozen=True, slots=True)
class Monthly(Matching):
    """The n-th (1–5, or LAST) such weekday of every month; months without a fifth are left out."""

    nth: int
    weekday: int

    def on(self, day: date) -> bool:
        """Whether it is that weekday of its month."""
        if day.weekday() != self.weekday:
            return False
        if self.nth == LAST:
            return (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == self.nth


@dataclass(frozen=True, slots=True)
class Yearly(OncePerYear):
    """The same month and day every year; 2月29日 comes in leap years only."""

    month: int
    day: int

    def in_year(self, year: int) -> date | None:
        """That day of a calendar year."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Lunar(OncePerYear):
    """A date of the lunar calendar, in a leap month only where `leap` says so."""

    month: int
    day: int
    leap: bool = False

    def in_year(self, year: int) -> date | None:
        """That date of a lunar year."""
        return lunar_day(year, self.month, self.day, leap=self.leap)


@dataclass(frozen=True, slots=True)
class NewYearsEve(OncePerYear):
    """除夕, the last day of the lunar year."""

    def in_year(self, year: int) -> date | None:
        """The last day of a lunar year."""
        return new_years_eve(year)


@dataclass(frozen=True, slots=True)
class SolarTerm(OncePerYear):
    """The day of a solar term."""

    name: str

    def in_year(self, year: int) -> date | None:
        """The term's day in a calendar year."""
        return term_day(self.name, year)


@dataclass(frozen=True, slots=True)
class Festival(OncePerYear):
    """`shift` days after (negative: before) the festival day itself."""

    name: str
    shift: int = 0

    def in_year(self, year: int) -> date | None:
        """The day that goes with the festival of a calendar year."""
        day = festival_day(self.name, year)
        return day + timedelta(days=self.shift) if day else None


@dataclass(frozen=True, slots=True)
class OnEvent:
    """No planned day: it waits for an event of that kind, level, or in the own estate (`local`)."""

    kind: str
    level: str = ""
    local: bool = False

    def days(self, _start: date, _end: date, _calendar: WorkCalendar, /) -> Iterator[date]:
        """No day can be planned."""
        return iter(())
