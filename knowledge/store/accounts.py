"""The tickets of a span of time, each folded from its events; and the few facts beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, type_coerce, union

from knowledge.community.account import CALLED, Account, Span, fold
from knowledge.community.ticket import OPEN, SPLIT_OFF, Kind, Lane, State, Step
from knowledge.store.base import UtcMoment
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy.orm import Session

    from knowledge.community.account import Trace

_TICKETS = TicketRow.metadata.tables["ticket"]
_EVENTS = TicketEventRow.metadata.tables["ticket_event"]
_KINDS = {kind.value: kind for kind in Kind}
_LANES = {lane.value: lane for lane in Lane}
EVER = Span(datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
AT_ONCE = 10_000
"""Events that are fetched together."""
_SILENT_STEPS = (Step.NUDGED, Step.REMINDED, Step.NOTED, Step.EDITED, Step.JOINED, Step.RATED)
"""Events that neither move a ticket nor are counted by themselves."""


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
    concerned = union(
        select(_EVENTS.c.ticket_id).where(_EVENTS.c.at >= span.start),
        select(_TICKETS.c.id).where(_TICKETS.c.state.in_(OPEN)),
    ).subquery()
    found = _headed(session, concerned)
    for ticket_id, traces in _histories(session, concerned, span.end):
        if ticket_id in found:
            fold(found[ticket_id], traces, span)
    return [one for one in found.values() if one.filed is not None]


def accounts_of(session: Session, tickets: Collection[int]) -> dict[int, Account]:
    """These filed tickets by row id, each folded from its whole history."""
    concerned = select(_TICKETS.c.id).where(_TICKETS.c.id.in_(tickets)).subquery()
    found = _headed(session, concerned)
    for ticket_id, traces in _histories(session, concerned, EVER.end):
        if ticket_id in found:
            fold(found[ticket_id], traces, EVER)
    return {row: one for row, one in found.items() if one.filed is not None}


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


def asides(session: Session, span: Span, steps: tuple[str, ...]) -> list[Aside]:
    """The events of these steps, and those that split what was merged, inside the span.

    Oldest first, in one reading: a month may hold half a million events.
    """
    event = _EVENTS.c
    rows = session.execute(
        select(
            _TICKETS.c.no,
            type_coerce(event.at, UtcMoment()),
            event.step,
            event.actor,
            event.reason,
            event.facts,
        )
        .join(_TICKETS, _TICKETS.c.id == event.ticket_id)
        .where(event.at >= span.start, event.at < span.end)
        .where(or_(event.step.in_(steps), event.reason == SPLIT_OFF))
        .order_by(event.at, event.id)
    )
    return [Aside(*row) for row in rows]


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


def _headed(session: Session, concerned: Any) -> dict[int, Account]:
    """What the rows of these tickets say, by row id, in the order of their numbers."""
    columns = ("id", "no", "kind", "category", "lane", "place_id", "channel", "private", "reporter")
    rows = session.execute(
        select(*(_TICKETS.c[name] for name in columns))
        .where(_TICKETS.c.id.in_(select(concerned)))
        .order_by(_TICKETS.c.no)
    )
    return {
        ticket_id: Account(no, _KINDS[kind], category, _LANES[lane], *rest)
        for ticket_id, no, kind, category, lane, *rest in rows
    }


def _histories(
    session: Session, concerned: Any, end: datetime
) -> Iterator[tuple[int, Iterator[Trace]]]:
    """The moving and counted events before `end`, ticket by ticket, oldest first."""
    event = _EVENTS.c
    rows = session.execute(
        select(
            event.ticket_id,
            type_coerce(event.at, UtcMoment()),
            event.step,
            event.from_state,
            event.to_state,
            event.reason,
            event.role,
        )
        .where(event.ticket_id.in_(select(concerned)), event.step.not_in(_SILENT_STEPS))
        .order_by(event.ticket_id, event.seq)
    )
    read = chain.from_iterable(rows.partitions(AT_ONCE))
    for ticket_id, events in groupby(read, key=itemgetter(0)):
        yield ticket_id, (one[1:] for one in events if one[1] < end)  # the index gives the order
