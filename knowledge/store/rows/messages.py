"""What came in and what must be told: the two queues that nothing may fall out of."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId

URGENT, USUAL, BULK = range(3)
"""Who goes first on a channel: P0 and P1, then answers and tasks, then notices."""


class InboxRow(Model):
    """One event of a channel, stored before the platform is told "received".

    `held` = a part of an album whose other parts may still come.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        # A platform may deliver an event again: it has one effect.
        UniqueConstraint("channel", "event_id", name="uq_inbox_event"),
        CheckConstraint("state in ('held', 'new', 'done', 'quarantined')", name="state"),
        Index("ix_inbox_waiting", "state", "id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    channel: Mapped[str]
    event_id: Mapped[str]
    chat_id: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="new")
    attempts: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class OutboxRow(Model):
    """One message to one chat, written in the transaction of the change it tells of."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint(
            "state in ('pending', 'sending', 'sent', 'failed', 'unknown', 'needs_human')",
            name="state",
        ),
        # The queue of a channel in the order in which it is sent.
        Index("ix_outbox_queue", "state", "channel", "rank", "id"),
        # Messages that are to be tried again hold up their chat: there are few among many.
        Index("ix_outbox_tried", "state", "channel", "attempts"),
        # Pacing counts what a chat was sent inside a window.
        Index("ix_outbox_sent", "channel", "sent_at"),
        # A leader's budget counts what a chat was told today.
        Index("ix_outbox_told", "chat_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Idempotency key: names the cause, so that the same cause is told once."""
    channel: Mapped[str]
    chat_id: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str]
    buttons: Mapped[list[dict[str, Any]]]
    images: Mapped[list[str]]
    ticket_id: Mapped[int | None]
    notice_id: Mapped[str | None]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), index=True)
    """The round of a notice to which it belongs: halted and ended with it."""
    rank: Mapped[int] = mapped_column(default=USUAL)
    lane: Mapped[str | None]
    repeatable: Mapped[bool] = mapped_column(default=False)
    """A push that may be repeated once, marked 补发, when its receipt is unknown."""
    state: Mapped[str] = mapped_column(default="pending")
    not_before: Mapped[datetime]
    not_after: Mapped[datetime | None]
    """The end of the hours in which it may go out; None = at any hour."""
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    """When it left us."""
    landed_at: Mapped[datetime | None]
    """When its receipt came back: by then it had surely reached the platform."""
    replaces: Mapped[str] = mapped_column(default="")
    """Receipts of the cards that it takes the place of, on a channel that can change them."""
    receipt: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
    """When somebody said that nothing more is to be done about a message that did not arrive."""
