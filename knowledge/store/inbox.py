"""The queue of events that came in: stored once, taken in the order of their chats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from knowledge.store.rows.messages import InboxRow

if TYPE_CHECKING:
    from collections.abc import Callable
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
    insert = _insert(session)
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


def any_waiting(session: Session) -> bool:
    """Tell whether an event waits."""
    return session.scalar(select(InboxRow.id).where(InboxRow.state == "new").limit(1)) is not None


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


def set_aside(
    session: Session, key: tuple[str, str], why: str, received_at: datetime
) -> int | None:
    """Keep the id of what could not be read, in quarantine; None when it is known already."""
    if not store(session, key, "", {}, received_at):
        return None
    row = session.scalars(
        select(InboxRow).where(InboxRow.channel == key[0], InboxRow.event_id == key[1])
    ).one()
    row.state, row.fault = "quarantined", why
    return row.id


def _insert(session: Session) -> Callable[[type[InboxRow]], Any]:
    """Return the engine's own INSERT, which knows ON CONFLICT."""
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_postgresql

        return insert_postgresql
    return insert_sqlite
