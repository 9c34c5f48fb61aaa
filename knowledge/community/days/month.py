"""A calendar month as a span of time, written `2026-11`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from knowledge.community.days.zone import ZONE

_WRITTEN = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of one year; from its first instant (`start`) up to that of the next (`end`)."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Month | None:
        """The month written as `YYYY-MM`, or None."""
        found = _WRITTEN.fullmatch(text.strip())
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def start(self) -> datetime:
        """The first instant."""
        return datetime(self.year, self.number, 1, tzinfo=ZONE)

    @property
    def end(self) -> datetime:
        """The first instant after it."""
        return self.next.start

    @property
    def next(self) -> Month:
        """The month after it."""
        years, months = divmod(self.number, 12)
        return Month(self.year + years, months + 1)

    @property
    def before(self) -> Month:
        """The month before it."""
        return Month(self.year - 1, 12) if self.number == 1 else Month(self.year, self.number - 1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end.date() - self.start.date()).days

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"
