"""The heart that tells leaders together what their budget of messages held back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from handlers.actions.tickets.digesting import send_digest
from knowledge.store.rows.digests import DigestRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work


class DigestHeart:
    """Sends one digest to each person who has something waiting."""

    name = "digests"

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return when the first digest is due."""
        del now
        return session.scalar(select(func.min(DigestRow.due_at)))

    def run_due(self, work: Work) -> int:
        """Send what is due; each piece of news is told once."""
        rows = work.session.scalars(select(DigestRow).where(DigestRow.due_at <= work.now)).all()
        waiting: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            waiting[row.person_id].add(row.ticket_id)
            work.session.delete(row)
        for person_id, tickets in sorted(waiting.items()):
            send_digest(work, person_id, tickets)
        return len(waiting)
