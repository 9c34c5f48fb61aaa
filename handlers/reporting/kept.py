"""The month's reports that were made already: each lasts as long as what it was made from."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.reporting.books import Place
    from handlers.reporting.monthly import Report
    from handlers.reporting.scope import Scope
    from knowledge.community.month import Month

MOST = 24
"""Reports remembered at once: two years of one place, or a month of two dozen."""


class Reports:
    """Gives a month's report; one that was made before is made again once it could say otherwise.

    That is when an event or anything beside the tickets has come or gone (`made_from`), when the
    month has ended, or when the roster has changed: names, places, who is who.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[tuple[Month, Scope | None], tuple[object, Report]] = {}

    def monthly(self, session: Session, month: Month, place: Place) -> Report:
        """The report of a month as the database has it at this moment."""
        from handlers.reporting.books import as_of
        from handlers.reporting.monthly import monthly_report
        from knowledge.store.monthly import made_from

        key = (month, place.scope)
        known = as_of(session, month)
        source = (place.hood, place.hours, known, made_from(session, month.start, month.end))
        made = self._made.get(key)
        if made and made[0] == source:
            return made[1]
        report = monthly_report(session, month, place)
        with self._lock:
            if len(self._made) >= MOST:
                del self._made[next(iter(self._made))]
            self._made[key] = (source, report)
        return report
