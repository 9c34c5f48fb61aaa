"""What the bot is waiting for from somebody, and the choices it has offered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class DialogueRow(Model):
    """A pending matter with one person in one chat (the newest replaces the older)."""

    __tablename__ = "dialogue"
    __table_args__ = (UniqueConstraint("channel", "chat_id", "who", name="uq_dialogue_person"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    who: Mapped[str]
    topic: Mapped[str]
    """What is awaited: place, matter, confirm, photo, note, answer …"""
    ticket_id: Mapped[int | None]
    data: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class MenuRow(Model):
    """A numbered choice shown in a chat; `who` empty = anybody there may choose."""

    __tablename__ = "menu"
    __table_args__ = (Index("ix_menu_open", "channel", "chat_id", "used_at"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    who: Mapped[str]
    ticket_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class OptionRow(Model):
    """One line of a menu; its random token is what a button carries."""

    __tablename__ = "option"

    token: Mapped[str] = mapped_column(primary_key=True)
    menu_id: Mapped[int] = mapped_column(ForeignKey("menu.id"), index=True)
    digit: Mapped[int]
    label: Mapped[str]
    action: Mapped[str]
    args: Mapped[dict[str, Any]]


class HeldPhotoRow(Model):
    """A bare photo that waits ten minutes for the words that follow, then is forgotten."""

    __tablename__ = "held_photo"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    who: Mapped[str]
    media_id: Mapped[str]
    ask: Mapped[bool] = mapped_column(default=False)
    """To be asked about soon: a bare photo in a private chat."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
