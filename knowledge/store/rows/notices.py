"""Which notice went where and when, and who said 收到."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class RoundRow(Model):
    """One notice at one planned time, on its way to all its chats."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("notice_id", "planned", name="uq_round_once"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    notice_id: Mapped[str]
    planned: Mapped[datetime]
    code: Mapped[str] = mapped_column(index=True)
    """The proof code under its text: how people name it."""
    title: Mapped[str]
    begun_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    corrects: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    """The round that said something wrong."""


class SendingRow(Model):
    """The claim of one notice at one planned time for one chat: nobody can send it twice."""

    __tablename__ = "sending"
    __table_args__ = (
        UniqueConstraint("notice_id", "planned", "channel", "chat_id", name="uq_sending_once"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    notice_id: Mapped[str]
    planned: Mapped[datetime] = mapped_column(index=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    status: Mapped[str]
    """send, moved, dropped, late, missed, held, event, now, corrected or cancelled."""
    why: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(default="", index=True)
    title: Mapped[str] = mapped_column(default="")
    asks_receipt: Mapped[bool] = mapped_column(default=False)
    report_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the counted 收到 are told to the group and the leaders; empty = told."""


class ReceiptRow(Model):
    """One 收到: counted silently, once a person."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("sending_id", "who", name="uq_receipt_who"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    sending_id: Mapped[int] = mapped_column(ForeignKey("sending.id"), index=True)
    who: Mapped[str]
    at: Mapped[datetime]
