"""The heart that says, once a year, that nobody knows yet which days of it are worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.trouble import report_unknown_year
from knowledge.store.stamps import mark, set_mark

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.days.calendar import WorkCalendar


class CalendarHeart:
    """Tells the administrators of a year that counts Monday to Friday for want of better."""

    name = "calendar"

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return now while there is a year of which they have not heard."""
        return now if self._untold(session) else None

    def run_due(self, work: Work) -> int:
        """Tell of each such year once."""
        untold = self._untold(work.session)
        for year in untold:
            report_unknown_year(work, year)
            set_mark(work.session, _told(year), work.now.isoformat())
        return len(untold)

    def _untold(self, session: Session) -> list[int]:
        years = sorted(self._calendar.unknown_years)
        return [year for year in years if mark(session, _told(year)) is None]


def _told(year: int) -> str:
    return f"calendar:{year}"
