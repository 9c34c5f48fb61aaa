"""What of a round could not be sent in its hours: put off to the next ones, or let go.

A channel was down, or the service, when quiet hours began: the queue holds such a message back
(`OutboxRow.not_after`), and here it is decided what becomes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from handlers.actions.rounds import put_off, spare
from knowledge.community.zone import local
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.notices import RoundRow, SendingRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work

MISSED = "missed"
OF_THE_CALENDAR = frozenset({"send", "moved", "late"})
"""Sendings that belong to their day; what an office or an event sends waits as long as it takes."""


def overdue_at(session: Session) -> datetime | None:
    """Return when the next waiting message of a round that is not halted runs out of time."""
    query = (
        select(func.min(OutboxRow.not_after))
        .join(RoundRow, RoundRow.id == OutboxRow.round_id)
        .where(OutboxRow.state == "pending", RoundRow.paused_at.is_(None))
    )
    return session.scalar(query)


def settle_overdue(work: Work) -> int:
    """Put off or let go all that has run out of time; return how many rounds had such messages."""
    query = (
        select(RoundRow)
        .join(OutboxRow, OutboxRow.round_id == RoundRow.id)
        .where(
            OutboxRow.state == "pending",
            OutboxRow.not_after <= work.now,
            RoundRow.paused_at.is_(None),
        )
        .distinct()
        .order_by(RoundRow.id)
    )
    rounds = work.session.scalars(query).all()
    for one in rounds:
        _settle(work, one)
    return len(rounds)


def _settle(work: Work, one: RoundRow) -> None:
    if _has_had_its_day(work, one):
        spare(work, one, MISSED)
    else:
        put_off(work, one)


def _has_had_its_day(work: Work, one: RoundRow) -> bool:
    """Whether it comes from the calendar and its day is over before it could go out."""
    query = select(SendingRow.status, SendingRow.at).where(
        SendingRow.notice_id == one.notice_id,
        SendingRow.planned == one.planned,
        SendingRow.at.is_not(None),
    )
    first = work.session.execute(query.order_by(SendingRow.id).limit(1)).first()
    if first is None or first.status not in OF_THE_CALENDAR:
        return False
    again = work.rules.manners.first_loud(work.now)
    return local(first.at).date() < local(again).date()
