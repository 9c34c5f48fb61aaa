"""What was sent to which chat, as pages and answers need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge.store.rows.notices import RoundRow, SendingRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def sent_with_code(session: Session, code: str) -> SendingRow | None:
    """Return the newest sending under that proof code which really went out."""
    return session.scalars(
        select(SendingRow)
        .where(SendingRow.code == code, SendingRow.at.is_not(None))
        .order_by(SendingRow.at.desc(), SendingRow.id.desc())
        .limit(1)
    ).first()


def correction_of(session: Session, code: str) -> SendingRow | None:
    """Return the newest correction of what went out under that proof code."""
    wrong = select(RoundRow.id).where(RoundRow.code == code)
    right = select(RoundRow.code).where(RoundRow.corrects.in_(wrong))
    return session.scalars(
        select(SendingRow)
        .where(SendingRow.code.in_(right), SendingRow.at.is_not(None))
        .order_by(SendingRow.at.desc(), SendingRow.id.desc())
        .limit(1)
    ).first()
