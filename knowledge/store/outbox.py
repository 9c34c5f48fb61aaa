"""The messages to be told: whose turn it is to send, what is on its way, what was sent lately."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, case, or_, select, update

from knowledge.community.places.places import TOPIC_MARK
from knowledge.store.once import insert_once
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.roster import StampRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


ON_THE_WAY = timedelta(minutes=1)
"""For how long a receipt is waited for, at the most: longer than any channel does."""


_STAMPS = StampRow.metadata.tables["stamp"]
TURN = select(_STAMPS.c.value).where(_STAMPS.c.name == bindparam("name")).with_for_update()

_OUTBOX = OutboxRow.metadata.tables["outbox"]
_OF_ROW = update(_OUTBOX).where(_OUTBOX.c.id == bindparam("row"))
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


def take_turn(session: Session, channel: str) -> int:
    """Let one process at a time claim messages of a channel; return whose reign it is.

    Held until the transaction ends. SQLite has one writer anyway and leaves FOR UPDATE out.
    """
    name = f"outlet:{channel}"
    connection = session.connection()
    reign = connection.scalar(TURN, {"name": name})
    if reign is None:
        connection.execute(insert_once(session, _STAMPS, "name"), {"name": name, "value": 0})
        reign = connection.scalars(TURN, {"name": name}).one()
    return int(reign)


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


def sent_lately(
    session: Session,
    channel: str,
    chat_id: str | None,
    count: int,
    *,
    since: datetime,
    until: datetime,
    surely: bool,
) -> list[datetime]:
    """Return when the latest `count` sendings between `since` and `until` happened, oldest first.

    `surely` = the moments by which the platform had them for certain, else those at which they left.
    The topics of a group count with it: a platform's limits are the group's.
    """
    there = case(
        (OutboxRow.landed_at > OutboxRow.sent_at, OutboxRow.landed_at), else_=OutboxRow.sent_at
    )
    moment = there if surely else OutboxRow.sent_at
    left = OutboxRow.sent_at > since - (ON_THE_WAY if surely else timedelta())
    ours = (OutboxRow.channel == channel, OutboxRow.sent_at <= until)
    query = select(moment).where(*ours, left, moment > since)
    if chat_id is not None:
        topics = OutboxRow.chat_id.startswith(chat_id + TOPIC_MARK, autoescape=True)
        query = query.where(or_(OutboxRow.chat_id == chat_id, topics))
    moments = session.scalars(query.order_by(moment.desc()).limit(count))
    return [moment for moment in reversed(moments.all()) if moment is not None]


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
