"""Places, people, roles, accounts and chats as imported from the roster."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class PlaceRow(Model):
    """One node of the tree 街道→社区→小区→网格→楼栋→单元."""

    __tablename__ = "place"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("place.id"))
    kind: Mapped[str]
    name: Mapped[str]
    aliases: Mapped[list[str]]
    management: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class PersonRow(Model):
    """One person of the roster; disabled instead of deleted."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    door: Mapped[str] = mapped_column(default="")
    duty: Mapped[str] = mapped_column(default="")
    skills: Mapped[list[str]]
    care: Mapped[list[str]]
    deputy_id: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    away_until: Mapped[datetime | None]
    role_version: Mapped[int] = mapped_column(default=1)
    """Grows with every change of roles: sessions of an older version end."""


class GrantRow(Model):
    """One role of one person over the places in its scope."""

    __tablename__ = "grant"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    scope: Mapped[list[str]]


class AccountRow(Model):
    """Where a person is known on a channel; an account belongs to one person only."""

    __tablename__ = "account"

    channel: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    linked_at: Mapped[datetime | None]
    """When its owner linked it by a code; None = it stands in the roster."""


class ChatRow(Model):
    """A group chat that the bot serves; strangers' groups have no row."""

    __tablename__ = "chat"

    channel: Mapped[str] = mapped_column(primary_key=True)
    chat_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    scope: Mapped[str] = mapped_column(default="")
    mode: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class StampRow(Model):
    """A named number that grows when something cached elsewhere has changed (roster, faq …)."""

    __tablename__ = "stamp"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(default=0)
