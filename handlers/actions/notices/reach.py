"""How far a notice reached: where it went last, and how many households of a building answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from handlers.actions.notices.receipts import household
from knowledge.community.places.places import PlaceKind
from knowledge.community.roster.people import LADDER
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.notices import ReceiptRow, SendingRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.work import Work
    from knowledge.community.roster.people import Person


@dataclass(frozen=True, slots=True)
class Building:
    """Households of one building: those that have answered 收到, and all that the roster knows."""

    place_id: str
    label: str
    answered: int
    households: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The last sending of a notice: when, into how many chats, and the answers by building."""

    at: datetime
    chats: int
    buildings: tuple[Building, ...]
    by_hand: int = 0
    """Groups for which a member of staff has still to confirm it."""


def reach_of(work: Work, notice_id: str) -> Reach | None:
    """Return how the newest sending of a notice went; None when it never went out."""
    newest = work.session.scalars(
        select(SendingRow)
        .where(SendingRow.notice_id == notice_id, SendingRow.at.is_not(None))
        .order_by(SendingRow.at.desc(), SendingRow.id.desc())
        .limit(1)
    ).first()
    if newest is None or newest.at is None:
        return None
    rows = work.session.scalars(
        select(SendingRow).where(
            SendingRow.notice_id == notice_id,
            SendingRow.planned == newest.planned,
            SendingRow.at.is_not(None),
        )
    ).all()
    buildings = _buildings(work, rows) if newest.asks_receipt else ()
    return Reach(newest.at, len(rows), buildings, _by_hand(work, notice_id))


def _by_hand(work: Work, notice_id: str) -> int:
    waiting = (OutboxRow.notice_id == notice_id, OutboxRow.state == "needs_human")
    return work.session.scalar(select(func.count()).where(*waiting)) or 0


def _buildings(work: Work, rows: Sequence[SendingRow]) -> tuple[Building, ...]:
    """Count the households in reach of the groups; leaders are not chased, nor counted."""
    groups = (work.hood.chat(row.channel, row.chat_id) for row in rows)
    scopes = {group.scope for group in groups if group is not None and group.scope}
    reached = {one.id: one for scope in scopes for one in work.hood.members_of(scope)}
    answered = _answered(work, rows)
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for person in reached.values():
        building = work.hood.up_to(work.hood.home(person), PlaceKind.BUILDING)
        if building is None or person.roles & set(LADDER):
            continue
        known[building.id].add(household(person))
        if household(person) in answered:
            seen[building.id].add(household(person))
    return tuple(
        Building(place, _label(work, place), len(seen[place]), len(known[place]))
        for place in work.hood.places
        if place in known
    )


def _answered(work: Work, rows: Sequence[SendingRow]) -> set[tuple[str, str]]:
    who = work.session.scalars(
        select(ReceiptRow.who).where(ReceiptRow.sending_id.in_([row.id for row in rows]))
    )
    people: list[Person] = [work.hood.people[one] for one in who if one in work.hood.people]
    return {household(person) for person in people}


def _label(work: Work, place_id: str) -> str:
    estate = work.hood.estate(place_id)
    return f"{estate.name if estate else ''}{work.hood.label(place_id)}"
