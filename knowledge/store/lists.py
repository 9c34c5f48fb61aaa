"""Lists of tickets: what somebody has reported, what somebody has in hand, all in some states."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import String, bindparam, cast, or_, select

from knowledge.community.tickets.ticket import OPEN, UNFINISHED, WAITING_FOR_CLAIM, State, Step
from knowledge.store.base import spelt
from knowledge.store.rows.tickets import TicketEventRow, TicketPartyRow, TicketRow
from knowledge.store.sheaf import APART, settle
from knowledge.store.soundings import own_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_TICKETS = TicketRow.metadata.tables[TicketRow.__tablename__]
_OURS = (
    _TICKETS.c.reporter == bindparam("who"),
    _TICKETS.c.category == bindparam("category"),
    _TICKETS.c.state.in_(spelt(UNFINISHED)),
)
_OWN = select(TicketRow).where(*_OURS).order_by(TicketRow.no)
_OWN_PLACES = select(_TICKETS.c.id, _TICKETS.c.place_id).where(*_OURS).order_by(_TICKETS.c.no)
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


OPEN_IN_CHATS = select(
    TicketRow.channel, TicketRow.chat_id, TicketRow.reporter, TicketRow.matter, TicketRow.filed_at
).where(TicketRow.state.in_(OPEN))
"""Where, by whom and when everything that is open was reported, and what it is."""


def drafts_of(session: Session, who: str) -> list[TicketRow]:
    """A party's own drafts, oldest first."""
    settle(session, TicketRow)
    return list(session.scalars(_DRAFTS, {"who": who}, execution_options=APART))


def own_unfinished(session: Session, who: str, category: str) -> list[TicketRow]:
    """What a party has reported of one category and nobody has finished, oldest first."""
    settle(session, TicketRow)
    asked = {"who": who, "category": category}
    return list(session.scalars(_OWN, asked, execution_options=APART))


def places_reported(session: Session, who: str, category: str) -> list[tuple[int, str | None]]:
    """The row ids of the same tickets with their places, without the rows."""
    known = own_of(session, who, category)
    if known is not None:
        return [(one.row_id, one.place) for one in known if one.state != State.DRAFT]
    settle(session, TicketRow)
    asked = {"who": who, "category": category}
    found = session.connection().execute(_OWN_PLACES, asked)
    return [(row_id, place) for row_id, place in found]


class Outline(NamedTuple):
    """What tells where a ticket stands on a desk, without its words."""

    no: int
    lane: str
    state: str
    place_id: str | None
    rung: str
    claim_due: datetime | None
    solve_due: datetime | None
    owner_id: str | None
    claimants: list[str]


_OUTLINE = tuple(getattr(TicketRow, name) for name in Outline._fields)


def tasks_of(session: Session, person_id: str) -> list[TicketRow]:
    """What a person has in hand, is called to, or was offered and nobody has taken yet."""
    query = select(TicketRow).where(_at_hand(person_id)).order_by(TicketRow.no)
    return [row for row in session.scalars(query) if _is_of(row, person_id)]


def just_finished(session: Session, person_id: str, since: datetime) -> list[TicketRow]:
    """What a person has reported done since then without a photo, the newest last."""
    done = (
        select(TicketEventRow)
        .where(
            TicketEventRow.actor == person_id,
            TicketEventRow.at >= since,
            TicketEventRow.step == Step.MOVED,
            TicketEventRow.to_state == State.HANDLED,
        )
        .order_by(TicketEventRow.id)
    )
    bare = [each.ticket_id for each in session.scalars(done) if not each.facts.get("images")]
    rows = session.scalars(select(TicketRow).where(TicketRow.id.in_(bare)))
    return sorted(rows, key=lambda row: bare.index(row.id))


def desk_of(session: Session, person_id: str) -> list[Outline]:
    """A person's tasks and what they have finished and nobody has confirmed, in outline."""
    unconfirmed = (TicketRow.owner_id == person_id) & (TicketRow.state == State.HANDLED)
    query = select(*_OUTLINE).where(_at_hand(person_id) | unconfirmed).order_by(TicketRow.no)
    outlines = (Outline(*row) for row in session.execute(query))
    return [one for one in outlines if _is_of(one, person_id)]


def by_numbers(session: Session, numbers: Collection[int]) -> dict[int, TicketRow]:
    """These tickets by number."""
    found = session.scalars(select(TicketRow).where(TicketRow.no.in_(numbers)))
    return {row.no: row for row in found}


def _at_hand(person_id: str) -> ColumnElement[bool]:
    offered = cast(TicketRow.claimants, String).contains(json.dumps(person_id), autoescape=True)
    return or_(
        (TicketRow.owner_id == person_id) & TicketRow.state.in_(UNFINISHED),
        TicketRow.state.in_(WAITING_FOR_CLAIM | {State.WHISTLED}) & offered,
    )


def _is_of(ticket: TicketRow | Outline, person_id: str) -> bool:
    """Whether it is theirs indeed: SQLite finds an id in capitals as well."""
    return person_id == ticket.owner_id or person_id in ticket.claimants


def owned_by(session: Session, person_id: str) -> list[TicketRow]:
    """Everything open that a person has, oldest first."""
    query = select(TicketRow).where(TicketRow.owner_id == person_id, TicketRow.state.in_(OPEN))
    return list(session.scalars(query.order_by(TicketRow.no)))


def ever_supervised(session: Session) -> list[TicketRow]:
    """Everything unfinished that has been put on the 督办 list at some time, by number."""
    noted = select(TicketEventRow.ticket_id).where(TicketEventRow.step == Step.SUPERVISED.value)
    query = select(TicketRow).where(TicketRow.state.in_(UNFINISHED), TicketRow.id.in_(noted))
    return list(session.scalars(query.order_by(TicketRow.no)))


def unowned(session: Session) -> list[TicketRow]:
    """Everything open that nobody has, by number."""
    query = select(TicketRow).where(TicketRow.owner_id.is_(None), TicketRow.state.in_(OPEN))
    return list(session.scalars(query.order_by(TicketRow.no)))


def listing(session: Session, states: Iterable[State] = OPEN) -> list[TicketRow]:
    """All tickets in these states, by number."""
    return list(
        session.scalars(
            select(TicketRow).where(TicketRow.state.in_(list(states))).order_by(TicketRow.no)
        )
    )
