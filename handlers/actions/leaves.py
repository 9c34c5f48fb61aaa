"""Leave of a leader: new tasks go to the deputy."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from knowledge.community.refusals import Unclear
from knowledge.store.rows.roster import PersonRow
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from handlers.work import Work

LONGEST_LEAVE = 60
"""Days; longer absences are a change of the roster."""


def take_leave(work: Work, who: str, days: int) -> datetime:
    """Put a person on leave until the end of the last day; 0 days ends a leave.

    Raises:
        Unclear: the number of days makes no sense.
    """
    if not 0 <= days <= LONGEST_LEAVE:
        raise Unclear(f"请假天数要在 1 到 {LONGEST_LEAVE} 之间，例如：请假 3天。")
    last = work.now.date() + timedelta(days=max(days - 1, 0))
    until = datetime.combine(last, time(23, 59, 59), work.now.tzinfo) if days else work.now
    row = work.session.get_one(PersonRow, who)
    row.away_until = until
    touch(work.session, "roster")
    return until
