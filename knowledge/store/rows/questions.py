"""Questions without a sure answer, handed to a named person; and which answers were given."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class QuestionRow(Model):
    """A question handed to a named person because no reliable answer was known (问-0031)."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    who: Mapped[str]
    channel: Mapped[str]
    chat_id: Mapped[str]
    text: Mapped[str]
    near: Mapped[list[str]]
    """Ids of the FAQ entries that came closest."""
    assignee_id: Mapped[str | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="open", index=True)
    """open → answered | dismissed"""
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    drafted: Mapped[bool] = mapped_column(default=False)
    entry_id: Mapped[str] = mapped_column(default="")
    """The entry that it was joined to or written as."""
    settled_by: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]


class AnswerRow(Model):
    """An entry was the answer once; the question is not kept, the asker for seven days only."""

    __tablename__ = "answer_given"
    __table_args__ = (
        Index("ix_answer_given_chat", "channel", "chat_id", "id"),
        Index("ix_answer_given_at", "at"),
        # The office's list counts all answers of every entry and how sure they were.
        Index("ix_answer_given_used", "faq_id", "score"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    faq_id: Mapped[str]
    at: Mapped[datetime]
    score: Mapped[float | None]
    """How sure it was; empty where the asker chose it from a list."""
    who: Mapped[str | None]
    channel: Mapped[str | None]
    chat_id: Mapped[str | None]
    corrected_at: Mapped[datetime | None]
    """When its asker was told that it was wrong: once."""
