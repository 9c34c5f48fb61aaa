"""The heart of the timetable: asks the administrators what a holiday does to a service day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from handlers.actions.trouble import ask_about_holiday
from knowledge.community.days.zone import ZONE, local
from knowledge.store.stamps import mark, set_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.notices.timetable import Timetable

ASKED = "timetable.asked"
HOUR = time(9, 0)
AHEAD = 3
"""Days before a holiday on which the question is put."""


class TimetableHeart:
    """Looks every morning whether something undecided comes up."""

    name = "timetable"

    def __init__(self, timetable: Callable[[], Timetable]) -> None:
        self._timetable = timetable

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return the next morning on which nobody has looked yet."""
        if not any(one.holidays == "open" for one in self._timetable().activities):
            return None
        asked = mark(session, ASKED)
        today = datetime.combine(local(now).date(), HOUR, ZONE)
        return today if asked != today.date().isoformat() else today + timedelta(days=1)

    def run_due(self, work: Work) -> int:
        """Ask once about each day that nobody has decided."""
        today = local(work.now).date()
        if work.now < datetime.combine(today, HOUR, ZONE):
            return 0
        if mark(work.session, ASKED) == today.isoformat():
            return 0
        set_mark(work.session, ASKED, today.isoformat())
        sittings = self._timetable().on(today + timedelta(days=AHEAD), work.calendar)
        undecided = [one for one in sittings if one.state == "open"]
        for one in undecided:
            ask_about_holiday(work, one)
        return len(undecided)
