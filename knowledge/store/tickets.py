"""Tickets as they are found: by number, by due time, by what is like them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, func, insert, inspect, or_, select
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from knowledge.community.tickets.ticket import CLOCK, PRESSING, UNFINISHED, URGENT, Step
from knowledge.store.base import spelt
from knowledge.store.database import is_reading
from knowledge.store.numbers import next_id
from knowledge.store.rows.tickets import TicketEventRow, TicketRow, sealed
from knowledge.store.sheaf import APART, TICKETS, lay, settle
from knowledge.store.soundings import at_most, note

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


def _fresh(statement: Select[TicketRow]) -> tuple[Any, Any]:
    """The statement for who writes (it locks) and for who only reads: pages make nobody wait."""
    fresh = statement.execution_options(populate_existing=True)
    return fresh.with_for_update(), fresh


# Built once: they stand on the road of every report.
_MAPPER = TicketRow.__mapper__
_NEW = insert(TICKETS).returning(TICKETS.c.id)
BY_NO = _fresh(select(TicketRow).where(TicketRow.no == bindparam("no")))
_BY_ID = _fresh(select(TicketRow).where(TicketRow.id == bindparam("row")))
_BY_IDS = _fresh(
    select(TicketRow)
    .where(TicketRow.id.in_(bindparam("rows", expanding=True)))
    .order_by(TicketRow.id)
)
_ALIKE = (
    TICKETS.c.category == bindparam("category"),
    TICKETS.c.place_id.in_(bindparam("places", expanding=True)),
    TICKETS.c.state.in_(spelt(UNFINISHED)),
    TICKETS.c.filed_at > bindparam("since"),
    TICKETS.c.private.is_(False),
)
_ANY_SIMILAR = select(TICKETS.c.id).where(*_ALIKE).limit(1)
_SIMILAR = _fresh(select(TicketRow).where(*_ALIKE).order_by(TicketRow.no).limit(1))

_STIRRED = exists().where(
    TicketEventRow.ticket_id == TicketRow.id,
    TicketEventRow.at >= bindparam("since"),
    or_(TicketEventRow.actor != CLOCK, TicketEventRow.step == Step.LANED),
)
_PRESSING = select(TicketRow.place_id, TicketRow.channel, TicketRow.chat_id).where(
    TicketRow.lane.in_(URGENT),
    TicketRow.state.in_(PRESSING),
    or_(TicketRow.filed_at >= bindparam("since"), _STIRRED),
)
_HERE = _fresh(
    select(TicketRow)
    .where(
        TicketRow.channel == bindparam("channel"),
        TicketRow.chat_id == bindparam("chat"),
        TicketRow.state.in_(UNFINISHED),
        TicketRow.filed_at > bindparam("since"),
        TicketRow.private.is_(False),
    )
    .order_by(TicketRow.no.desc())
)


def enter(session: Session, ticket: TicketRow) -> None:
    """Write a new ticket, and of what waits the tickets alone: all about it names its row.

    One whose row id is reserved waits for those of its batch. From then on the session writes what changes in it.
    """
    values = sealed(ticket)
    reserved = next_id(session)
    if reserved is None:
        settle(session, TicketRow)  # SQLite would give the id of one that waits
        ticket.id = session.connection().execute(_NEW, values).scalar_one()
    else:
        ticket.id = reserved
        lay(session, TICKETS, values | {"id": reserved})
    for name in inspect(ticket).unloaded:  # what nobody has set is known to be empty
        set_committed_value(ticket, name, values[name])
    make_transient_to_detached(ticket)
    undone = session.identity_map.get(_MAPPER.identity_key_from_instance(ticket))
    if undone is not None:  # SQLite gives the id of a row again that went with its savepoint
        session.expunge(undone)
    session.add(ticket)
    note(session, [ticket])


def by_no(session: Session, no: int) -> TicketRow | None:
    """The ticket of that number; who may write locks it until the transaction ends."""
    return _first(session, BY_NO, {"no": no})


def by_id(session: Session, ticket_id: int) -> TicketRow | None:
    """The ticket of that row id, locked like `by_no`."""
    return _first(session, _BY_ID, {"row": ticket_id})


def by_ids(session: Session, ids: Collection[int]) -> dict[int, TicketRow]:
    """The tickets of these row ids, locked like `by_no`."""
    if not ids:
        return {}
    settle(session, TicketRow)
    statement = _BY_IDS[is_reading(session)]
    found = session.scalars(statement, {"rows": list(ids)}, execution_options=APART)
    return {row.id: row for row in found}


def glance(session: Session, ticket_id: int) -> TicketRow | None:
    """The ticket of that row id as it stands: nobody waits, and who changes it takes it anew."""
    return session.scalars(_BY_ID[True], {"row": ticket_id}).first()


def due(session: Session, now: datetime, limit: int = 100) -> list[TicketRow]:
    """Tickets whose clock has something to do, the earliest first."""
    return list(
        session.scalars(
            select(TicketRow)
            .where(TicketRow.next_at <= now)
            .order_by(TicketRow.next_at, TicketRow.no)
            .limit(limit)
        )
    )


def next_moment(session: Session) -> datetime | None:
    """When the first clock of all has something to do."""
    return session.scalar(select(func.min(TicketRow.next_at)))


def pressing(session: Session, since: datetime) -> list[tuple[str | None, str]]:
    """Return the place and the chat ("channel:id") of every P0 and P1 that somebody is on.

    Somebody has reported it, raised it or done something about it since then: what the clock does
    by itself for a matter that nobody ends keeps no group in peace.
    """
    found = session.execute(_PRESSING, {"since": since})
    return [(place, f"{channel}:{chat}") for place, channel, chat in found]


def similar(
    session: Session, category: str, places: Collection[str], since: datetime
) -> TicketRow | None:
    """The oldest unfinished ticket of that category at one of these places, filed after `since`."""
    if at_most(session, category, places, since) == 0:
        return None
    asked = {"category": category, "places": list(places), "since": since}
    settle(session, TicketRow)
    if session.connection().scalar(_ANY_SIMILAR, asked) is None:  # hardly ever is there one
        return None
    return _first(session, _SIMILAR, asked)


def told_here(session: Session, channel: str, chat_id: str, since: datetime) -> list[TicketRow]:
    """The unfinished tickets told in one chat and filed after `since`, the newest first."""
    asked = {"channel": channel, "chat": chat_id, "since": since}
    settle(session, TicketRow)
    statement = _HERE[is_reading(session)]
    return list(session.scalars(statement, asked, execution_options=APART))


def _first(
    session: Session, statement: tuple[Any, Any], asked: dict[str, object]
) -> TicketRow | None:
    settle(session, TicketRow)
    found = session.scalars(statement[is_reading(session)], asked, execution_options=APART)
    return found.first()
