"""Whether somebody says again, or more exactly, what they have said before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.community.tickets.categories import are_alike
from knowledge.community.tickets.outages import is_outage
from knowledge.community.tickets.ticket import UNFINISHED, Lane, State
from knowledge.store.lists import drafts_of, places_reported, reported_by
from knowledge.store.parties import is_party
from knowledge.store.soundings import own_of
from knowledge.store.tickets import by_id

if TYPE_CHECKING:
    from handlers.actions.tickets.request import Request
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


CRY = "sos"
"""The category of 救命 and 里面还有老人: danger to life, but no word of which."""
JUST_NOW = timedelta(minutes=30)


def same_draft(
    work: Work, who: str, chat: ChatRef, category: str, place: str | None
) -> TicketRow | None:
    """The newest draft in this chat that the same person's new words are about."""
    known = own_of(work.session, who, category)
    if known is not None and State.DRAFT not in {one.state for one in known}:
        return None
    for row in reversed(drafts_of(work.session, who)):
        here = (row.channel, row.chat_id, row.category) == (chat.channel, chat.id, category)
        if here and (place is None or row.place_id in (None, place)):
            return row
    return None


def told_already(
    work: Work, who: str, request: Request, place: str | None, twin: TicketRow | None
) -> TicketRow | None:
    """The emergency that these words tell of again; a bare 救命 of just now learns what it was about."""
    known = twin
    if known is None or not are_alike(known.category, known.matter, request.matter):
        known = _same_alarm(work, who, request.category, place)
    if known is None and request.lane is Lane.P0 and not request.private:
        known = _bare_cry(work, who, place)
        if known is not None:
            known.category, known.matter = request.category, request.matter
    return known


def _same_alarm(work: Work, who: str, category: str, place: str | None) -> TicketRow | None:
    """The emergency that the same person has reported and that may lie at this place.

    A cry for help that names no danger is about the one of just now.
    """
    if category == CRY:
        return _danger_of_just_now(work, who)
    for row_id, there in places_reported(work.session, who, category):
        if None in (place, there) or work.hood.within(place, there):
            return by_id(work.session, row_id)
    return None


def is_certain(work: Work, known: TicketRow, who: str, matter: str, place: str | None) -> bool:
    """Whether nobody has to ask if it is the same: the very place, an outage, a matter of their own."""
    own = who == known.reporter or is_party(work.session, known, who)
    near = place == known.place_id or is_outage(matter) or own
    return near and are_alike(known.category, known.matter, matter)


def _bare_cry(work: Work, who: str, place: str | None) -> TicketRow | None:
    """The same person's 救命 of just now that may lie at this place, and names no danger yet."""
    known = _danger_of_just_now(work, who)
    if known is None or known.category != CRY:
        return None
    near = None in (place, known.place_id) or work.hood.within(place, known.place_id)
    return known if near else None


def _danger_of_just_now(work: Work, who: str) -> TicketRow | None:
    since = work.now - JUST_NOW
    mine = [row for row in reported_by(work.session, who, UNFINISHED) if row.reporter == who]
    found = (row for row in reversed(mine) if row.lane == Lane.P0 and row.created_at >= since)
    return next(found, None)
