"""What keeps coming back in a building, kept once until it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from knowledge.community.tickets.ticket import NO_MATTER
from knowledge.store.base import spelt
from knowledge.store.once import insert_once
from knowledge.store.rows.findings import STANDING, FindingRow
from knowledge.store.rows.tickets import TicketRow
from knowledge.store.sheaf import settle
from knowledge.store.soundings import at_most

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

_TICKETS, _FINDINGS = TicketRow.metadata.tables["ticket"], FindingRow.metadata.tables["finding"]
_SETTLED = select(func.max(_FINDINGS.c.settled_at)).where(
    _FINDINGS.c.category == bindparam("category"),
    _FINDINGS.c.place_id.in_(bindparam("places", expanding=True)),
)
_NUMBERS = (
    select(_TICKETS.c.no)
    .where(
        _TICKETS.c.category == bindparam("category"),
        _TICKETS.c.place_id.in_(bindparam("places", expanding=True)),
        _TICKETS.c.filed_at > bindparam("since"),
        _TICKETS.c.filed_at > func.coalesce(_SETTLED.scalar_subquery(), bindparam("since")),
        _TICKETS.c.state.not_in(spelt(NO_MATTER)),
    )
    .order_by(_TICKETS.c.no)
)
"""Asked at every filing: built once."""


def count_in(
    session: Session, category: str, places: Collection[str], since: datetime, often: int
) -> list[str]:
    """Numbers of the tickets of a category filed at these places since then, and not settled.

    None are looked up where they are known to be fewer than `often`.
    """
    most = at_most(session, category, places, since)
    if most is not None and most < often:
        return []
    asked = {"category": category, "places": list(places), "since": since}
    settle(session, TicketRow, FindingRow)
    return [str(no) for no in session.connection().scalars(_NUMBERS, asked)]


def keep_finding(
    session: Session, category: str, place_id: str, numbers: list[str], at: datetime
) -> FindingRow | None:
    """The new finding; None when one stands already, whose numbers are then brought up to date."""
    values = {
        "category": category,
        "place_id": place_id,
        "slot": STANDING,
        "numbers": numbers,
        "found_at": at,
    }
    statement = insert_once(session, _FINDINGS, "category", "place_id", "slot").returning(
        _FINDINGS.c.id
    )
    new = session.scalar(statement, values)
    standing = session.scalars(
        select(FindingRow).where(
            FindingRow.category == category,
            FindingRow.place_id == place_id,
            FindingRow.slot == STANDING,
        )
    ).one()
    standing.numbers = numbers
    return standing if new is not None else None


def find_standing(session: Session, finding_id: int) -> FindingRow | None:
    """The finding of that id, if nobody has settled it."""
    row = session.get(FindingRow, finding_id)
    return row if row is not None and row.slot == STANDING else None


def standing(session: Session) -> list[FindingRow]:
    """All findings that nobody has settled, oldest first."""
    query = select(FindingRow).where(FindingRow.slot == STANDING).order_by(FindingRow.id)
    return list(session.scalars(query))
