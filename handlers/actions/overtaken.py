"""What is queued, and overtaken before it was sent: dropped, or sent to somebody else instead."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, or_, select, update

from handlers.actions.reaching import private_chat
from handlers.actions.telling import FADING, PASSING, WAITING_LANES
from handlers.messages import ChatRef
from knowledge.store.rows.messages import OutboxRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from handlers.work import Work

ON_ITS_WAY = timedelta(minutes=1)
"""A message that has waited for longer is held up: its channel is down."""


def take_back(work: Work, ticket_id: int) -> frozenset[ChatRef]:
    """Drop the cards, reminders and steps that the night, or a channel's outage, has overtaken.

    What was answered stays. Returns the chats that hear of the ticket no more than they did.
    """
    return _drop(work, ticket_id, FADING)


def give_way(work: Work, ticket_id: int) -> None:
    """Drop what the clock has said of a ticket and could not be sent: now it says more."""
    _drop(work, ticket_id, PASSING)


def _drop(work: Work, ticket_id: int, end: str) -> frozenset[ChatRef]:
    gone = delete(OutboxRow).where(
        OutboxRow.ticket_id == ticket_id,
        OutboxRow.state == "pending",
        OutboxRow.key.endswith(end),
        or_(
            OutboxRow.not_before > work.now,
            OutboxRow.attempts > 0,
            OutboxRow.created_at < work.now - ON_ITS_WAY,
        ),
    )
    rows = work.session.execute(gone.returning(OutboxRow.channel, OutboxRow.chat_id))
    return frozenset(ChatRef(*row) for row in rows)


def has_heard(work: Work, ticket_id: int, chat: ChatRef) -> bool:
    """Whether a message about the ticket has reached a chat, or is on its way there."""
    query = select(
        exists().where(
            OutboxRow.ticket_id == ticket_id,
            OutboxRow.channel == chat.channel,
            OutboxRow.chat_id == chat.id,
        )
    )
    return bool(work.session.scalar(query))


def knows_nothing(work: Work, ticket_id: int, person_id: str, unheard: frozenset[ChatRef]) -> bool:
    """Whether somebody who was asked was never reached, and is spared what came of it too."""
    chat = private_chat(work, person_id, task=True)
    return chat is not None and chat in unheard and not has_heard(work, ticket_id, chat)


def urging(ticket_id: int) -> str:
    """What a 催办 is about: it is dropped where nothing is left to do before it was sent."""
    return f":urging-{ticket_id}"


def take_back_about(work: Work, subject: str) -> datetime | None:
    """Drop what was not sent yet about a subject; return when the first of it was queued."""
    waiting = (
        OutboxRow.state == "pending",
        OutboxRow.attempts == 0,
        OutboxRow.not_before > work.now,
        OutboxRow.key.endswith(subject, autoescape=True),
    )
    first = work.session.scalar(select(func.min(OutboxRow.created_at)).where(*waiting))
    if first is not None:
        work.session.execute(delete(OutboxRow).where(*waiting))
    return first


def hand_over(work: Work, ticket_id: int, old: str | None, new: str) -> None:
    """Let what somebody has said to the old owner, and still waits, reach the new one instead."""
    source = private_chat(work, old, task=True) if old else None
    target = private_chat(work, new, task=True)
    if source is None or target is None:
        return
    work.session.execute(
        update(OutboxRow)
        .where(
            *_waiting(work, ticket_id),
            OutboxRow.channel == source.channel,
            OutboxRow.chat_id == source.id,
        )
        .values(channel=target.channel, chat_id=target.id)
    )


def _waiting(work: Work, ticket_id: int) -> tuple[ColumnElement[bool], ...]:
    """What still waits for the end of quiet hours about a ticket."""
    return (
        OutboxRow.ticket_id == ticket_id,
        OutboxRow.state == "pending",
        OutboxRow.attempts == 0,
        OutboxRow.lane.in_(WAITING_LANES),
        OutboxRow.not_before > work.now,
    )
