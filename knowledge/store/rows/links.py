"""One person on several channels: the code that links an account, and where they spoke last."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model


class LinkCodeRow(Model):
    """The one code that a person may type elsewhere; only its hash is kept."""

    __tablename__ = "link_code"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    """Where it was asked for, and where the linking is told."""
    expires_at: Mapped[datetime]


class LinkTryRow(Model):
    """How often an account has typed a wrong code since a moment."""

    __tablename__ = "link_try"

    channel: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)


class SpokenRow(Model):
    """The channel on which somebody with several accounts spoke last."""

    __tablename__ = "spoken"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    channel: Mapped[str]
