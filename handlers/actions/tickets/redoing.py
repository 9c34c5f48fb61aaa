"""The draft that proves to be an earlier matter again: that one is opened, in the new words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import close_menus
from handlers.actions.tickets.adding import show
from handlers.actions.tickets.closing import REOPENABLE, is_too_late, reopen
from handlers.actions.tickets.filing import follow
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.waiting import stop_waiting
from knowledge.community.hood.access import Act
from knowledge.community.tickets.ticket import DRAFTS, State, Step
from knowledge.store.chronicle import reported_words
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def redo(work: Work, ticket: TicketRow, who: str, of: int) -> None:
    """Open the earlier matter again of which its reporter says that this draft is the next time.

    Is that one open already the draft becomes a part of it; is it too late for that, it is filed.
    Raises IllegalStep when it is no draft any more.
    """
    demand(work, ticket, who, Act.TICKET_WITHDRAW)
    require(work, ticket, DRAFTS)
    known = by_no(work.session, of)
    if known is None or known.state not in REOPENABLE or is_too_late(work, known):
        follow(work, ticket, who, of)
        return
    words = reported_words(work.session, ticket)
    facts = {"into": known.no, "added": []}
    record(work, ticket, Step.MOVED, who, to=State.CLOSED_DUPLICATE, reason="并单", facts=facts)
    close_menus(work, ticket.id)
    stop_waiting(work, ticket)
    reopen(work, known, who, words)
    if ticket.images:
        show(work, known, who, tuple(ticket.images))
