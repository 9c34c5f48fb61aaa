"""What could not be sent in its hours: put off to the next ones, or let go.

A channel was down, or the service, or a round was too long when quiet hours began: the queue holds
such a message back (`OutboxRow.not_after`), and here it is decided what becomes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select, update

from handlers.actions.notices.rounds import TOLD, put_off, spare
from handlers.actions.trouble import report_unfinished
from knowledge.community.days.zone import local
from knowledge.community.notices.due import GRACE
from knowledge.community.notices.posting import OF_ITS_DAY
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
    """Return when the next message runs out of its hours, if its round is not halted."""
    query = (
        select(func.min(OutboxRow.not_after))
        .outerjoin(RoundRow, RoundRow.id == OutboxRow.round_id)
        .where(OutboxRow.state == "pending", RoundRow.paused_at.is_(None))
    )
    return session.scalar(query)


def settle_overdue(work: Work) -> int:
    """Put off or let go all that has run out of its hours; return how many rounds and tasks."""
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
    return len(rounds) + _hold_tasks(work)


def _hold_tasks(work: Work) -> int:
    """Let what is told about requests wait for the end of quiet hours, and hold nobody else up."""
    late = (
        OutboxRow.state == "pending",
        OutboxRow.round_id.is_(None),
        OutboxRow.not_after <= work.now,
    )
    held = work.session.scalar(select(func.count()).where(*late)) or 0
    if held:
        at = work.rules.manners.first_loud(work.now)
        until = work.rules.manners.loud_until(at)
        again = update(OutboxRow).where(*late)
        work.session.execute(again.values(not_before=at, not_after=until, attempts=0))
    return held


def _settle(work: Work, one: RoundRow) -> None:
    """Put the rest off; on another day only where it is still sensible, and never in silence."""
    first = _first(work, one)
    again = local(work.rules.manners.first_loud(work.now))
    if first is None or first.at is None or local(first.at).date() == again.date():
        put_off(work, one)
    elif _is_still_sensible(work, one, first, again):
        report_unfinished(work, one.title, put_off(work, one), again)
    else:
        report_unfinished(work, one.title, spare(work, one, MISSED), None)


def _first(work: Work, one: RoundRow) -> SendingRow | None:
    """Return the first sending of a round from the calendar; None for what waits for no day."""
    query = select(SendingRow).where(
        SendingRow.notice_id == one.notice_id,
        SendingRow.planned == one.planned,
        SendingRow.at.is_not(None),
    )
    first = work.session.scalars(query.order_by(SendingRow.id).limit(1)).first()
    return first if first is not None and first.status in OF_THE_CALENDAR else None


def _is_still_sensible(work: Work, one: RoundRow, first: SendingRow, again: datetime) -> bool:
    """Whether others have it already, its words hold on another day, and nothing newer is out."""
    if again - first.planned > GRACE or OF_ITS_DAY.search(first.body):
        return False
    told = exists().where(OutboxRow.round_id == one.id, OutboxRow.state.in_(TOLD))
    newer = exists().where(RoundRow.notice_id == one.notice_id, RoundRow.planned > one.planned)
    return bool(work.session.scalar(select(told & ~newer)))
