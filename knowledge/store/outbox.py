"""The queue of messages to be told: what may be sent now, and what was sent lately."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, and_, bindparam, case, func, or_, select, update

from knowledge.community.places import TOPIC_MARK
from knowledge.store.once import insert_once
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.notices import RoundRow
from knowledge.store.rows.roster import StampRow
from knowledge.store.rows.tickets import TicketRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session


ON_THE_WAY = timedelta(minutes=1)
"""For how long a receipt is waited for, at the most: longer than any channel does."""
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
    got_through = (
        select(OutboxRow.id)
        .where(
            OutboxRow.channel == channel,
            OutboxRow.state == "sent",
            OutboxRow.sent_at > bindparam("lately"),
        )
        .exists()
    )
    put_off = (
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


FREE = _free()
QUEUE = (
    FREE.where(OutboxRow.not_before <= bindparam("now"))
    .order_by(OutboxRow.rank, OutboxRow.id)
    .limit(bindparam("limit", type_=Integer))
)
CHATS = QUEUE.with_only_columns(OutboxRow.chat_id)
NEXT = FREE.with_only_columns(func.min(OutboxRow.not_before))
TURN = select(StampRow).where(StampRow.name == bindparam("name")).with_for_update()
"""Asked with every step of a channel: built once."""

_OUTBOX = OutboxRow.metadata.tables["outbox"]
_OF_ROW = update(_OUTBOX).where(_OUTBOX.c.id == bindparam("row"))
CLAIMED = _OF_ROW.values(state="sending", sent_at=bindparam("at"), attempts=_OUTBOX.c.attempts + 1)
ARRIVED = _OF_ROW.where(_OUTBOX.c.attempts == bindparam("attempt")).values(
    state="sent",
    sent_at=bindparam("left"),
    landed_at=bindparam("landed"),
    receipt=bindparam("told"),
    detail=bindparam("more"),
)


class Arrival(NamedTuple):
    """A message that has arrived: its row and attempt, when it left and landed, what its channel said."""

    row: int
    attempt: int
    left: datetime
    landed: datetime | None
    told: str
    more: str


def due(session: Session, channel: str, now: datetime, limit: int) -> Iterator[OutboxRow]:
    """Yield the messages of a channel whose moment has come.

    P0 and P1 come first, notices last, and among equals the oldest. What belongs to a round that is
    halted or ended, or has run out of its hours, waits. Behind a message of the same chat that is to be tried again later they
    wait: order is kept.
    """
    queue = QUEUE.execution_options(yield_per=STRIDE)
    asked = _at(channel, now) | {"limit": limit}
    # Who has enough leaves no cursor open on the server.
    with session.scalars(queue, asked) as rows:
        yield from rows


def chats_due(session: Session, channel: str, now: datetime, limit: int) -> list[str]:
    """Return the chats of the messages that `due` yields, in the same order."""
    return list(session.scalars(CHATS, _at(channel, now) | {"limit": limit}))


def _at(channel: str, now: datetime) -> dict[str, Any]:
    """What every question about the free messages of a channel is asked with."""
    return {"channel": channel, "now": now, "lately": now - WORKING}


def take_turn(session: Session, channel: str) -> int:
    """Let one process at a time claim messages of a channel; return whose reign it is.

    Held until the transaction ends. SQLite has one writer anyway and leaves FOR UPDATE out.
    """
    name = f"outlet:{channel}"
    found = session.scalars(TURN, {"name": name}).first()
    if found is None:
        table = StampRow.metadata.tables["stamp"]
        session.execute(insert_once(session, table, "name"), {"name": name, "value": 0})
        found = session.scalars(TURN, {"name": name}).one()
    return found.value


def begin_reign(session: Session, channel: str) -> int:
    """Send for this channel from now on: whoever did so before claims nothing any more."""
    take_turn(session, channel)
    row = session.get_one(StampRow, f"outlet:{channel}")
    row.value += 1
    return row.value


def by_ids(session: Session, ids: Collection[int]) -> dict[int, OutboxRow]:
    """Return messages by their row ids, for writing."""
    if not ids:
        return {}
    wanted = select(OutboxRow).where(OutboxRow.id.in_(ids)).order_by(OutboxRow.id)
    return {row.id: row for row in session.scalars(wanted.with_for_update())}


def ticket_numbers(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Return the numbers of tickets by their row ids."""
    if not ids:
        return {}
    rows = session.execute(select(TicketRow.id, TicketRow.no).where(TicketRow.id.in_(ids)))
    return {row.id: row.no for row in rows}


def next_moment(session: Session, channel: str, now: datetime) -> datetime | None:
    """Return when the next pending message may be looked at."""
    return session.scalar(NEXT, _at(channel, now))


def sent_lately(
    session: Session,
    channel: str,
    chat_id: str | None,
    count: int,
    since: datetime,
    *,
    surely: bool,
) -> list[datetime]:
    """Return when the latest `count` sendings after `since` happened, oldest first.

    `surely` = the moments by which the platform had them for certain, else those at which they left.
    The topics of a group count with it: a platform's limits are the group's.
    """
    there = case(
        (OutboxRow.landed_at > OutboxRow.sent_at, OutboxRow.landed_at), else_=OutboxRow.sent_at
    )
    moment = there if surely else OutboxRow.sent_at
    left = OutboxRow.sent_at > since - (ON_THE_WAY if surely else timedelta())
    query = select(moment).where(OutboxRow.channel == channel, left, moment > since)
    if chat_id is not None:
        topics = OutboxRow.chat_id.startswith(chat_id + TOPIC_MARK, autoescape=True)
        query = query.where(or_(OutboxRow.chat_id == chat_id, topics))
    moments = session.scalars(query.order_by(moment.desc()).limit(count))
    return [moment for moment in reversed(moments.all()) if moment is not None]


def note_claims(session: Session, claimed: Mapping[int, datetime]) -> None:
    """Write down which messages are on their way from now on, and when each starts, by row ids."""
    if claimed:
        rows = [{"row": row_id, "at": start} for row_id, start in claimed.items()]
        session.execute(CLAIMED, rows)


def note_arrivals(session: Session, arrived: Iterable[Arrival]) -> None:
    """Write down what has arrived; one that another process has taken up since is left alone."""
    if rows := [one._asdict() for one in sorted(arrived)]:
        session.execute(ARRIVED, rows)


def note_departures(session: Session, left: Mapping[int, datetime]) -> None:
    """Write down when messages that are on their way really left, by their row ids."""
    if left:
        rows = [{"id": row_id, "sent_at": at} for row_id, at in left.items()]
        session.execute(update(OutboxRow), rows)


def interrupted(session: Session, channel: str) -> list[OutboxRow]:
    """Return messages that a process was sending when it died."""
    return list(
        session.scalars(
            select(OutboxRow)
            .where(OutboxRow.channel == channel, OutboxRow.state == "sending")
            .order_by(OutboxRow.id)
        )
    )


def by_receipt(session: Session, channel: str, reference: str) -> list[OutboxRow]:
    """Return the messages that a channel has handed over under a reference."""
    which = (OutboxRow.channel == channel, OutboxRow.receipt == reference)
    return list(session.scalars(select(OutboxRow).where(*which)))


def awaiting(session: Session, channel: str) -> tuple[str, ...]:
    """Return the references of messages that wait for a human hand, the oldest first."""
    which = (OutboxRow.channel == channel, OutboxRow.state == "needs_human")
    query = select(OutboxRow.receipt).where(*which).order_by(OutboxRow.id)
    return tuple(dict.fromkeys(session.scalars(query)))


def hurry(session: Session, channel: str, now: datetime, horizon: timedelta) -> None:
    """Let messages that wait for a broken channel be tried at once; one that was told when, waits."""
    session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.channel == channel,
            OutboxRow.state == "pending",
            OutboxRow.attempts > 0,
            OutboxRow.detail.not_like("429%"),
            OutboxRow.not_before.between(now, now + horizon),
        )
        .values(not_before=now)
    )
