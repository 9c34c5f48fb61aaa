"""What notices said before they were changed on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge.store.rows.notices import NoticeChangeRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SHOWN = 50


def changes_of(session: Session, notice_id: str) -> list[NoticeChangeRow]:
    """Return the last changes of a notice, the newest first."""
    query = select(NoticeChangeRow).where(NoticeChangeRow.notice_id == notice_id)
    return list(session.scalars(query.order_by(NoticeChangeRow.id.desc()).limit(SHOWN)))
