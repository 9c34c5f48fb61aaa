"""Tickets: the current state as a cache, and the history that proves it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class TicketRow(Model):
    """One request of a resident; everything here but `no` can be folded from its events."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_next", "next_at"),
        Index("ix_ticket_merge", "category", "place_id", "state"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    no: Mapped[int] = mapped_column(unique=True)
    """Number that people say, growing; shown with at least four digits."""
    kind: Mapped[str]
    category: Mapped[str]
    lane: Mapped[str]
    state: Mapped[str]
    private: Mapped[bool] = mapped_column(default=False)
    """Complaints, disputes and care: never shown in a group."""
    place_id: Mapped[str | None]
    matter: Mapped[str]
    """Short title without place or person, such as 楼道灯不亮."""
    reporter: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    owner_id: Mapped[str | None] = mapped_column(index=True)
    rung: Mapped[str] = mapped_column(default="")
    """Role on the ladder that has been told last."""
    claimants: Mapped[list[str]]
    """People who were told and may claim it."""
    hops: Mapped[int] = mapped_column(default=0)
    images: Mapped[list[str]]
    reports: Mapped[int] = mapped_column(default=1)
    rating: Mapped[int | None]
    filed_at: Mapped[datetime | None]
    claim_due: Mapped[datetime | None]
    solve_due: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    """When the clock has to look at it again: a cache of what the events say."""
    created_at: Mapped[datetime]
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(default="")
    """Number of events and hash of the last one: a dropped tail is found."""


class TicketEventRow(Model):
    """One thing that happened to a ticket; appended, never edited."""

    __tablename__ = "ticket_event"
    __table_args__ = (UniqueConstraint("ticket_id", "seq", name="uq_ticket_event_seq"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    seq: Mapped[int]
    at: Mapped[datetime]
    step: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    actor: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]]
    """Ids and words of the program only (lane, owner, rung …): stays for ever."""
    digest: Mapped[str] = mapped_column(default="")
    prev: Mapped[str]
    hash: Mapped[str]


class TicketTextRow(Model):
    """What a person wrote at an event: can be erased, the salted digest stays in the chain."""

    __tablename__ = "ticket_text"

    event_id: Mapped[int] = mapped_column(ForeignKey("ticket_event.id"), primary_key=True)
    salt: Mapped[str]
    text: Mapped[str]


class TicketPartyRow(Model):
    """Somebody who reported the same thing or follows it: told of changes, counted once."""

    __tablename__ = "ticket_party"
    __table_args__ = (UniqueConstraint("ticket_id", "who", name="uq_ticket_party_who"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    who: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    joined_at: Mapped[datetime]
