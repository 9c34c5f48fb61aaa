"""What stands at this moment: open, waiting to be confirmed, late, and what was ended today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from knowledge.community.ticket import (
    DRAFTS,
    OPEN,
    OUTCOMES,
    UNFINISHED,
    WAITING_FOR_CLAIM,
    State,
)
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from handlers.board.scope import Scope

ENDED_TODAY = "ended_today"


@dataclass(frozen=True, slots=True)
class Stand:
    """The open tickets of one place: unfinished, said to be done, and past a promise."""

    place: str | None
    unfinished: int
    unconfirmed: int
    overdue: int


def parts(now: datetime) -> dict[str, ColumnElement[bool]]:
    """What each figure of the moment counts among the open tickets."""
    late = or_(
        TicketRow.state.in_(WAITING_FOR_CLAIM) & (TicketRow.claim_due <= now),
        TicketRow.state.in_(UNFINISHED) & (TicketRow.solve_due <= now),
    )
    return {
        "open": TicketRow.state.in_(UNFINISHED),
        "unconfirmed": TicketRow.state == State.HANDLED,
        "overdue": late,
    }


def standing(session: Session, scope: Scope, now: datetime) -> list[Stand]:
    """Count the open tickets of a scope by place."""
    counts = [func.count().filter(part) for part in parts(now).values()]
    rows = session.execute(
        select(TicketRow.place_id, TicketRow.private, *counts)
        .where(TicketRow.state.in_(OPEN))
        .group_by(TicketRow.place_id, TicketRow.private)
    )
    return [
        Stand(place, *numbers)
        for place, private, *numbers in rows
        if scope.holds(place, private=private)
    ]


def standing_numbers(session: Session, scope: Scope, now: datetime, key: str) -> list[int]:
    """The numbers of the tickets behind one figure of the moment."""
    rows = session.execute(
        select(TicketRow.no, TicketRow.place_id, TicketRow.private)
        .where(TicketRow.state.in_(OPEN), parts(now)[key])
        .order_by(TicketRow.no)
    )
    return [no for no, place, private in rows if scope.holds(place, private=private)]


def ended_today(session: Session, scope: Scope, now: datetime) -> list[int]:
    """The numbers of what somebody finished, or what ended, since midnight."""
    start = datetime.combine(now.date(), time(), now.tzinfo)
    rows = session.execute(
        select(TicketRow.no, TicketRow.place_id, TicketRow.private)
        .join(TicketEventRow, TicketEventRow.ticket_id == TicketRow.id)
        .where(
            TicketEventRow.at >= start,
            TicketEventRow.at < start + timedelta(days=1),
            TicketEventRow.to_state.in_(OUTCOMES),
            TicketEventRow.from_state.not_in(OUTCOMES | DRAFTS),
        )
        .distinct()
        .order_by(TicketRow.no)
    )
    return [no for no, place, private in rows if scope.holds(place, private=private)]
