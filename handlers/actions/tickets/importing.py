"""Cases of another system taken over into the same ledger, each once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.actions.names import remember_name
from handlers.actions.tickets.assigning import asked_at_once
from handlers.actions.tickets.entering import facts
from handlers.actions.tickets.filing import report
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.request import Request, create
from handlers.messages import PULLED, direct
from handlers.phrases.imports import ENDED_THERE, taken_over
from knowledge.community.locating.locating import find_place
from knowledge.community.tickets.ticket import State, Step
from knowledge.store.rows.sources import TicketSourceRow

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.tickets.casesheet import Case
    from knowledge.community.tickets.categories import Category
    from knowledge.store.rows.tickets import TicketRow

_WORKED = (State.ACCEPTED, State.HANDLED)


def take_over(
    work: Work, source: str, case: Case, known: Category, *, private: bool
) -> TicketRow | None:
    """Make a ticket of a case of that category, or None when it was taken over before.

    What is open there is filed here and now: its owner is told and our promise begins. What has
    ended keeps its own times and is told to nobody.
    """
    if work.session.get(TicketSourceRow, (source, case.reference)) is not None:
        return None
    who = f"{PULLED}:{source}/{case.reference}"
    if case.name:
        remember_name(work, who, case.name)
    asked = _request(work, source, case, known, private=private)
    ticket = _going_on(work, who, asked) if case.end is None else _ended(work, who, asked, case)
    work.session.flush()
    row = TicketSourceRow(source=source, reference=case.reference, ticket_id=ticket.id)
    work.session.add(row)
    return ticket


def _going_on(work: Work, who: str, asked: Request) -> TicketRow:
    return report(work, who, direct(PULLED, who.partition(":")[2]), asked)


def _ended(work: Work, who: str, asked: Request, case: Case) -> TicketRow:
    """Write its history with the times that it had over there."""
    chat = direct(PULLED, who.partition(":")[2])
    then = replace(work, now=case.at)
    ticket = create(then, who, chat, asked, State.NEW)
    first = next(iter(asked_at_once(then, ticket)), None)
    if first is not None:
        ticket.owner_id, ticket.rung = first.person, first.role.value
    ticket.filed_at = then.now
    told = facts(ticket)
    record(then, ticket, Step.FILED, who, to=State.NEW, text=asked.words, facts=told)
    later = replace(work, now=case.ended_at or case.at)
    steps = [case.end] if case.end is State.CLOSED_REJECTED else [*_WORKED, case.end]
    for state in steps:
        record(later, ticket, Step.MOVED, who, to=state, reason=ENDED_THERE)
    return ticket


def _request(work: Work, source: str, case: Case, known: Category, *, private: bool) -> Request:
    found = find_place(case.place or case.words, work.hood)
    return Request(
        kind=known.kind,
        category=known.code,
        lane=known.lane,
        matter=known.name,
        place=found.place_id,
        missing=() if found.place_id else ("place",),
        words=taken_over(source, case.reference, case.at, case.words, case.phone),
        private=private,
    )
