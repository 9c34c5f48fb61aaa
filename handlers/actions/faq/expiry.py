"""Warning before an answer runs out: once for each entry and last day."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.telling import About, tell_person
from handlers.actions.trouble import administrators
from handlers.phrases.expiry import ending
from knowledge.community.days.zone import ZONE
from knowledge.files.checks import SOON
from knowledge.store.rows.marks import MarkRow
from knowledge.store.stamps import set_mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.faq.entry import Entry

HOUR = time(9, 0)
WARNED = "ending."


def to_warn_of(
    session: Session, entries: Iterable[Entry], now: datetime
) -> list[tuple[datetime, Entry]]:
    """Return the entries that end and were not warned of yet, with the moment for it."""
    ends = [(one, one.valid_until) for one in entries if one.valid_until is not None]
    living = [(one, day) for one, day in ends if day >= now.date()]
    if not living:
        return []
    told = set(session.scalars(select(MarkRow.name).where(MarkRow.name.startswith(WARNED))))
    moments = [
        (datetime.combine(day - SOON, HOUR, ZONE), one)
        for one, day in living
        if _name(one) not in told
    ]
    return sorted(moments, key=lambda pair: pair[0])


def warn(work: Work, entries: Iterable[Entry]) -> int:
    """Tell the administrators of the entries in one message, by day; return of how many."""
    found = sorted(
        (one for one in entries if one.valid_until), key=lambda one: str(one.valid_until)
    )
    lines = [(one.question, one.valid_until) for one in found if one.valid_until]
    for entry in found:
        set_mark(work.session, _name(entry), work.now.isoformat())
    for person_id in administrators(work) if lines else ():
        tell_person(work, person_id, ending(lines), about=About(lane="P3"))
    return len(found)


def _name(entry: Entry) -> str:
    return f"{WARNED}{entry.id}.{entry.valid_until}"
