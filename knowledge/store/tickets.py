"""Tickets as they are found: by number, by person, by due time; each as a whole history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, bindparam, cast, func, or_, select

from knowledge.community.deed import Deed
from knowledge.community.ticket import (
    OPEN,
    PRESSING,
    UNFINISHED,
    URGENT,
    WAITING_FOR_CLAIM,
    State,
    Step,
)
from knowledge.store.database import is_reading
from knowledge.store.once import insert_once
from knowledge.store.rows.tickets import TicketEventRow, TicketPartyRow, TicketRow, TicketTextRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Row, Select
    from sqlalchemy.orm import Session


def _fresh(statement: Select[TicketRow]) -> tuple[Any, Any]:
    """The statement for who writes (it locks) and for who only reads: pages make nobody wait."""
    fresh = statement.execution_options(populate_existing=True)
    return fresh.with_for_update(), fresh


BY_NO = _fresh(select(TicketRow).where(TicketRow.no == bindparam("no")))
_BY_ID = _fresh(select(TicketRow).where(TicketRow.id == bindparam("row")))
_SIMILAR = _fresh(
    select(TicketRow)
    .where(
        TicketRow.category == bindparam("category"),
        TicketRow.place_id.in_(bindparam("places", expanding=True)),
        TicketRow.state.in_(UNFINISHED),
        TicketRow.filed_at > bindparam("since"),
        TicketRow.private.is_(False),
    )
    .order_by(TicketRow.no)
    .limit(1)
)
_EVENTS = (
    select(TicketEventRow)
    .where(TicketEventRow.ticket_id == bindparam("ticket"))
    .order_by(TicketEventRow.seq)
)
_PLAIN = TicketEventRow.metadata.tables["ticket_event"]
_HISTORY = select(_PLAIN).where(_PLAIN.c.ticket_id == bindparam("ticket")).order_by(_PLAIN.c.seq)
_PARTY = select(TicketPartyRow.id).where(
    TicketPartyRow.ticket_id == bindparam("ticket"), TicketPartyRow.who == bindparam("who")
)
_PARTIES = TicketPartyRow.metadata.tables["ticket_party"]
_OWN = (
    select(TicketRow)
    .where(
        TicketRow.reporter == bindparam("who"),
        TicketRow.category == bindparam("category"),
        TicketRow.state.in_(UNFINISHED),
    )
    .order_by(TicketRow.no)
)
# Built once: they stand on the road of every report.


def by_no(session: Session, no: int) -> TicketRow | None:
    """The ticket of that number; who may write locks it until the transaction ends."""
    return session.scalars(BY_NO[is_reading(session)], {"no": no}).first()


def by_id(session: Session, ticket_id: int) -> TicketRow | None:
    """The ticket of that row id, locked like `by_no`."""
    return session.scalars(_BY_ID[is_reading(session)], {"row": ticket_id}).first()


def reported_by(session: Session, who: str, states: Collection[State] = OPEN) -> list[TicketRow]:
    """What a party has reported or joined and is in these states, oldest first."""
    joined = select(TicketPartyRow.ticket_id).where(TicketPartyRow.who == who)
    return list(
        session.scalars(
            select(TicketRow)
            .where(
                or_(TicketRow.reporter == who, TicketRow.id.in_(joined)),
                TicketRow.state.in_(states),
            )
            .order_by(TicketRow.no)
        )
    )


def drafts_of(session: Session, who: str) -> list[TicketRow]:
    """A party's own drafts, oldest first."""
    return list(
        session.scalars(
            select(TicketRow)
            .where(TicketRow.reporter == who, TicketRow.state == State.DRAFT)
            .order_by(TicketRow.no)
        )
    )


def tasks_of(session: Session, person_id: str) -> list[TicketRow]:
    """What a person has in hand, is called to, or was offered and nobody has taken yet."""
    offered = cast(TicketRow.claimants, String).contains(json.dumps(person_id), autoescape=True)
    rows = session.scalars(
        select(TicketRow)
        .where(
            or_(
                (TicketRow.owner_id == person_id) & TicketRow.state.in_(UNFINISHED),
                TicketRow.state.in_(WAITING_FOR_CLAIM | {State.WHISTLED}) & offered,
            )
        )
        .order_by(TicketRow.no)
    )
    return [row for row in rows if person_id == row.owner_id or person_id in row.claimants]


def owned_by(session: Session, person_id: str) -> list[TicketRow]:
    """Everything open that a person has, oldest first."""
    query = select(TicketRow).where(TicketRow.owner_id == person_id, TicketRow.state.in_(OPEN))
    return list(session.scalars(query.order_by(TicketRow.no)))


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


def pressing(session: Session) -> list[tuple[str | None, str]]:
    """Return the place and the chat ("channel:id") of every P0 and P1 that somebody is on now."""
    found = session.execute(
        select(TicketRow.place_id, TicketRow.channel, TicketRow.chat_id).where(
            TicketRow.lane.in_(list(URGENT)), TicketRow.state.in_(list(PRESSING))
        )
    )
    return [(place, f"{channel}:{chat}") for place, channel, chat in found]


def similar(
    session: Session, category: str, places: Collection[str], since: datetime
) -> TicketRow | None:
    """The oldest unfinished ticket of that category at one of these places, filed after `since`."""
    found = {"category": category, "places": list(places), "since": since}
    return session.scalars(_SIMILAR[is_reading(session)], found).first()


def parties(session: Session, ticket: TicketRow) -> list[TicketPartyRow]:
    """Who joined a ticket, in order."""
    return list(
        session.scalars(
            select(TicketPartyRow)
            .where(TicketPartyRow.ticket_id == ticket.id)
            .order_by(TicketPartyRow.id)
        )
    )


def events(session: Session, ticket: TicketRow) -> list[TicketEventRow]:
    """A ticket's history as rows, oldest first."""
    return list(session.scalars(_EVENTS, {"ticket": ticket.id}))


def history(session: Session, ticket: TicketRow) -> list[Deed]:
    """A ticket's history, oldest first."""
    return [deed_of(row, ticket.no) for row in session.execute(_HISTORY, {"ticket": ticket.id})]


def is_party(session: Session, ticket: TicketRow, who: str) -> bool:
    """Whether somebody reported the same after the first reporter."""
    found = session.execute(_PARTY, {"ticket": ticket.id, "who": who})
    return found.first() is not None


def add_party(
    session: Session, ticket: TicketRow, who: str, chat: tuple[str, str], at: datetime
) -> bool:
    """Note who reports the same, in which (channel, chat); False when they are among them."""
    party = {
        "ticket_id": ticket.id,
        "who": who,
        "channel": chat[0],
        "chat_id": chat[1],
        "joined_at": at,
    }
    statement = insert_once(session, _PARTIES, "ticket_id", "who").returning(_PARTIES.c.id)
    return session.execute(statement, party).first() is not None


def own_unfinished(session: Session, who: str, category: str) -> list[TicketRow]:
    """What a party has reported of one category and nobody has finished, oldest first."""
    return list(session.scalars(_OWN, {"who": who, "category": category}))


def words(session: Session, ticket: TicketRow) -> dict[int, str]:
    """What people wrote at the events of a ticket, by `seq`; erased words are missing."""
    found = session.execute(
        select(TicketEventRow.seq, TicketTextRow.text)
        .join(TicketTextRow, TicketTextRow.event_id == TicketEventRow.id)
        .where(TicketEventRow.ticket_id == ticket.id)
        .order_by(TicketEventRow.seq)
    )
    return {row.seq: row.text for row in found}


def handler_notes(session: Session, ticket: TicketRow) -> list[str]:
    """What the handlers noted as progress, oldest first."""
    return list(
        session.scalars(
            select(TicketTextRow.text)
            .join(TicketEventRow, TicketTextRow.event_id == TicketEventRow.id)
            .where(
                TicketEventRow.ticket_id == ticket.id,
                TicketEventRow.step == Step.NOTED,
                TicketEventRow.reason == "",
            )
            .order_by(TicketEventRow.seq)
        )
    )


def listing(session: Session, states: Iterable[State] = OPEN) -> list[TicketRow]:
    """All tickets in these states, by number."""
    return list(
        session.scalars(
            select(TicketRow).where(TicketRow.state.in_(list(states))).order_by(TicketRow.no)
        )
    )


def deed_of(row: TicketEventRow | Row[Any], no: int) -> Deed:
    """The pure form of one event row."""
    return Deed(
        no=no,
        seq=row.seq,
        at=row.at,
        step=Step(row.step),
        origin=State(row.from_state) if row.from_state else None,
        target=State(row.to_state),
        actor=row.actor,
        role=row.role,
        channel=row.channel,
        reason=row.reason,
        facts=row.facts,
        digest=row.digest,
        prev=row.prev,
        hash=row.hash,
    )
