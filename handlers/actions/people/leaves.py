"""Leave of a leader: new tasks go to the deputy."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from handlers.actions.telling import About, tell_person
from handlers.actions.tickets.handing import LEAVE, hand_over_all
from handlers.actions.tickets.returning import come_back
from handlers.phrases.leaves import leave_over
from knowledge.community.refusals import Unclear
from knowledge.community.tickets.ticket import Lane
from knowledge.store.rows.roster import PersonRow
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from handlers.work import Work

HAN = {han: value for value, han in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
UNITS = {"周": 7, "星期": 7, "月": 30}
LONGEST_LEAVE = 60
"""Days; longer absences are a change of the roster."""
LEAVE_DAYS = f"请假天数要在 1 到 {LONGEST_LEAVE} 之间，例如：请假 3天。提前回来请发：销假"


def take_leave(work: Work, who: str, days: int) -> datetime:
    """Put a person on leave until the end of the last day; 0 days ends a leave.

    Raises:
        Unclear: the number of days makes no sense.
    """
    if not 0 <= days <= LONGEST_LEAVE:
        raise Unclear(LEAVE_DAYS)
    last = work.now.date() + timedelta(days=max(days - 1, 0))
    until = datetime.combine(last, time(23, 59, 59), work.now.tzinfo) if days else work.now
    row = work.session.get_one(PersonRow, who)
    row.away_until = until if days else None
    touch(work.session, "roster")
    return until


def go_on_leave(work: Work, who: str, days: int) -> tuple[datetime, int]:
    """Take leave and hand on what is in hand, or come back; until when, and how many tasks moved."""
    until = take_leave(work, who, days)
    return until, hand_over_all(work, who, LEAVE) if days else come_back(work, who)


def end_leave(work: Work, who: str) -> None:
    """Give back what was lent for a leave that is over; who gets nothing back hears nothing."""
    came = come_back(work, who)
    if came:
        morning = About(lane=Lane.P2.value)  # no call at midnight
        tell_person(work, who, leave_over(came), about=morning, task=True)


def leave_days(text: str) -> int:
    """Return how many days "3天" or "一周" means; one day when nothing is said."""
    plain = unicodedata.normalize("NFKC", text)
    found = re.search(r"(\d+|[一二两三四五六七八九十])\s*个?(天|日|周|星期|月)?", plain)
    if not found:
        return 1
    count = int(found[1]) if found[1].isdigit() else HAN[found[1]]
    return count * UNITS.get(found[2] or "天", 1)
