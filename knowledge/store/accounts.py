"""The tickets of a span of time as a report counts them; and the few facts beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, type_coerce, union_all

from knowledge.community.tickets.account import CALLED, Span
from knowledge.community.tickets.ticket import OPEN, State, Step
from knowledge.store.base import UtcMoment
from knowledge.store.folds import STANDS_APART, folded
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from knowledge.community.tickets.account import Account

_TICKETS = TicketRow.metadata.tables["ticket"]
_EVENTS = TicketEventRow.metadata.tables["ticket_event"]
AT_ONCE = 1000
"""Tickets that are looked up together."""
EVER = Span(datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Aside:
    """One event inside a span whose facts count: a rating, a second report, a climbing, a park."""

    no: int
    at: datetime
    step: str
    actor: str
    reason: str
    facts: dict[str, Any]


def accounts(session: Session, span: Span) -> list[Account]:
    """Every ticket that was open or on which something happened in the span, by number."""
    event, ticket = _EVENTS.c, _TICKETS.c
    older = select(func.max(ticket.id)).where(ticket.filed_at < span.start).scalar_subquery()
    touched = select(event.ticket_id).where(event.at >= span.start, event.ticket_id <= older)
    concerned = union_all(
        select(ticket.id).where(ticket.filed_at >= span.start, ticket.filed_at < span.end),
        select(ticket.id).where(
            ticket.filed_at < span.start, ticket.state.in_(OPEN) | ticket.id.in_(touched)
        ),
    )
    return sorted((one for _, one in folded(session, concerned, span)), key=attrgetter("no"))


def accounts_of(session: Session, tickets: Collection[int]) -> dict[int, Account]:
    """These filed tickets by row id, each folded from its whole history."""
    return dict(folded(session, select(_TICKETS.c.id).where(_TICKETS.c.id.in_(tickets)), EVER))


def ratings_of(session: Session, tickets: Collection[int]) -> dict[int, int]:
    """The last rating of these tickets by row id; one given on the phone goes first."""
    said: dict[str, dict[int, int]] = {Step.RATED: {}, CALLED: {}}
    rows = session.execute(
        select(_EVENTS.c.ticket_id, _EVENTS.c.step, _EVENTS.c.facts)
        .where(_EVENTS.c.ticket_id.in_(tickets), _EVENTS.c.step.in_(said))
        .order_by(_EVENTS.c.ticket_id, _EVENTS.c.seq)
    )
    for ticket_id, step, facts in rows:
        if facts.get("rating"):
            said[step][ticket_id] = int(facts["rating"])
    return said[Step.RATED] | said[CALLED]


def asides(session: Session, span: Span, numbers: Collection[int]) -> list[Aside]:
    """What stands apart (`APART`) in the histories of these tickets inside the span, oldest first."""
    event, wanted = _EVENTS.c, list(numbers)
    found: list[tuple[datetime, int, Aside]] = []
    for begin in range(0, len(wanted), AT_ONCE):
        rows = session.execute(
            select(
                *(event.id, _TICKETS.c.no, type_coerce(event.at, UtcMoment())),
                *(event.step, event.actor, event.reason, event.facts),
            )
            .join(_TICKETS, _TICKETS.c.id == event.ticket_id)
            .where(_TICKETS.c.no.in_(wanted[begin : begin + AT_ONCE]), STANDS_APART)
            .where(event.at >= span.start, event.at < span.end)
        )
        found += ((at, row, Aside(no, at, *told)) for row, no, at, *told in rows.all())
    return [one for _, _, one in sorted(found, key=itemgetter(0, 1))]


def reviews(session: Session, numbers: Collection[int], end: datetime) -> dict[int, datetime]:
    """When what was parked must be looked at again, as its last parking before `end` says."""
    rows = session.execute(
        select(_TICKETS.c.no, _EVENTS.c.facts)
        .join(_TICKETS, _TICKETS.c.id == _EVENTS.c.ticket_id)
        .where(_TICKETS.c.no.in_(numbers), _EVENTS.c.to_state == State.PARKED, _EVENTS.c.at < end)
        .order_by(_EVENTS.c.seq)
    )
    days = {no: facts["review"] for no, facts in rows if "review" in facts}
    return {no: datetime.fromisoformat(day) for no, day in days.items()}


def newest_event(session: Session) -> datetime | None:
    """When something happened to a ticket last."""
    return session.scalar(select(func.max(TicketEventRow.at)))
