"""What was ended today: told by the events, whenever it was filed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.board.cohort import since
from knowledge.community.tickets.ticket import DRAFTS, OUTCOMES
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.reporting.scope import Scope

ENDED_TODAY = "ended_today"


def ended_today(session: Session, scope: Scope, now: datetime) -> list[int]:
    """The numbers of what somebody finished, or what ended, since midnight."""
    start = since(now, 1)
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
