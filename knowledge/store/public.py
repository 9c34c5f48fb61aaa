"""The public part of the ledger, as other systems ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from knowledge.community.tickets.ticket import DRAFTS, State
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of the ledger: moments are [since, until), `skip` rows are left out before it."""

    codes: Collection[str]
    since: datetime | None = None
    until: datetime | None = None
    states: Collection[State] = frozenset(State) - DRAFTS
    limit: int = 1000
    skip: int = 0


def requests_in(session: Session, part: Slice) -> list[TicketRow]:
    """Requests filed in the time asked for, newest first."""
    query = _public(part)
    if part.since is not None:
        query = query.where(TicketRow.filed_at >= part.since)
    if part.until is not None:
        query = query.where(TicketRow.filed_at < part.until)
    ordered = query.order_by(TicketRow.filed_at.desc(), TicketRow.no.desc())
    return list(session.scalars(ordered.limit(part.limit).offset(part.skip)))


def requests_numbered(session: Session, part: Slice, numbers: Collection[int]) -> list[TicketRow]:
    """The requests with these numbers as far as they are public, by number."""
    query = _public(part).where(TicketRow.no.in_(numbers)).order_by(TicketRow.no)
    return list(session.scalars(query))


def moves_in(session: Session, part: Slice) -> list[tuple[TicketEventRow, TicketRow]]:
    """Every step to another state since the filing, within the time asked for, oldest first."""
    query = (
        select(TicketEventRow, TicketRow)
        .join(TicketRow, TicketRow.id == TicketEventRow.ticket_id)
        .where(
            *_visible(part.codes),
            TicketEventRow.at >= TicketRow.filed_at,
            TicketEventRow.to_state.not_in([state.value for state in DRAFTS]),
            TicketEventRow.from_state.is_distinct_from(TicketEventRow.to_state),
        )
        .order_by(TicketEventRow.at, TicketEventRow.id)
    )
    if part.since is not None:
        query = query.where(TicketEventRow.at >= part.since)
    if part.until is not None:
        query = query.where(TicketEventRow.at < part.until)
    found = session.execute(query.limit(part.limit).offset(part.skip))
    return [(event, ticket) for event, ticket in found]


def last_moments(session: Session, tickets: Collection[TicketRow]) -> dict[int, datetime]:
    """When something last happened to each ticket, by row id."""
    query = (
        select(TicketEventRow.ticket_id, func.max(TicketEventRow.at))
        .where(TicketEventRow.ticket_id.in_([ticket.id for ticket in tickets]))
        .group_by(TicketEventRow.ticket_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _public(part: Slice) -> Select[TicketRow]:
    states = [state.value for state in part.states]
    return select(TicketRow).where(*_visible(part.codes), TicketRow.state.in_(states))


def _visible(codes: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        TicketRow.private.is_(False),
        TicketRow.filed_at.is_not(None),
        TicketRow.category.in_(codes),
    )
