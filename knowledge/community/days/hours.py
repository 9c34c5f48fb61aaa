"""Working-time arithmetic: service hours on the days on which the office works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from knowledge.community.days.zone import ZONE, local

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = timedelta(days=1)


class Days(Protocol):
    """What a calendar must answer here."""

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day, 调休 counted."""
        ...


@dataclass(frozen=True, slots=True)
class Hours:
    """The service hours of a working day; both ends are local times, the end excluded."""

    opens: time = time(8, 30)
    closes: time = time(21, 0)

    def opening(self, day: date) -> datetime:
        """The moment service begins on this day."""
        return datetime.combine(day, self.opens, ZONE)

    def opening_after(self, at: datetime, count: int) -> datetime:
        """The opening hour `count` calendar days after the day of `at`."""
        return self.opening(local(at).date() + count * DAY)

    def closing(self, day: date) -> datetime:
        """The moment service ends on this day."""
        return datetime.combine(day, self.closes, ZONE)

    def same_day(self, at: datetime, days: Days) -> datetime:
        """End of the filing day if filed before its end on a working day, else of the next one."""
        day = local(at).date()
        if days.is_working(day) and at < self.closing(day):
            return self.closing(day)
        return self.days_after(at, 1, days)

    def days_after(self, at: datetime, count: int, days: Days) -> datetime:
        """End of the `count`-th working day after the day of `at`, which is day zero."""
        day = local(at).date()
        while count > 0:
            day += DAY
            count -= days.is_working(day)
        return self.closing(day)

    def elapsed(self, start: datetime, end: datetime, days: Days) -> timedelta:
        """Service time that lies between two moments; nothing when they are the wrong way round."""
        total = timedelta()
        for opening, closing in self._spans(start, days):
            if opening >= end:
                break
            total += min(closing, end) - opening
        return total

    def later(self, start: datetime, span: timedelta, days: Days) -> datetime:
        """The moment at which `span` of service time has passed since `start`."""
        left = span
        if left <= timedelta():
            return start
        for opening, closing in self._spans(start, days):
            if left <= closing - opening:
                return opening + left
            left -= closing - opening
        raise AssertionError  # the spans never end

    def _spans(self, start: datetime, days: Days) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of service time from `start` on, without end."""
        day = local(start).date()
        while True:
            if days.is_working(day) and start < self.closing(day):
                yield max(start, self.opening(day)), self.closing(day)
            day += DAY
