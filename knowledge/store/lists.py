"""Lists of tickets: what somebody has reported, what somebody has in hand, all in some states."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import String, bindparam, cast, or_, select

from knowledge.community.ticket import OPEN, UNFINISHED, WAITING_FOR_CLAIM, State
from knowledge.store.rows.tickets import TicketPartyRow, TicketRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session

_OWN = (
    select(TicketRow)
    .where(
        TicketRow.reporter == bindparam("who"),
        TicketRow.category == bindparam("category"),
        TicketRow.state.in_(UNFINISHED),
    )
    .order_by(TicketRow.no)
)
_DRAFTS = (
    select(TicketRow)
    .where(TicketRow.reporter == bindparam("who"), TicketRow.state == State.DRAFT)
    .order_by(TicketRow.no)
)
# Asked with every report: built once.


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


OPEN_IN_CHATS = select(TicketRow.channel, TicketRow.chat_id, TicketRow.reporter).where(
    TicketRow.state.in_(OPEN)
)
"""Where and by whom everything that is open was reported."""


def drafts_of(session: Session, who: str) -> list[TicketRow]:
    """A party's own drafts, oldest first."""
    return list(session.scalars(_DRAFTS, {"who": who}))


def own_unfinished(session: Session, who: str, category: str) -> list[TicketRow]:
    """What a party has reported of one category and nobody has finished, oldest first."""
    return list(session.scalars(_OWN, {"who": who, "category": category}))


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


def listing(session: Session, states: Iterable[State] = OPEN) -> list[TicketRow]:
    """All tickets in these states, by number."""
    return list(
        session.scalars(
            select(TicketRow).where(TicketRow.state.in_(list(states))).order_by(TicketRow.no)
        )
    )
