"""Sending a notice anew by hand: not while it is on its way, and again after it was ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge.community.refusals import IllegalStep
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.notices import RoundRow

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.work import Work
    from knowledge.community.notices.notice import Notice


def unended(work: Work, notice: Notice, planned: datetime) -> datetime:
    """Return the first minute from then on that names no round which was ended."""
    ended = select(RoundRow.planned).where(
        RoundRow.notice_id == notice.id,
        RoundRow.planned >= planned,
        RoundRow.cancelled_at.is_not(None),
    )
    taken = set(work.session.scalars(ended))
    while planned in taken:
        planned += timedelta(minutes=1)
    return planned


def must_be_through(work: Work, notice: Notice, planned: datetime) -> None:
    """Raise IllegalStep while chats still wait for an earlier round: they would hear it twice."""
    waiting = (
        select(RoundRow.id)
        .join(OutboxRow, OutboxRow.round_id == RoundRow.id)
        .where(
            RoundRow.notice_id == notice.id,
            RoundRow.planned != planned,
            OutboxRow.state == "pending",
        )
    )
    if work.session.scalar(waiting.limit(1)) is not None:
        raise IllegalStep(
            f"《{notice.title}》还有一轮没发完，再发就重了。等它发完，或者先取消那一轮。"
        )
