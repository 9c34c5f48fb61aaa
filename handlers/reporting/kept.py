"""The month's reports that were made already: each lasts as long as what it was made from."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.reporting.books import Place
    from handlers.reporting.monthly import Report
    from handlers.reporting.scope import Scope
    from knowledge.community.days.month import Month

MOST = 24
"""Reports remembered at once: two years of one place, or a month of two dozen."""


class Kept(NamedTuple):
    """A report with what it was made from; `newest` = the events of all when that was compared."""

    newest: tuple[int, int]
    beside: tuple[object, ...]
    tickets: tuple[object, ...]
    report: Report


class Reports:
    """Gives a month's report; one that was made before is made again once it could say otherwise.

    That is when an event or anything beside the tickets has come or gone (`made_from`), when the
    month has ended, or when the roster has changed: names, places, who is who. Whether an event of
    this month's tickets has come is asked only after any has: it takes 6 ms over 100,000 of them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[tuple[Month, Scope | None], Kept] = {}

    def monthly(self, session: Session, month: Month, place: Place) -> Report:
        """The report of a month as the database has it at this moment."""
        from handlers.reporting.books import as_of
        from handlers.reporting.monthly import monthly_report
        from knowledge.store.monthly import lengths_until, made_from, newest_events

        key = (month, place.scope)
        newest = newest_events(session)
        beside = (place.hood, place.hours, *made_from(session, month.start, month.end))
        made = self._made.get(key)
        if made and (made.newest, made.beside) == (newest, beside):
            return made.report
        tickets = (as_of(session, month), *lengths_until(session, month.end))
        if made and (made.tickets, made.beside) == (tickets, beside):
            report = made.report
        else:
            report = monthly_report(session, month, place)
        self._keep(key, Kept(newest, beside, tickets, report))
        return report

    def _keep(self, key: tuple[Month, Scope | None], made: Kept) -> None:
        with self._lock:
            if key not in self._made and len(self._made) >= MOST:
                del self._made[next(iter(self._made))]
            self._made[key] = made
