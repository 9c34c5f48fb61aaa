"""Albums: photos that a platform delivers one by one and a person has sent as one message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from knowledge.store import inbox
from knowledge.store.rows.messages import InboxRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def hold(
    session: Session, arrival: inbox.Arrival, album: str, files: tuple[str, ...], at: datetime
) -> None:
    """Keep a part until the others are here; a known one has no effect."""
    payload = arrival.payload | {"album": album, "files": list(files)}
    if inbox.store(session, arrival.key, arrival.chat_id, payload, at):
        channel, event_id = arrival.key
        stored = (InboxRow.channel == channel, InboxRow.event_id == event_id)
        session.scalars(select(InboxRow).where(*stored)).one().state = "held"


def parts(session: Session, channel: str, album: str | None = None) -> list[InboxRow]:
    """Return the parts that are held, of one album or of all, in the order in which they came."""
    held = (InboxRow.channel == channel, InboxRow.state == "held")
    rows = session.scalars(select(InboxRow).where(*held).order_by(InboxRow.id)).all()
    return [row for row in rows if album in (None, row.payload["album"])]


def join(
    session: Session, channel: str, album: str, whole: dict[str, Any] | None, at: datetime
) -> None:
    """Let the first part stand for all, to be handled; None = it was chatter and nothing is kept."""
    for nth, row in enumerate(parts(session, channel, album)):
        if nth == 0 and whole is not None:
            row.payload, row.state = whole, "new"
        else:
            row.payload, row.state, row.done_at = {}, "done", at
