"""What was sent to which chat, as pages and answers need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge.store.rows.notices import SendingRow

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
