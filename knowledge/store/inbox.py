"""The queue of events that came in: stored once, taken in the order of their chats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from knowledge.store.rows.messages import InboxRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

BATCH = 32
"""Most rows handled in one commit (DESIGN §4.4)."""


def store(
    session: Session,
    key: tuple[str, str],
    chat_id: str,
    payload: dict[str, Any],
    received_at: datetime,
) -> bool:
    """Store an event under (channel, event id); False when it is already known."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    insert = insert_postgresql if postgresql else insert_sqlite
    statement = (
        insert(InboxRow)
        .values(
            channel=key[0],
            event_id=key[1],
            chat_id=chat_id,
            payload=payload,
            state="new",
            attempts=0,
            fault="",
            received_at=received_at,
        )
        .on_conflict_do_nothing(index_elements=["channel", "event_id"])
        .returning(InboxRow.id)
    )
    return session.execute(statement).scalar() is not None


def waiting(session: Session, limit: int = BATCH) -> list[InboxRow]:
    """Return the oldest waiting event of each chat; one that has failed before comes alone."""
    first = (
        select(func.min(InboxRow.id).label("id"))
        .where(InboxRow.state == "new")
        .group_by(InboxRow.channel, InboxRow.chat_id)
        .order_by(func.min(InboxRow.id))
        .limit(limit)
        .subquery()
    )
    rows = list(
        session.scalars(
            select(InboxRow).join(first, InboxRow.id == first.c.id).order_by(InboxRow.id)
        )
    )
    failed = [row for row in rows if row.attempts]
    return failed[:1] if failed else rows
