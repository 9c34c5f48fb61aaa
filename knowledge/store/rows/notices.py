"""Which notice went where and when, who said 收到, who passed it on, who wants fewer."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
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
    body: Mapped[str] = mapped_column(default="", server_default="")
    """The text as it was sent: the original that a proof code shows."""
    quiz: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Of a 知识抢答: {"right": digit, "options": [words], "why": text}."""


class ReceiptRow(Model):
    """One 收到, or one answer to a quiz: counted silently, once a person."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("sending_id", "who", name="uq_receipt_who"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    sending_id: Mapped[int] = mapped_column(ForeignKey("sending.id"), index=True)
    who: Mapped[str]
    at: Mapped[datetime]
    answer: Mapped[int | None]
    """The digit given to a quiz; the newest counts."""


class PaceRow(Model):
    """少发点 or 多发点, said of a chat: `who` empty = what holds, else the wish of one member."""

    __tablename__ = "pace"
    __table_args__ = (UniqueConstraint("channel", "chat_id", "who", name="uq_pace_who"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    who: Mapped[str]
    wish: Mapped[str]
    at: Mapped[datetime]


class RelayRow(Model):
    """One place's turn in a notice that is passed on level by level."""

    __tablename__ = "relay"
    __table_args__ = (UniqueConstraint("notice_id", "planned", "place_id", name="uq_relay_once"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    notice_id: Mapped[str]
    planned: Mapped[datetime]
    place_id: Mapped[str]
    person_id: Mapped[str | None]
    title: Mapped[str]
    body: Mapped[str]
    state: Mapped[str]
    """waiting, confirmed, or passed = nobody answered (or nobody is there) and it went on."""
    told_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None] = mapped_column(index=True)
    reminders: Mapped[int] = mapped_column(default=0)


class NoticeChangeRow(Model):
    """One change of a notice's text on the page: what stood before, what stands after."""

    __tablename__ = "notice_change"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    notice_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    who: Mapped[str]
    """Person id."""
    before: Mapped[str]
    after: Mapped[str]


class VerifiedRow(Model):
    """How often a genuine proof code was asked about on one day, by nobody knows whom."""

    __tablename__ = "verified"

    code: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(default=0)
