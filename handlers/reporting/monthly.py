"""The month's report: every figure with what it was counted from, and never a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.phrases.report import EMPTY, RUNNING
from handlers.reporting.books import open_books
from handlers.reporting.counting import handling, intake, service, voice
from handlers.reporting.lists import lists, recurring_figure
from handlers.reporting.rates import rates
from handlers.reporting.tables import tables
from handlers.reporting.topics import meetings

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.reporting.books import Books, Place
    from handlers.reporting.figures import Figure, Listed, Rate, Table
    from knowledge.community.days.month import Month


@dataclass(frozen=True, slots=True)
class Report:
    """One month, as it stood at `as_of`; `running` = the month was not over.

    `where` names the places that it is about, "" = everything.
    """

    month: Month
    where: str
    as_of: datetime
    running: bool
    sections: dict[str, tuple[Figure, ...]]
    rates: tuple[Rate, ...]
    tables: tuple[Table, ...]
    lists: tuple[Listed, ...]

    @property
    def caution(self) -> str:
        """What a reader of a month that is not over must know, "" for one that is."""
        if self.as_of <= self.month.start:
            return EMPTY
        return f"{RUNNING}：{self.as_of:%Y-%m-%d %H:%M}" if self.running else ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in reading order."""
        return tuple(one for section in self.sections.values() for one in section)


def monthly_report(session: Session, month: Month, place: Place) -> Report:
    """Count a month; the same data give the same report."""
    return count(open_books(session, month, place))


def count(books: Books) -> Report:
    """The report of what was read."""
    sections = {
        "intake": tuple(intake(books)),
        "handling": (*handling(books), recurring_figure(books)),
        "voice": tuple(voice(books)),
        "service": tuple(service(books)),
        "meetings": tuple(meetings(books)),
    }
    return Report(
        month=books.month,
        where=books.place.scope.name if books.place.scope else "",
        as_of=books.as_of,
        running=books.running,
        sections=sections,
        rates=tuple(rates(books)),
        tables=tuple(tables(books)),
        lists=tuple(lists(books)),
    )
