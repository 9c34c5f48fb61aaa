"""The heart that looks ahead to the end of what notices say: 30 days before, once."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from handlers.actions.notices.freshness import mark_of, warn_of_ending, warned_of
from knowledge.community.days.zone import ZONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.notices.notice import Notice

BEFORE = timedelta(days=30)
"""How long before their end the administrators get the list (research/civic.md §4.4)."""
MORNING = time(9, 0)


class Freshness:
    """Warns of facts that end or were not checked for nearly a year."""

    name = "freshness"

    def __init__(self, notices: Callable[[], tuple[Notice, ...]]) -> None:
        self._notices = notices

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        """Return the morning on which the next notice is 30 days before its end."""
        mornings = {one: warn_at for one in self._notices() if (warn_at := _warn_at(one))}
        if any(warn_at <= now for warn_at in mornings.values()):
            told = warned_of(session)
            mornings = {one: at for one, at in mornings.items() if mark_of(one) not in told}
        return min(mornings.values(), default=None)

    def run_due(self, work: Work) -> int:
        """Tell the administrators of all that has come so far."""
        ripe = [one for one in self._notices() if (at := _warn_at(one)) and at <= work.now]
        return warn_of_ending(work, ripe)


def _warn_at(notice: Notice) -> datetime | None:
    last = notice.last_day
    return datetime.combine(last - BEFORE, MORNING, ZONE) if last else None
