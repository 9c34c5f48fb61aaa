"""Questions without a sure answer, handed to a named person; and which answers were given."""

from __future__ import annotations

from datetime import datetime

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


class AnswerRow(Model):
    """An entry was the answer once; who asked it, and how, is not kept."""

    __tablename__ = "answer_given"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    faq_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
