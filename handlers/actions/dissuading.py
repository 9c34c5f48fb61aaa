"""Holding back somebody on the care list from a swindle: a task for the 邻长, without the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.reaching import private_chat
from handlers.actions.tickets import filing
from handlers.actions.tickets.entering import receipt
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.request import Request
from handlers.actions.tickets.speaking import tell_handler
from handlers.actions.tickets.wording import sheet
from handlers.phrases import nudges
from handlers.phrases.safety import DISSUADE
from knowledge.community.tickets.ticket import CLOCK, URGENT, Kind, Lane, Step
from knowledge.store.lists import own_unfinished

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

DISSUASION = "dissuasion"
"""Category of these tasks; nobody's words lead to it."""


def dissuade(work: Work, who: str, *, robbed: bool) -> None:
    """Ask the 邻长 of a person with a 关怀 (written with consent only) to call on them, once.

    What they sent is told to nobody. A loss is urgent, a warning waits for the end of the night.
    """
    person, chat = work.hood.person(who), private_chat(work, who)
    if person is None or chat is None or not person.care:
        return
    known = own_unfinished(work.session, who, DISSUASION)
    if known:
        if robbed:
            _hasten(work, known[0])
        return
    request = Request(
        kind=Kind.HELP,
        category=DISSUASION,
        lane=Lane.P1 if robbed else Lane.P2,
        matter=DISSUADE,
        place=work.hood.home(person),
        private=True,
    )
    filing.entrust(work, who, chat, request)


def _hasten(work: Work, ticket: TicketRow) -> None:
    """What was a warning has become a loss: whoever is to call on them does it at once."""
    if Lane(ticket.lane) in URGENT:
        return
    facts = {"lane": Lane.P1.value, "was": ticket.lane}
    ticket.lane = Lane.P1.value
    record(work, ticket, Step.LANED, CLOCK, facts=facts)
    for person_id in dict.fromkeys((ticket.owner_id, *ticket.claimants)):
        lost = nudges.lost(sheet(work, ticket, person_id))
        tell_handler(work, ticket, person_id, lost, urgent=True)


def already_asked(work: Work, who: str) -> bool:
    """Tell somebody who wants the 邻长 that a task is with them already; False if none is."""
    open_tasks = own_unfinished(work.session, who, DISSUASION)
    for ticket in open_tasks[:1]:
        receipt(work, ticket)
    return bool(open_tasks)
