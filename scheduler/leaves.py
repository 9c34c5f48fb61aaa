"""The heart that ends leaves: on their last day's midnight people are back at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from handlers.actions.leaves import end_leave
from knowledge.store.rows.roster import PersonRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work


class LeaveHeart:
    """Gives back what was lent, once for each leave; a leave that has ended leaves no date."""

    name = "leaves"

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return when the next leave ends."""
        del now
        return session.scalar(select(func.min(PersonRow.away_until)))

    def run_due(self, work: Work) -> int:
        """End every leave whose last day is over."""
        over = update(PersonRow).where(PersonRow.away_until <= work.now).values(away_until=None)
        ended = sorted(work.session.scalars(over.returning(PersonRow.id)))
        for who in ended:
            end_leave(work, who)
        return len(ended)
