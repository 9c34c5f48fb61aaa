"""What had to be handed to a person, as the editors' lists need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge.store.rows.questions import QuestionRow

if TYPE_CHECKING:
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
