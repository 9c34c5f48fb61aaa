"""Whether somebody says again, or more exactly, what they have said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.ticket import State
from knowledge.store.lists import drafts_of, places_reported
from knowledge.store.soundings import own_of
from knowledge.store.tickets import by_id

if TYPE_CHECKING:
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


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
    """The emergency that the same person has reported and that may lie at this place."""
    for row_id, there in places_reported(work.session, who, category):
        if None in (place, there) or work.hood.within(place, there):
            return by_id(work.session, row_id)
    return None
