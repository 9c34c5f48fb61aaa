"""What a batch of reports has found out beforehand: where there is nothing else like them.

Hardly ever is there an open ticket like a new one. For all reports of a batch that is asked at
once; each then asks the records by itself only where there may be one. Counts are upper bounds:
whatever the session writes of tickets meanwhile is added, nothing is taken away. What is known of
a party's own tickets is forgotten as soon as one of them is written.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, event, func, select
from sqlalchemy.orm import Session

from knowledge.community.tickets.ticket import NO_MATTER, UNFINISHED, State
from knowledge.store.base import spelt
from knowledge.store.rows.tickets import TicketRow
from knowledge.store.seats import take_turns
from knowledge.store.sheaf import flush_touched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import SessionTransaction

_SOUNDED = "soundings"
_TICKETS = TicketRow.metadata.tables[TicketRow.__tablename__]
_AMONG = _TICKETS.c.category.in_(bindparam("categories", expanding=True))
_FILED = (
    select(_TICKETS.c.category, _TICKETS.c.place_id, func.count())
    .where(
        _AMONG,
        _TICKETS.c.place_id.in_(bindparam("places", expanding=True)),
        _TICKETS.c.filed_at > bindparam("since"),
        _TICKETS.c.state.not_in(spelt(NO_MATTER)),
    )
    .group_by(_TICKETS.c.category, _TICKETS.c.place_id)
)
_OWN = (
    select(
        _TICKETS.c.reporter,
        _TICKETS.c.category,
        _TICKETS.c.id,
        _TICKETS.c.place_id,
        _TICKETS.c.state,
    )
    .where(
        _AMONG,
        _TICKETS.c.reporter.in_(bindparam("who", expanding=True)),
        _TICKETS.c.state.in_(spelt(UNFINISHED | {State.DRAFT})),
    )
    .order_by(_TICKETS.c.no)
)
# Asked with every batch: built once.


class Likely(NamedTuple):
    """A report that will probably be made; `turn` names what only one process does at a time."""

    who: str
    category: str
    turn: str
    places: tuple[str, ...]
    """All that a ticket like it, or of the same pattern, would be at."""


class Own(NamedTuple):
    """A draft or an unfinished ticket of somebody."""

    row_id: int
    place: str | None
    state: str


@dataclass(slots=True)
class Sounded:
    """What was asked about: counts by category and place since then, and who has reported what."""

    since: datetime
    turns: frozenset[str]
    filed: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    asked: set[tuple[str, str | None]] = field(default_factory=set)
    own: dict[tuple[str, str], list[Own]] = field(default_factory=dict)
    """By party and category; in the order of their numbers."""

    def note(self, ticket: TicketRow) -> None:
        """Count what was written of a ticket, and know no more whose it is."""
        self.own.pop((ticket.reporter, ticket.category), None)
        row_id = ticket.id
        for pair in [pair for pair, own in self.own.items() if own and _is_among(row_id, own)]:
            del self.own[pair]
        if ticket.state != State.DRAFT:
            self.filed[ticket.category, ticket.place_id] += 1


def sound(session: Session, likely: Sequence[Likely], since: datetime) -> None:
    """Ask for all of them at once; what is another process's turn just now is not asked about."""
    turns = take_turns(session, {one.turn for one in likely})
    ours = [one for one in likely if one.turn in turns]
    if not ours:
        return
    found = Sounded(since, turns)
    asked: dict[str, Any] = {
        "categories": sorted({one.category for one in ours}),
        "places": sorted({place for one in ours for place in one.places}),
        "who": sorted({one.who for one in ours}),
        "since": since,
    }
    flush_touched(session, TicketRow)
    connection = session.connection()
    for category, place, count in connection.execute(_FILED, asked):
        found.filed[category, place] = count
    found.own |= {(one.who, one.category): [] for one in ours}
    for who, category, *own in connection.execute(_OWN, asked):
        if (who, category) in found.own:
            found.own[who, category].append(Own(*own))
    found.asked |= {(one.category, place) for one in ours for place in one.places}
    session.info[_SOUNDED] = found


def is_turn_taken(session: Session, turn: str) -> bool:
    """Whether it is known to be our turn until the transaction ends."""
    found = _sounded(session)
    return found is not None and turn in found.turns


def at_most(
    session: Session, category: str, places: Collection[str], since: datetime
) -> int | None:
    """Return how many tickets of their own were filed there since then at most; None = unknown."""
    found = _sounded(session)
    pairs = [(category, place) for place in places]
    if found is None or since < found.since or not found.asked.issuperset(pairs):
        return None
    return sum(found.filed[pair] for pair in pairs)


def forget_places(session: Session, category: str, places: Iterable[str]) -> None:
    """Know nothing of there any more: we waited for another process that had its turn there."""
    found: Sounded | None = session.info.get(_SOUNDED)
    if found is not None:
        found.asked.difference_update((category, place) for place in places)


def own_of(session: Session, who: str, category: str) -> list[Own] | None:
    """Return a party's drafts and unfinished tickets of a category; None = unknown."""
    found = _sounded(session)
    return None if found is None else found.own.get((who, category))


def note(session: Session, tickets: Iterable[object]) -> None:
    """Take in what becomes of tickets in this transaction."""
    found = session.info.get(_SOUNDED)
    if found is not None:
        for one in tickets:
            if isinstance(one, TicketRow):
                found.note(one)


def _is_among(row_id: int, own: list[Own]) -> bool:
    return row_id in [one.row_id for one in own]


def _sounded(session: Session) -> Sounded | None:
    found: Sounded | None = session.info.get(_SOUNDED)
    if found is not None:
        flush_touched(session, TicketRow)
    return found


@event.listens_for(Session, "after_flush")
def _note_what_was_written(session: Session, _context: object) -> None:
    note(session, (*session.new, *session.dirty))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _undone: SessionTransaction) -> None:
    """Nothing is known after a savepoint was undone: the turns taken in it are lost as well."""
    session.info.pop(_SOUNDED, None)
