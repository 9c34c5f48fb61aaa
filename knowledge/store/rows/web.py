"""The built-in chat's own history, and who is signed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class WebMessageRow(Model):
    """One bubble of the web chat, in the order of `id`."""

    __tablename__ = "web_message"
    __table_args__ = (
        Index("ix_web_message_chat", "chat_id", "id"),
        # The sender may repeat a push after a crash: one bubble.
        UniqueConstraint("key", name="uq_web_message_key"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str]
    chat_id: Mapped[str]
    sender: Mapped[str]
    """Party who wrote it, or "bot"."""
    name: Mapped[str]
    text: Mapped[str]
    buttons: Mapped[list[dict[str, Any]]]
    images: Mapped[list[str]]
    quote: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class SignInRow(Model):
    """A one-time sign-in address: only the hash of its token is kept."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SessionRow(Model):
    """A signed-in browser: only the hash of its cookie is kept; dies with the role."""

    __tablename__ = "session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    role_version: Mapped[int]
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
