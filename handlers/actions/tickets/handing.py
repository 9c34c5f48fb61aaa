"""Nobody's absence leaves a ticket behind: what a person has goes to whoever stands in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.actions.reaching import private_chat
from handlers.actions.tickets.accused import accused
from handlers.actions.tickets.assigning import ask, asked_at_once
from handlers.actions.tickets.giving import give
from handlers.actions.tickets.overseeing import put_on_list
from handlers.actions.tickets.speaking import tell_everybody, tell_handler
from handlers.actions.tickets.tasking import with_desk
from handlers.actions.tickets.wording import sheet
from handlers.phrases import cards, nudges
from handlers.phrases import tickets as phrases
from knowledge.community.hood.access import HELPERS, roles_of
from knowledge.community.tickets.course import Clock
from knowledge.community.tickets.ticket import OPEN, WAITING_FOR_CLAIM, State
from knowledge.store.lists import listing, owned_by

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

LEAVE = "请假"
"""Reason of what goes on because somebody is away."""
BEGUN = frozenset({State.ACCEPTED, State.IN_PROGRESS, State.SCHEDULED})
"""States in which the next one has to take it anew; in the others it waits as it is."""


def hand_over_all(work: Work, who: str, why: str) -> int:
    """Pass on everything open that a person has, as at a leave; how many there were."""
    gone = replace(work, away=work.away | {who})
    tickets = owned_by(work.session, who)
    moved = sum(_hand_on(gone, ticket, why) for ticket in tickets)
    work.told = gone.told
    return moved


def hand_over_departed(work: Work) -> int:
    """Pass on what belongs to people who have left the roster or handle nothing any more."""
    held = listing(work.session, OPEN)
    lost = [ticket for ticket in held if not serves(work, ticket.owner_id)]
    return sum(_hand_on(work, ticket, "离开花名册") for ticket in lost)


def serves(work: Work, who: str | None) -> bool:
    """Whether somebody handles requests at all."""
    return bool(roles_of(work.hood.person(who)) & HELPERS)


def _hand_on(work: Work, ticket: TicketRow, why: str) -> bool:
    """Give one ticket to the deputy, else to whom its place answers; on to 督办 without anybody."""
    old = ticket.owner_id
    deputy = deputy_of(work, old)
    if deputy in accused(work, ticket):
        deputy = None
    new = deputy or next((rung.person for rung in asked_at_once(work, ticket)), None)
    if new == old or (new is None and ticket.state == State.HANDLED):
        return False
    begun = ticket.state in BEGUN
    give(work, ticket, new, anew=begun, reason=why)
    if new is None:
        watched = put_on_list(work, ticket, Clock.CLAIM, nudges.without_owner)
        alone = phrases.left_alone if watched else phrases.left_unwatched
        tell_everybody(work, ticket, alone(sheet(work, ticket)))
        return True
    _tell(work, ticket, old, new, begun=begun)
    return True


def _tell(work: Work, ticket: TicketRow, old: str | None, new: str, *, begun: bool) -> None:
    told = sheet(work, ticket)
    if ticket.state in WAITING_FOR_CLAIM:
        ask(work, ticket, new, why=cards.stands_in(_called(work, old)))
    else:
        ticket.claimants = [*ticket.claimants, new]
        card = cards.taken_over(told, _called(work, old))
        tell_handler(work, ticket, new, with_desk(work, ticket, card))
    if begun:
        tell_everybody(work, ticket, phrases.handed_on(told))


def _called(work: Work, who: str | None) -> str:
    person = work.hood.person(who)
    return person.called if person else ""


def deputy_of(work: Work, who: str | None) -> str | None:
    """Who stands in for a person, if there and able to."""
    person = work.hood.person(who)
    deputy = person.deputy if person else None
    if deputy is None or deputy in work.away or not serves(work, deputy):
        return None
    return deputy if private_chat(work, deputy) is not None else None
