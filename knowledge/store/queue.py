"""The queue of a channel: which messages are free to go, their taking, and when the next one is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    Integer,
    String,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from knowledge.store.base import RowId, UtcDateTime
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.notices import RoundRow
from knowledge.store.rows.tickets import TicketRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select, Subquery, Update
    from sqlalchemy.orm import Session


STRIDE = 64
"""Rows read at a time: a sender that has enough reads no more."""
PATIENCE, IN_AN_OUTAGE = 10, 80
"""Tries after which a message that cannot be sent no longer holds up those behind it: while others
get through it is to blame, after some minutes; else the platform is, and an hour keeps the order."""
WORKING = timedelta(minutes=5)
"""For how long after a message has got through a channel counts as working: less than ten tries take."""


def _free() -> Select[OutboxRow]:
    """Select the pending messages that no older one of their chat holds up, nor their round."""
    channel: ColumnElement[str] = bindparam("channel")
    now: ColumnElement[datetime] = bindparam("now")
    stopped = or_(RoundRow.paused_at.is_not(None), RoundRow.cancelled_at.is_not(None))
    halted = select(RoundRow.id).where(stopped)
    put_off = _put_off(channel, now)
    behind = and_(
        put_off.c.chat_id == OutboxRow.chat_id,
        put_off.c.first < OutboxRow.id,
    )
    return (
        select(OutboxRow)
        .outerjoin(put_off, behind)
        .where(
            OutboxRow.state == "pending",
            OutboxRow.channel == channel,
            put_off.c.first.is_(None),
            or_(OutboxRow.not_after.is_(None), OutboxRow.not_after > now),
            or_(OutboxRow.round_id.is_(None), OutboxRow.round_id.not_in(halted)),
        )
    )


def _put_off(channel: ColumnElement[str], now: ColumnElement[datetime]) -> Subquery:
    """The oldest message of each chat that was tried and waits to be tried again."""
    got_through = (
        select(OutboxRow.id)
        .where(
            OutboxRow.channel == channel,
            OutboxRow.state == "sent",
            OutboxRow.sent_at > bindparam("lately"),
        )
        .exists()
    )
    return (
        select(OutboxRow.chat_id, func.min(OutboxRow.id).label("first"))
        .where(
            OutboxRow.state == "pending",
            OutboxRow.channel == channel,
            OutboxRow.attempts.between(1, case((got_through, PATIENCE), else_=IN_AN_OUTAGE)),
            OutboxRow.not_before > now,
        )
        .group_by(OutboxRow.chat_id)
        .subquery()
    )


class Queued(NamedTuple):
    """A message that is free to go: what its channel is given, and which attempt failed last."""

    id: int
    attempts: int
    key: str
    channel: str
    chat_id: str
    text: str
    buttons: list[dict[str, Any]]
    images: list[str]
    notice_id: str | None
    lane: str | None
    replaces: str
    no: int | None
    """The number of the ticket that it is about."""


_OUTBOX = OutboxRow.metadata.tables["outbox"]
_TAKEN = update(_OUTBOX).values(state="sending", attempts=_OUTBOX.c.attempts + 1)


def _taken_as_they_are() -> Update:
    """Take messages that may still go to their chat, once their rows are ours."""
    told = func.unnest(
        bindparam("ids", type_=ARRAY(RowId)),
        bindparam("chats", type_=ARRAY(String)),
        bindparam("starts", type_=ARRAY(UtcDateTime)),
    )
    asked = told.table_valued("id", "chat", "start").render_derived("asked")
    return (
        _TAKEN.where(
            _OUTBOX.c.id == asked.c.id,
            _OUTBOX.c.channel == bindparam("name"),
            _OUTBOX.c.chat_id == asked.c.chat,
            _OUTBOX.c.state == "pending",
            _OUTBOX.c.not_before <= asked.c.start,
        )
        .values(sent_at=asked.c.start)
        .returning(_OUTBOX.c.id, _OUTBOX.c.text, _OUTBOX.c.buttons)
    )


FREE = _free()
QUEUE = (
    FREE.where(OutboxRow.not_before <= bindparam("now"))
    .order_by(OutboxRow.rank, OutboxRow.id)
    .limit(bindparam("limit", type_=Integer))
)
CHATS = QUEUE.with_only_columns(OutboxRow.chat_id).execution_options(yield_per=STRIDE)
MESSAGES = (
    QUEUE.outerjoin(TicketRow, TicketRow.id == OutboxRow.ticket_id)
    .with_only_columns(*(getattr(OutboxRow, name) for name in Queued._fields[:-1]), TicketRow.no)
    .execution_options(yield_per=STRIDE)
)
NEXT = FREE.with_only_columns(func.min(OutboxRow.not_before))
AS_READ = _TAKEN.where(_OUTBOX.c.id == bindparam("row")).values(sent_at=bindparam("at"))
AS_THEY_ARE = _taken_as_they_are()
"""Asked with every step of a channel: built once."""


def due(session: Session, channel: str, now: datetime, limit: int) -> Iterator[Queued]:
    """Yield the messages of a channel whose moment has come.

    P0 and P1 come first, notices last, and among equals the oldest. What belongs to a round that is
    halted or ended, or has run out of its hours, waits. Behind a message of the same chat that is to be tried again later they
    wait: order is kept.
    """
    asked = _at(channel, now) | {"limit": limit}
    # Who has enough leaves no cursor open on the server.
    with session.execute(MESSAGES, asked) as rows:
        yield from map(Queued._make, rows)


def take(
    session: Session, channel: str, chosen: Sequence[tuple[Queued, datetime]]
) -> list[tuple[Queued, datetime]]:
    """Put messages that `due` has yielded on their way, each from its start on; return those that go.

    On PostgreSQL somebody may have given one to another chat, taken it back, put it off or struck
    out its words since: it is waited for, and what goes out is what stands there then. SQLite has
    one writer, in whose transaction nothing changes.
    """
    if not chosen:
        return []
    if session.get_bind().dialect.name == "sqlite":
        session.execute(AS_READ, [{"row": one.id, "at": start} for one, start in chosen])
        return list(chosen)
    read = {one.id: (one, start) for one, start in chosen}
    ids = sorted(read)
    asked = {
        "name": channel,
        "ids": ids,
        "chats": [read[row][0].chat_id for row in ids],
        "starts": [read[row][1] for row in ids],
    }
    going = {row.id: row for row in session.execute(AS_THEY_ARE, asked)}
    return [
        (one._replace(text=going[one.id].text, buttons=going[one.id].buttons), start)
        for one, start in chosen
        if one.id in going
    ]


def chats_due(session: Session, channel: str, now: datetime, limit: int) -> Iterator[str]:
    """Yield the chats of the messages that `due` yields, in the same order."""
    with session.scalars(CHATS, _at(channel, now) | {"limit": limit}) as chats:
        yield from chats


def _at(channel: str, now: datetime) -> dict[str, Any]:
    """What every question about the free messages of a channel is asked with."""
    return {"channel": channel, "now": now, "lately": now - WORKING}


def next_moment(session: Session, channel: str, now: datetime) -> datetime | None:
    """Return when the next pending message may be looked at."""
    return session.scalar(NEXT, _at(channel, now))
