"""Named numbers that grow when something cached elsewhere has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.store.rows.marks import MarkRow
from knowledge.store.rows.roster import StampRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


TURN = "turn"
"""Counts what clocks did: two turns at one virtual instant are still two causes."""


def stamp(session: Session, name: str) -> int:
    """Return the present value of a stamp; 0 when it was never touched."""
    row = session.get(StampRow, name)
    return row.value if row else 0


def touch(session: Session, name: str) -> None:
    """Say that what the stamp stands for has changed."""
    row = session.get(StampRow, name)
    if row is None:
        session.add(StampRow(name=name, value=1))
    else:
        row.value += 1


def mark(session: Session, name: str) -> str | None:
    """Return a fact about this database."""
    row = session.get(MarkRow, name)
    return row.value if row else None


def set_mark(session: Session, name: str, value: str) -> None:
    """Write down a fact about this database."""
    row = session.get(MarkRow, name)
    if row is None:
        session.add(MarkRow(name=name, value=value))
    else:
        row.value = value


def next_turn(session: Session) -> int:
    """Return a number that no turn of a clock on this database had before."""
    touch(session, TURN)
    session.flush()
    return stamp(session, TURN)
