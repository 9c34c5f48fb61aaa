"""The place of an emergency that was logged without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.adding import pass_on
from handlers.actions.tickets.assigning import ask, asked_at_once, own_words
from handlers.actions.tickets.entering import (
    receipt,
    same_as,
)
from handlers.actions.tickets.joining import merge
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.speaking import tell_handler, tell_reporter
from handlers.actions.tickets.waiting import stop_waiting
from handlers.actions.tickets.wording import sheet
from handlers.phrases import cards
from handlers.phrases import tickets as phrases
from handlers.phrases.timeline import BY_PLACE
from knowledge.community.ticket import (
    WAITING_FOR_CLAIM,
    Step,
)

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def locate(work: Work, ticket: TicketRow, who: str, place: str, *, words: str = "") -> TicketRow:
    """Add the place of a logged emergency: the finer ladder takes over unless it is taken."""
    ticket.place_id = place
    told = own_words(work, sheet(work, ticket), words)
    facts = {"place": place} | ({"more": True} if told else {})
    record(work, ticket, Step.EDITED, who, text=words, facts=facts)
    stop_waiting(work, ticket)
    known = same_as(work, ticket) if ticket.state in WAITING_FOR_CLAIM else None
    if known is not None:
        if told:
            pass_on(work, known, who, words)
        return merge(work, ticket, known, words=words)
    for person_id in tuple(ticket.claimants):
        tell_handler(
            work, ticket, person_id, cards.place_known(sheet(work, ticket, person_id), told)
        )
    if ticket.state in WAITING_FOR_CLAIM:
        _nearer(work, ticket, who)
        receipt(work, ticket)
    else:
        tell_reporter(work, ticket, phrases.place_noted(sheet(work, ticket)))
    return ticket


def _nearer(work: Work, ticket: TicketRow, who: str) -> None:
    """Ask whom the place now known answers to, if it is somebody else."""
    asked = asked_at_once(work, ticket)
    if asked and asked[0].person != ticket.owner_id:
        ticket.owner_id, ticket.rung = asked[0].person, asked[0].role.value
        told = {"owner": ticket.owner_id, "rung": ticket.rung}
        record(work, ticket, Step.TRANSFERRED, who, reason=BY_PLACE, facts=told)
    for rung in asked:
        if rung.person is not None and rung.person not in ticket.claimants:
            ask(work, ticket, rung.person)
