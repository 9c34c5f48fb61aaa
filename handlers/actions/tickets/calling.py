"""回访: somebody who did not handle a ticket asks its reporter how it really was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import LONG, Choice, offer
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, tell_chat
from handlers.actions.tickets.accused import accused
from handlers.actions.tickets.overseeing import supervisors
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.speaking import answer
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.wording import sheet
from handlers.phrases import callbacks as phrases
from handlers.phrases import endings
from handlers.phrases.tickets import NOT_THEIRS
from knowledge.community.hood.access import Act, roles_of
from knowledge.community.refusals import IllegalStep, NotFound
from knowledge.community.roster.people import Role
from knowledge.community.tickets.course import follow
from knowledge.community.tickets.ticket import URGENT, Lane, Step
from knowledge.store.callbacks import add_callback, load, open_callback
from knowledge.store.histories import history

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.tickets.deed import Deed
    from knowledge.store.rows.tickets import TicketRow

SAMPLED = 0.2
"""The share of ordinary ends that are asked about (research/civic.md §3.5)."""
CALLERS = (Role.SUPERVISOR, Role.STREET, Role.COMMUNITY)


def order_callback(work: Work, ticket: TicketRow) -> None:
    """Ask for a call where one is due: every urgent matter, every dissatisfied one, and a sample."""
    deeds = history(work.session, ticket)
    why = _why(ticket, deeds)
    caller = _caller(work, ticket, {deed.actor for deed in deeds}) if why else None
    if caller is None:
        return
    redone = follow(deeds).redone
    if add_callback(work.session, ticket, redone=redone, why=why, caller=caller, at=work.now):
        send_card(work, ticket, caller, why)


def call(work: Work, ticket: TicketRow, who: str, outcome: str) -> None:
    """What the reporter said on the phone: it goes before what was clicked or not clicked.

    没好 is for the caller to pass on: the ticket is opened again by `closing.reopen_called`.
    """
    demand(work, ticket, who, Act.TICKET_CALL)
    if outcome not in phrases.OUTCOMES:
        raise NotFound(NOT_THEIRS)
    row = open_callback(work.session, ticket)
    if row is None or row.caller_id != who:
        raise IllegalStep(phrases.done_already(sheet(work, ticket)))
    row.done_at, row.outcome = work.now, outcome
    rating = _RATING.get(outcome)
    record(work, ticket, Step.CALLED, who, reason=outcome, facts={"rating": rating})
    ticket.rating = rating or ticket.rating
    answer(work, ticket, who, phrases.noted(sheet(work, ticket), outcome))


def is_sampled(deed: Deed) -> bool:
    """Whether the draw falls on this end: its own hash decides, so that anybody can check it."""
    return int(deed.hash[:8], 16) < SAMPLED * 16**8


_RATING = {
    phrases.PLEASED: endings.RATINGS.index(endings.SATISFIED) + 1,
    phrases.SO_SO: endings.RATINGS.index(endings.SO_SO) + 1,
    phrases.BAD: endings.RATINGS.index(endings.DISSATISFIED) + 1,
}


def _why(ticket: TicketRow, deeds: list[Deed]) -> str:
    """Why this end is asked about, "" when it is not."""
    if ticket.rating == _RATING[phrases.BAD]:
        return phrases.UNHAPPY
    if Lane(ticket.lane) in URGENT:
        return phrases.URGENT
    end = next(deed for deed in reversed(deeds) if deed.moves)
    return phrases.SAMPLE if is_sampled(end) else ""


def _caller(work: Work, ticket: TicketRow, involved: set[str]) -> str | None:
    """A supervisor, else street or community, neither involved nor complained of; the least burdened."""
    involved |= {ticket.reporter, ticket.owner_id or "", *ticket.claimants}
    involved |= accused(work, ticket)
    burden = load(work.session)
    free = [
        person
        for person in work.hood.people.values()
        if person.active
        and person.id not in involved | work.away
        and roles_of(person) & set(CALLERS)
        and private_chat(work, person.id) is not None
        and _reaches(work, ticket, person.id)
    ]
    free.sort(key=lambda one: (_height(one.roles), burden.get(one.id, 0), one.id))
    return free[0].id if free else None


def _reaches(work: Work, ticket: TicketRow, person_id: str) -> bool:
    """Whether the place lies in the person's scope; who has none keeps an eye on everything."""
    person = work.hood.people[person_id]
    if person_id in supervisors(work, ticket):
        return True
    scopes = [place for role in CALLERS for place in person.scopes(role)]
    return not scopes or any(work.hood.within(ticket.place_id, place) for place in scopes)


def _height(roles: frozenset[Role]) -> int:
    return next(height for height, role in enumerate(CALLERS) if role in roles)


def send_card(work: Work, ticket: TicketRow, caller: str, why: str) -> None:
    """Ask somebody in private to call the reporter, with what may come out of it."""
    chat = private_chat(work, caller, task=True)
    if chat is None:
        return
    choices = tuple(
        Choice(label, "ticket.call", {"no": ticket.no, "outcome": label})
        for label in phrases.OUTCOMES
    )
    buttons = offer(work, chat, caller, choices, ticket_id=ticket.id, lasts=LONG)
    # An ordinary lane: nobody is called in the night about what is over.
    about = About(ticket.id, Lane.P2.value)
    tell_chat(
        work, chat, phrases.card(sheet(work, ticket, caller), why), buttons=buttons, about=about
    )
