"""Named numbers that grow when something cached elsewhere has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, text

from knowledge.store.bell import ring
from knowledge.store.once import insert_once
from knowledge.store.rows.marks import MarkRow
from knowledge.store.rows.roster import StampRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


TURN = "turn"
"""Counts what clocks did: two turns at one virtual instant are still two causes."""

_STAMPS = StampRow.metadata.tables[StampRow.__tablename__]
_MARKS = MarkRow.metadata.tables[MarkRow.__tablename__]
_VALUE = select(StampRow.value).where(StampRow.name == bindparam("stamp"))
_GROW = (
    _STAMPS.update()
    .where(_STAMPS.c.name == bindparam("stamp"))
    .values(value=_STAMPS.c.value + bindparam("more"))
    .returning(_STAMPS.c.value)
)
_APART = text(
    "INSERT INTO stamp (name, value)"
    " SELECT :name, :more FROM (SELECT set_config('synchronous_commit', 'off', true)) AS fast"
    " ON CONFLICT (name) DO UPDATE SET value = stamp.value + :more RETURNING value"
)
"""PostgreSQL: whatever is numbered is flushed by its own commit, and the number before it."""


def stamp(session: Session, name: str) -> int:
    """Return the present value of a stamp; 0 when it was never touched."""
    return session.scalar(_VALUE, {"stamp": name}) or 0


def touch(session: Session, name: str) -> None:
    """Say that what the stamp stands for has changed."""
    session.execute(insert_once(session, _STAMPS, "name"), {"name": name, "value": 0})
    session.execute(_GROW, {"stamp": name, "more": 1})
    ring(session, "changed", name)


def count(session: Session, name: str, more: int = 1) -> int:
    """Take the next number of a counter; no two transactions get the same one, and none waits.

    With `more` so many at once: the last of them is returned. On PostgreSQL they are taken in a
    transaction of their own: a number whose work fails is left out.
    """
    bind = session.get_bind()
    if bind.dialect.name == "postgresql":
        with bind.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as apart:
            return int(apart.scalars(_APART, {"name": name, "more": more}).one())
    taken = session.connection().scalar(_GROW, {"stamp": name, "more": more})
    if taken is not None:
        return int(taken)
    session.add(StampRow(name=name, value=more))
    session.flush()
    return more


def mark(session: Session, name: str) -> str | None:
    """Return a fact about this database."""
    row = session.get(MarkRow, name)
    return row.value if row else None


def set_mark(session: Session, name: str, value: str) -> None:
    """Write down a fact about this database; of two at one moment the later one stays."""
    row = session.get(MarkRow, name)
    if row is None:
        session.execute(insert_once(session, _MARKS, "name"), {"name": name, "value": value})
        row = session.get_one(MarkRow, name)
    row.value = value


def next_turn(session: Session) -> int:
    """Return a number that no turn of a clock on this database had before."""
    return count(session, TURN)
