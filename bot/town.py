"""The neighbourhood as this process sees it, refreshed when the database says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.store.roster import load_neighbourhood
from knowledge.store.rows.roster import PersonRow
from knowledge.store.stamps import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


class Town:
    """Holds the snapshot of places, people and chats, and who is on leave until when."""

    def __init__(self) -> None:
        self.hood = Neighbourhood()
        self._leaves: dict[str, datetime] = {}
        self._seen = -1

    def refresh(self, session: Session) -> bool:
        """Load again what has changed since the last time; True if anything had."""
        found = stamp(session, "roster")
        if found == self._seen:
            return False
        self.hood = load_neighbourhood(session)
        rows = session.execute(
            select(PersonRow.id, PersonRow.away_until).where(PersonRow.away_until.is_not(None))
        )
        self._leaves = {person: until for person, until in rows if until is not None}
        self._seen = found
        return True

    def away(self, now: datetime) -> frozenset[str]:
        """Return the ids of people who are on leave now."""
        return frozenset(person for person, until in self._leaves.items() if until > now)
