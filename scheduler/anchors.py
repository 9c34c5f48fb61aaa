"""The heart that fixes the day's histories at midnight."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from knowledge.community.days.zone import local
from knowledge.store.anchors import drop_anchor, first_unanchored

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.work import Work


class Anchors:
    """Drops an anchor at the end of every day on which something happened to a ticket."""

    name = "anchors"

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return the midnight after the first event that no anchor holds."""
        del now
        first = first_unanchored(session)
        if first is None:
            return None
        day = local(first)
        return datetime.combine(day.date() + timedelta(days=1), time(), day.tzinfo)

    def run_due(self, work: Work) -> int:
        """Drop it."""
        drop_anchor(work.session, work.now)
        return 1
