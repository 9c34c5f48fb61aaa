"""What happened to the entries: every change, what waits for a second editor, who objected."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class ChangeRow(Model):
    """One change of one entry, in the order of `number`; the first says how it was found.

    Two processes that see the same new file count the same number: one of them is left out.
    """

    __tablename__ = "faq_change"
    __table_args__ = (Index("ix_faq_change_at", "at"),)

    faq_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    """Person id; empty where a file was changed by hand."""
    second: Mapped[str] = mapped_column(default="")
    """The editor who published what `who` had proposed."""
    how: Mapped[str]
    """found, file, page, rollback, wording, suspend, resume, draft"""
    text: Mapped[str]
    """The entry as it stood from then on; empty = it has gone."""


class ProposalRow(Model):
    """A change that waits for a second editor; one for each entry."""

    __tablename__ = "faq_proposal"

    faq_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    how: Mapped[str]
    base: Mapped[str]
    """Version of the text that it changes; empty = a new entry."""
    text: Mapped[str]
    telling: Mapped[bool]
    """Whether those who were given the old answer are told when it is published."""
    words: Mapped[str]
    """What they are told in the editor's own words; empty = the changed lines."""


class ObjectionRow(Model):
    """Somebody said that an answer is wrong; it stays open until the entry says something else."""

    __tablename__ = "objection"
    __table_args__ = (
        CheckConstraint("state in ('open', 'corrected', 'upheld')", name="state"),
        Index("ix_objection_open", "state", "faq_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    faq_id: Mapped[str]
    who: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    words: Mapped[str]
    assignee_id: Mapped[str | None]
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(default="")
