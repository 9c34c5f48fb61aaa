"""What was asked and answered, as the editors' lists need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from knowledge.store.rows.questions import AnswerRow, QuestionRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

OPEN_STATES = ("open", "answered")
"""A human's answer does not make an entry: both kinds stay on the list until they are dismissed."""


def unanswered(session: Session) -> list[QuestionRow]:
    """Return the questions without an entry, the newest first."""
    return list(
        session.scalars(
            select(QuestionRow)
            .where(QuestionRow.state.in_(OPEN_STATES))
            .order_by(QuestionRow.id.desc())
        )
    )


def note_answer(session: Session, faq_id: str, at: datetime) -> None:
    """Remember that an entry was the answer."""
    session.add(AnswerRow(faq_id=faq_id, at=at))


def times_answered(session: Session) -> dict[str, int]:
    """Return how often each entry was the answer, by its id."""
    query = select(AnswerRow.faq_id, func.count()).group_by(AnswerRow.faq_id)
    return dict(session.execute(query).all())
