"""The queue of messages to be told: what may be sent now, and what was sent lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from knowledge.store.rows.messages import OutboxRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session


def due(session: Session, channels: Collection[str], now: datetime, limit: int) -> list[OutboxRow]:
    """Return messages whose moment has come, oldest first, for channels that are running."""
    return list(
        session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.state == "pending",
                OutboxRow.not_before <= now,
                OutboxRow.channel.in_(channels),
            )
            .order_by(OutboxRow.id)
            .limit(limit)
        )
    )


def next_moment(session: Session, channels: Collection[str]) -> datetime | None:
    """Return when the next pending message may be looked at."""
    return session.scalar(
        select(func.min(OutboxRow.not_before)).where(
            OutboxRow.state == "pending", OutboxRow.channel.in_(channels)
        )
    )


def sent_lately(
    session: Session, channel: str, chat_id: str | None, count: int, since: datetime
) -> list[datetime]:
    """Return when the latest `count` sendings after `since` happened, oldest first."""
    query = select(OutboxRow.sent_at).where(OutboxRow.channel == channel, OutboxRow.sent_at > since)
    if chat_id is not None:
        query = query.where(OutboxRow.chat_id == chat_id)
    moments = session.scalars(query.order_by(OutboxRow.sent_at.desc()).limit(count))
    return [moment for moment in reversed(moments.all()) if moment is not None]


def interrupted(session: Session, channel: str) -> list[OutboxRow]:
    """Return messages that a process was sending when it died."""
    return list(
        session.scalars(
            select(OutboxRow)
            .where(OutboxRow.channel == channel, OutboxRow.state == "sending")
            .order_by(OutboxRow.id)
        )
    )


def hurry(session: Session, channel: str, now: datetime, horizon: timedelta) -> None:
    """Let messages that wait for a broken channel be tried at once."""
    session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.channel == channel,
            OutboxRow.state == "pending",
            OutboxRow.attempts > 0,
            OutboxRow.not_before.between(now, now + horizon),
        )
        .values(not_before=now)
    )
