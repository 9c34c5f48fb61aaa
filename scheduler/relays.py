"""The heart of notices that are passed on level by level: reminders, and going on without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.notices.relays import relays_due, remind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work


class RelayHeart:
    """Reminds who has not confirmed; a silent level holds up nobody below it."""

    name = "relays"

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return when the next reminder is due."""
        del now
        return relays_due(session)

    def run_due(self, work: Work) -> int:
        """Remind, or let it go on."""
        return remind(work)
