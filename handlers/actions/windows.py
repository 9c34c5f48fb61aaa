"""Channels that only answer: how many messages somebody may still get, counted from the rows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from handlers.messages import AFTER_CONTACT, ANSWERING, ANSWERS, ChatKind, direct
from knowledge.store.rows.marks import MarkRow
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.stamps import mark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.messages import ChatRef

AT_ONCE = "at-once"
"""Beginning of the reference of a message that went back with the call itself: it counts not."""
TOLD = ("sent", "unknown")
"""States of a message that may have arrived."""


def can_be_told(session: Session, chat: ChatRef, now: datetime) -> bool:
    """Tell whether a chat can be spoken to now.

    A person who has not spoken to us yet is told elsewhere; a group has no elsewhere, so there the
    platform decides and the receipt tells.
    """
    if chat.channel in AFTER_CONTACT and chat.kind is ChatKind.DIRECT:
        return mark(session, met(chat)) is not None
    return chat.channel not in ANSWERING or replies_left(session, chat, now) > 0


def met(chat: ChatRef) -> str:
    """Return the name of the mark that stands once somebody in the chat has spoken to us."""
    return f"{chat.channel}.met.{chat.id}"


def forget_meeting(session: Session, accounts: Iterable[tuple[str, str]]) -> None:
    """Take away the marks of somebody's accounts, as (channel, account): until they speak again."""
    names = [met(direct(channel, account)) for channel, account in accounts]
    session.execute(delete(MarkRow).where(MarkRow.name.in_(names)))


def replies_left(session: Session, chat: ChatRef, now: datetime) -> int:
    """Return how many messages the chat may still get before its person speaks again."""
    heard = session.scalar(
        select(func.max(InboxRow.received_at)).where(
            InboxRow.channel == chat.channel, InboxRow.chat_id == chat.id
        )
    )
    if heard is None or now - heard >= timedelta(seconds=ANSWERS.seconds):
        return 0
    told = select(func.count()).where(
        OutboxRow.channel == chat.channel,
        OutboxRow.chat_id == chat.id,
        OutboxRow.sent_at >= heard,
        OutboxRow.state.in_(TOLD),
        OutboxRow.receipt.not_like(f"{AT_ONCE}%"),
    )
    return max(0, ANSWERS.count - (session.scalar(told) or 0))
