"""The place of what is logged already: told afterwards, or another one than was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.overtaken import knows_nothing, take_back
from handlers.actions.tickets.adding import pass_on
from handlers.actions.tickets.assigning import ask, asked_at_once, helpers, own_words
from handlers.actions.tickets.entering import (
    receipt,
    same_as,
)
from handlers.actions.tickets.joining import merge
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.speaking import tell_handler, tell_reporter
from handlers.actions.tickets.waiting import stop_waiting
from handlers.actions.tickets.wording import sheet
from handlers.phrases import cards, claiming
from handlers.phrases import tickets as phrases
from handlers.phrases.timeline import BY_PLACE
from knowledge.community.tickets.ticket import (
    WAITING_FOR_CLAIM,
    Step,
)

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def locate(work: Work, ticket: TicketRow, who: str, place: str, *, words: str = "") -> TicketRow:
    """Note the place of a logged matter: its own ladder, and its volunteers, take over unless it is taken."""
    near = helpers(work, ticket)
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
    for person_id in _let_go(work, ticket, near):
        tell_handler(
            work, ticket, person_id, cards.place_known(sheet(work, ticket, person_id), told)
        )
    if ticket.state in WAITING_FOR_CLAIM:
        _nearer(work, ticket, who)
        for person_id in helpers(work, ticket):
            if person_id not in (*ticket.claimants, *near):
                ask(work, ticket, person_id)
        receipt(work, ticket)
    else:
        tell_reporter(work, ticket, phrases.place_noted(sheet(work, ticket)))
    return ticket


def _let_go(work: Work, ticket: TicketRow, near: tuple[str, ...]) -> tuple[str, ...]:
    """Tell the volunteers of the old place that it is settled; who is still asked, and knows of it.

    Who never got the card, in the night, gets it anew with the place or hears nothing.
    """
    if not near or ticket.state not in WAITING_FOR_CLAIM:
        return tuple(ticket.claimants)
    unheard = take_back(work, ticket.id)
    gone = set(near) - {*helpers(work, ticket), ticket.owner_id}
    ticket.claimants = [one for one in ticket.claimants if one not in gone]
    for person_id in sorted(gone):
        if not knows_nothing(work, ticket.id, person_id, unheard):
            words = claiming.elsewhere(sheet(work, ticket))
            tell_handler(work, ticket, person_id, words, fading=True, instead=True)
    new = [one for one in ticket.claimants if knows_nothing(work, ticket.id, one, unheard)]
    for person_id in new:
        ask(work, ticket, person_id)
    return tuple(one for one in ticket.claimants if one not in new)


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
