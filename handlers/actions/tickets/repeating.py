"""Whether somebody says again, or more exactly, what they have said before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.community.ticket import UNFINISHED, Lane, State
from knowledge.store.lists import drafts_of, places_reported, reported_by
from knowledge.store.soundings import own_of
from knowledge.store.tickets import by_id, told_here

if TYPE_CHECKING:
    from handlers.actions.tickets.request import Request
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


CRY = "sos"
"""The category of 救命 and 里面还有老人: danger to life, but no word of which."""
ALSO = "也"
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


def same_alarm(work: Work, who: str, category: str, place: str | None) -> TicketRow | None:
    """The emergency that the same person has reported and that may lie at this place.

    A cry for help that names no danger is about the one of just now.
    """
    if category == CRY:
        return _danger_of_just_now(work, who)
    for row_id, there in places_reported(work.session, who, category):
        if None in (place, there) or work.hood.within(place, there):
            return by_id(work.session, row_id)
    return None


def echoed_alarm(work: Work, chat: ChatRef, request: Request) -> TicketRow | None:
    """The danger that this chat has just heard of, where 我也看到冒烟了 names no place of its own."""
    if request.lane is not Lane.P0 or "place" not in request.missing or ALSO not in request.words:
        return None
    since = work.now - JUST_NOW
    told = told_here(work.session, chat.channel, chat.id, since)
    alike = (row for row in told if row.lane == Lane.P0 and row.category == request.category)
    return next(alike, None)


def _danger_of_just_now(work: Work, who: str) -> TicketRow | None:
    since = work.now - JUST_NOW
    mine = [row for row in reported_by(work.session, who, UNFINISHED) if row.reporter == who]
    found = (row for row in reversed(mine) if row.lane == Lane.P0 and row.created_at >= since)
    return next(found, None)
