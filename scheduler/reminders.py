"""The heart that tells again, once a day, of what stays on the 督办 list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.reminding import next_round, remind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work


class ReminderHeart:
    """Sends each supervisor one message with all that nobody has brought to its end."""

    name = "reminders"

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return when the next round is due; None while nothing is on the list."""
        del now
        return next_round(session)

    def run_due(self, work: Work) -> int:
        """Tell them, and again tomorrow if anything is left; return how many were told."""
        return remind(work)
