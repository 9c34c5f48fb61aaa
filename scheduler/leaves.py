"""The heart that ends leaves: on their last day's midnight people are back at work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from handlers.actions.people.leaves import end_leave
from handlers.actions.tickets.returning import come_back_late
from knowledge.store.rows.roster import PersonRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work

LATE = timedelta(days=1)
"""Who has been back for longer is not asked any more what others are to give back."""


class LeaveHeart:
    """Gives back what was lent, once for each leave; a leave that has ended leaves no date."""

    name = "leaves"

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return when the next leave ends."""
        del now
        return session.scalar(select(func.min(PersonRow.away_until)))

    def run_due(self, work: Work) -> int:
        """End every leave whose last day is over, silently what was over long ago."""
        late = _ended(work, work.now - LATE)
        for who in late:
            come_back_late(work, who)
        ended = _ended(work, work.now)
        for who in ended:
            end_leave(work, who)
        return len(late) + len(ended)


def _ended(work: Work, by: datetime) -> list[str]:
    """Take the date from whose leave was over by then, and name them."""
    over = update(PersonRow).where(PersonRow.away_until <= by).values(away_until=None)
    return sorted(work.session.scalars(over.returning(PersonRow.id)))
