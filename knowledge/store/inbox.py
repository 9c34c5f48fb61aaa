"""The queue of events that came in: stored once, taken in the order of their chats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, bindparam, func, select, update

from knowledge.store.once import insert_once
from knowledge.store.rows.messages import InboxRow
from knowledge.store.seats import wait_briefly

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import BindParameter, Select
    from sqlalchemy.orm import Session

BATCH, ALONE = 32, 64
"""Most rows handled in one commit where several workers share them, and where there is but one."""

WAITING = ("new", "held")
"""States of what is still to be handled, in its order."""
LOOK_BACK = 2000
"""Latest rows among which an edited message is looked for."""

_INBOX = InboxRow.metadata.tables["inbox"]
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def _oldest() -> Select[InboxRow]:
    """Select the oldest waiting event of each chat, but for chats whose oldest is one of `ids`."""
    first = (
        select(func.min(InboxRow.id).label("id"))
        .where(InboxRow.state.in_(WAITING))
        .group_by(InboxRow.channel, InboxRow.chat_id)
        .having(func.min(InboxRow.id).not_in(_IDS))
        .subquery()
    )
    return (
        select(InboxRow)
        .join(first, InboxRow.id == first.c.id)
        .where(InboxRow.state == "new")  # looked at again once it is locked
        .order_by(InboxRow.id)
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(of=InboxRow, skip_locked=True)
    )


_OLDEST = _oldest()
_WAITS = select(InboxRow.id).where(InboxRow.state == "new").limit(1)
_DONE = update(_INBOX).where(_INBOX.c.id.in_(_IDS)).values(state="done", done_at=bindparam("at"))
_CHATTER = _DONE.values(payload={})
"""Asked with every batch: built once."""


class Arrival(NamedTuple):
    """An event to be stored: its channel and id, its chat, and what it says."""

    key: tuple[str, str]
    chat_id: str
    payload: dict[str, Any]


def store(
    session: Session,
    key: tuple[str, str],
    chat_id: str,
    payload: dict[str, Any],
    received_at: datetime,
) -> bool:
    """Store an event under (channel, event id); False when it is already known."""
    return bool(store_all(session, [Arrival(key, chat_id, payload)], received_at))


def store_all(
    session: Session, arrivals: Sequence[Arrival], received_at: datetime
) -> set[tuple[str, str]]:
    """Store events in their order with one statement; the keys of those that were not known."""
    if not arrivals:
        return set()
    statement = insert_once(session, _INBOX, "channel", "event_id")
    rows = [
        {
            "channel": one.key[0],
            "event_id": one.key[1],
            "chat_id": one.chat_id,
            "payload": one.payload,
            "state": "new",
            "attempts": 0,
            "fault": "",
            "received_at": received_at,
        }
        for one in arrivals
    ]
    stored = session.execute(statement.returning(_INBOX.c.channel, _INBOX.c.event_id), rows)
    return {(channel, event_id) for channel, event_id in stored}


def any_waiting(session: Session) -> bool:
    """Tell whether an event waits."""
    return session.scalar(_WAITS) is not None


def claim(session: Session, limit: int = BATCH, *, besides: Collection[int] = ()) -> list[InboxRow]:
    """Return the oldest waiting event of each chat; one that has failed before comes alone.

    They are ours until the transaction ends: the oldest row of a chat is the lock of the chat, so
    that chats keep their order whoever works. Chats that another process has in hand, or whose
    oldest is one of `besides` or part of an album still coming, are left out.
    """
    wait_briefly(session)
    rows = list(session.scalars(_OLDEST, {"ids": list(besides), "limit": limit}))
    failed = [row for row in rows if row.attempts]
    return failed[:1] if failed else rows


def finish(session: Session, handled: Sequence[int], chatter: Sequence[int], at: datetime) -> None:
    """Mark events as done; of those that proved to be chatter nothing is kept."""
    if handled:
        session.execute(_DONE, {"ids": list(handled), "at": at})
    if chatter:
        session.execute(_CHATTER, {"ids": list(chatter), "at": at})


def amend(session: Session, channel: str, chat_id: str, edited: dict[str, Any]) -> bool:
    """Put an edit in the place of the message if nobody has acted on it yet.

    True when nothing is left to do: replaced, or the same words stood there already.
    """
    rows = session.scalars(_lately(session, channel, chat_id).with_for_update())
    row = _said(rows, edited["message"])
    if row is None:
        return False
    if row.state in WAITING:
        words = {name: edited[name] for name in ("text", "addressed", "quote")}
        row.payload = row.payload | words
        return True
    return bool(row.payload["text"] == edited["text"])


def retract(session: Session, channel: str, chat_id: str, message: str, at: datetime) -> bool:
    """Forget a message that was taken back; True where somebody has acted on it already."""
    rows = session.scalars(_lately(session, channel, chat_id).with_for_update())
    row = _said(rows, message)
    if row is None:
        return False
    if row.state in WAITING:
        finish(session, (), [row.id], at)
        return False
    return True


def handled_at(
    session: Session, channel: str, chat_id: str, message: str
) -> tuple[datetime, datetime] | None:
    """When a message came and was done with, before it was edited; None where nobody knows it."""
    rows = session.scalars(_lately(session, channel, chat_id).where(InboxRow.done_at.is_not(None)))
    row = _said(rows, message)
    return (row.received_at, row.done_at) if row is not None and row.done_at else None


def _said(rows: Iterable[InboxRow], message: str) -> InboxRow | None:
    """The first of the rows in which that message was said, or edited."""
    mine = (one for one in rows if one.payload.get("message") == message)
    return next((one for one in mine if one.payload["kind"] == "message"), None)


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


def _lately(session: Session, channel: str, chat_id: str) -> Select[InboxRow]:
    """What came in a chat, the newest first, as far back as an edit is looked for."""
    newest = session.scalar(select(func.max(InboxRow.id))) or 0
    return (
        select(InboxRow)
        .where(
            InboxRow.id > newest - LOOK_BACK,
            InboxRow.channel == channel,
            InboxRow.chat_id == chat_id,
        )
        .order_by(InboxRow.id.desc())
    )
