"""Tickets: the current state as a cache, and the history that proves it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column
from sqlalchemy.orm.attributes import instance_dict

from knowledge.community.tickets.ledger import row_seal
from knowledge.store.base import Model, RowId


class TicketRow(Model):
    """One request of a resident; everything here but `no` can be folded from its events."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_next", "next_at"),
        Index("ix_ticket_merge", "category", "place_id", "state"),
        # The desk: what somebody has in hand, and what nobody has taken.
        Index("ix_ticket_owner", "owner_id", "state"),
        Index("ix_ticket_state", "state", "filed_at", "length"),
        # The report: a month's filings. The board: whether any of them has grown.
        Index("ix_ticket_filed", "filed_at", "length"),
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
    owner_id: Mapped[str | None]
    rung: Mapped[str] = mapped_column(default="")
    """Role on the ladder that has been told last."""
    claimants: Mapped[list[str]]
    """People who were told and may claim it."""
    hops: Mapped[int] = mapped_column(default=0)
    images: Mapped[list[str]]
    """Ids of what came along: pictures and voices."""
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
    seal: Mapped[str] = mapped_column(default="")
    """Over all the columns above, set whenever the program writes the row: an edit is found."""

    # Whoever writes a row that has changed since he read it is refused and reads it again: the
    # seal is the version. Without this, two processes could seal a row that neither has seen.
    __mapper_args__ = {"version_id_col": seal, "version_id_generator": False}  # noqa: RUF012 -- the ORM types it as it is.


class TicketEventRow(Model):
    """One thing that happened to a ticket; appended, never edited."""

    __tablename__ = "ticket_event"
    __table_args__ = (
        UniqueConstraint("ticket_id", "seq", name="uq_ticket_event_seq"),
        # The report and the anchor: what happened in a stretch of time.
        Index("ix_ticket_event_at", "at", "ticket_id"),
        # The audit log: what somebody did.
        Index("ix_ticket_event_actor", "actor", "at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
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


class AnchorRow(Model):
    """The heads of a day's tickets, chained: not even a whole new chain can be slipped in later."""

    __tablename__ = "anchor"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime] = mapped_column(unique=True)
    heads: Mapped[list[list[Any]]]
    """[number, length, hash of the last event] of every ticket that changed since the one before."""
    prev: Mapped[str]
    hash: Mapped[str]


_SEALED = tuple(
    (column.name, getattr(column.default, "arg", None))
    for column in TicketRow.__table__.columns
    if column.name not in ("id", "seal")
)
"""Every sealed column, with what the database puts there when nobody says."""


def seal_of(values: Mapping[str, Any]) -> str:
    """The seal over the values of a ticket's row, by column."""
    return row_seal([values.get(name, unsaid) for name, unsaid in _SEALED])


def is_intact(ticket: TicketRow) -> bool:
    """Whether a row is as the program wrote it."""
    return ticket.seal == seal_of(_said(ticket))


def sealed(ticket: TicketRow) -> dict[str, Any]:
    """The values of a new ticket's row, by column, with their seal."""
    told = instance_dict(ticket)
    values = {name: told.get(name) for name, _ in _SEALED}
    return values | {"seal": seal_of({k: v for k, v in values.items() if v is not None})}


@event.listens_for(TicketRow, "before_insert")
@event.listens_for(TicketRow, "before_update")
def _seal(_mapper: Mapper[TicketRow], _connection: Connection, ticket: TicketRow) -> None:
    ticket.seal = seal_of(_said(ticket))


def _said(ticket: TicketRow) -> dict[str, Any]:
    found = {name: getattr(ticket, name) for name, _ in _SEALED}
    return {name: value for name, value in found.items() if value is not None}


class SpareNumberRow(Model):
    """A number that no ticket has taken yet (PostgreSQL): whoever files one deletes it."""

    __tablename__ = "spare_number"

    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
