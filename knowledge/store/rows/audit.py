"""What people of the office did, and how the roster stood before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class AuditRow(Model):
    """One deed that no other history tells of; appended, never edited, chained by its hash."""

    __tablename__ = "audit"
    __table_args__ = (
        # The list: the newest of everything, of one kind, of one person, of one object.
        Index("ix_audit_at", "at"),
        Index("ix_audit_kind", "kind", "at"),
        Index("ix_audit_who", "who", "at"),
        Index("ix_audit_subject", "subject", "at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    """Person id; empty = somebody at the machine, with a command."""
    kind: Mapped[str]
    deed: Mapped[str]
    subject: Mapped[str]
    """Id of what it was done to."""
    detail: Mapped[str]
    """Words of the program, and a reason given; never a phone, a door or a resident's words."""
    prev: Mapped[str]
    hash: Mapped[str]


class RosterChangeRow(Model):
    """One change of the roster: only what differs, as it stood before and after."""

    __tablename__ = "roster_change"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str]
    """Person id; empty = a command."""
    how: Mapped[str]
    """import, back, person or command"""
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    """{places | people | chats: {id: fields, or null for not there}}"""
