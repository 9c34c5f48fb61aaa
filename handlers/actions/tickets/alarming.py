"""A life is in danger and nobody has come: everybody is called again, until somebody takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.assigning import ask, everybody_asked
from handlers.actions.tickets.overseeing import supervisors
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.speaking import tell_everybody, tell_handler
from handlers.actions.tickets.wording import sheet
from handlers.phrases import cards, nudges, safety
from handlers.phrases import climbing as phrases
from handlers.phrases.moments import lasting
from knowledge.community.tickets.course import Clock
from knowledge.community.tickets.promise import Limit, span
from knowledge.community.tickets.ticket import CLOCK, Step

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def alarm(work: Work, ticket: TicketRow) -> None:
    """Call the whole ladder and the supervisors once more; the reporter reads what to do meanwhile."""
    record(work, ticket, Step.ALARMED, CLOCK, facts={"clock": Clock.CLAIM.value})
    waited = lasting(work.now - (ticket.filed_at or ticket.created_at))
    asked = everybody_asked(work, ticket)
    for person_id in asked:
        ask(work, ticket, person_id, why=cards.nobody_comes(waited), passing=True)
    for person_id in supervisors(work, ticket):
        if person_id not in asked:
            told = sheet(work, ticket, person_id)
            tell_handler(work, ticket, person_id, nudges.nobody_comes(told, waited), passing=True)
    tell_everybody(work, ticket, nobody_yet(work, ticket), passing=True)


def nobody_yet(work: Work, ticket: TicketRow) -> str:
    """What the reporter reads: who is being called, when again, and the emergency number."""
    pause = ticket.next_at - work.now if ticket.next_at else span(Limit.ALARM)
    called = everybody_asked(work, ticket) or supervisors(work, ticket)
    advice = safety.DANGERS.get(ticket.category, safety.ANY_DANGER)
    return phrases.nobody_yet(
        sheet(work, ticket),
        lasting(pause) if called else "",
        advice,
        work.rules.duty_phone,
        alone=ticket.reports == 1,
    )
