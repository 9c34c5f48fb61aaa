"""Back from leave: what nobody has begun comes back by itself, what others do is offered once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from handlers.actions.menus import LONG, Choice, offer
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, tell_chat
from handlers.actions.tickets.assigning import ask, asked_at_once
from handlers.actions.tickets.claiming import take
from handlers.actions.tickets.giving import give
from handlers.actions.tickets.handing import BEGUN, LEAVE, serves
from handlers.actions.tickets.speaking import tell_everybody, tell_handler
from handlers.actions.tickets.wording import person_name, sheet
from handlers.phrases import cards
from handlers.phrases import leaves as phrases
from handlers.phrases import tickets as told_phrases
from knowledge.community.hood.territory import oversees
from knowledge.community.refusals import IllegalStep
from knowledge.community.tickets.ticket import (
    UNFINISHED,
    URGENT,
    WAITING_FOR_CLAIM,
    Lane,
    State,
    Step,
)
from knowledge.store.histories import history
from knowledge.store.lists import listing

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

BACK = "销假"
RESUME = "leave.resume"


class Lent(NamedTuple):
    """What went to others because somebody was away: not begun yet, and in hand."""

    waiting: tuple[TicketRow, ...]
    begun: tuple[TicketRow, ...]


def come_back(work: Work, who: str) -> int:
    """Give back what nobody has begun, and offer the rest in one question; how many came back."""
    return _come_back(work, who, asking=True)


def come_back_late(work: Work, who: str) -> int:
    """Give back what nobody has begun after a leave that ended long ago; nothing is asked."""
    return _come_back(work, who, asking=False)


def _come_back(work: Work, who: str, *, asking: bool) -> int:
    here = replace(work, away=work.away - {who})
    lent = lent_by(here, who)
    came = sum(_give_back(here, ticket, who) for ticket in lent.waiting)
    if lent.begun and asking:
        _offer(here, who, lent.begun)
    work.told = here.told
    return came


def resume(work: Work, who: str) -> int:
    """Take back all that others have in hand for somebody who was away; how many there were.

    Raises IllegalStep for who has gone away again meanwhile.
    """
    if who in work.away:
        raise IllegalStep(phrases.NOT_BACK)
    begun = lent_by(work, who).begun
    for ticket in begun:
        _take_over(work, ticket, who)
    return len(begun)


def lent_by(work: Work, who: str) -> Lent:
    """What somebody's leave has brought into other hands, in their own places or with their deputy."""
    person = work.hood.person(who)
    if person is None or not serves(work, who):
        return Lent((), ())
    near = [
        ticket
        for ticket in listing(work.session, UNFINISHED)
        if ticket.owner_id != who
        and (ticket.owner_id == person.deputy or oversees(person, ticket.place_id, work.hood))
    ]
    lent = [ticket for ticket in near if _is_lent(work, ticket, who)]
    return Lent(
        tuple(ticket for ticket in lent if ticket.state in WAITING_FOR_CLAIM),
        tuple(ticket for ticket in lent if ticket.state not in WAITING_FOR_CLAIM),
    )


def _is_lent(work: Work, ticket: TicketRow, who: str) -> bool:
    """Whether a leave, and nothing that anybody wanted, has put it where it is."""
    told = [deed for deed in history(work.session, ticket) if "owner" in deed.facts]
    while told:
        deed = told.pop()
        if deed.step is Step.ESCALATED or deed.target is State.ACCEPTED:
            continue
        if deed.step is Step.FILED:  # meanwhile, and put before whoever stood in
            asked = next((rung.person for rung in asked_at_once(work, ticket)), None)
            return ticket.state in WAITING_FOR_CLAIM and asked == who
        return deed.reason == LEAVE and bool(told) and told[-1].facts["owner"] == who
    return False


def _give_back(work: Work, ticket: TicketRow, who: str) -> bool:
    """Put it before its own leader again; where it is urgent, beside those who are asked already."""
    if Lane(ticket.lane) in URGENT:
        ask(work, ticket, who, why=cards.TAKE_IT)
        return False
    old = give(work, ticket, who, anew=False, reason=BACK)
    ask(work, ticket, who, why=cards.given_back(person_name(work, old)))
    _release(work, ticket, old)
    return True


def _take_over(work: Work, ticket: TicketRow, who: str) -> None:
    """Go on where the other one stands."""
    begun = ticket.state in BEGUN
    old = give(work, ticket, who, anew=begun, reason=BACK)
    ticket.claimants = [*ticket.claimants, who]
    if begun:
        take(work, ticket, who)
    _release(work, ticket, old)
    tell_everybody(work, ticket, told_phrases.handed_on(sheet(work, ticket)))


def _release(work: Work, ticket: TicketRow, old: str | None) -> None:
    tell_handler(work, ticket, old, phrases.released(sheet(work, ticket)), instead=True)


def _offer(work: Work, who: str, begun: tuple[TicketRow, ...]) -> None:
    chat = private_chat(work, who, task=True)
    if chat is None:
        return
    names = [person_name(work, ticket.owner_id) for ticket in begun]
    text = phrases.still_theirs(begun[0].no, begun[0].matter, names)
    buttons = offer(work, chat, who, (Choice(phrases.RESUME, RESUME),), lasts=LONG)
    tell_chat(work, chat, text, buttons=buttons, about=About(lane=Lane.P2.value))
