"""The numbers of tickets: growing, none twice, none left out, and nobody waits for the next one.

On PostgreSQL a number first lies among the spare ones and is taken from there by the transaction
that files its ticket: if that fails, or its process dies, the number lies there again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import event, func, insert, select, text
from sqlalchemy.orm import Session

from knowledge.store.database import is_reading
from knowledge.store.rows.tickets import SpareNumberRow, TicketRow
from knowledge.store.stamps import count, stamp

if TYPE_CHECKING:
    from sqlalchemy.orm import SessionTransaction

NUMBERS = "ticket"
"""Name of the stamp that holds the newest number."""
HANDFUL = 16
"""So many are put among the spare ones at a time: what is left over is taken next."""

_RESERVED = "numbers and ids"
_SPARE = SpareNumberRow.metadata.tables[SpareNumberRow.__tablename__]
_TAKE = text(
    "DELETE FROM spare_number WHERE no = ANY(ARRAY("
    "SELECT no FROM spare_number ORDER BY no LIMIT :wanted FOR UPDATE SKIP LOCKED)) RETURNING no"
)
"""With an ARRAY the choice is made once. With `IN` it was made anew for each row where the planner
thought there was one row only: several numbers were taken, and all but one were lost."""
_IDS = text(
    "SELECT nextval(pg_get_serial_sequence('ticket', 'id')) FROM generate_series(1, :wanted)"
)
_NEWEST = select(func.max(TicketRow.id))
_PUT = text(
    "WITH grown AS (INSERT INTO stamp (name, value)"
    " SELECT :name, :more FROM (SELECT set_config('synchronous_commit', 'off', true)) AS fast"
    " ON CONFLICT (name) DO UPDATE SET value = stamp.value + :more RETURNING value)"
    " INSERT INTO spare_number (no)"
    " SELECT generate_series(value - :more + 1, value) FROM grown"
)
"""Not flushed by itself: the commit of the ticket flushes what was written before it."""


class Reserved(NamedTuple):
    """What a batch of reports will need, the next one last."""

    numbers: list[int]
    ids: list[int]


def reserve(session: Session, wanted: int) -> None:
    """Take so many numbers and row ids at once; numbers that are left are put back at the end.

    The end is that of the transaction, or of the savepoint in which it was done.
    """
    if wanted and not is_reading(session):
        numbers = _take(session, wanted)[::-1]
        session.info[_RESERVED] = Reserved(numbers, _ids(session, wanted))


def next_no(session: Session) -> int:
    """Take the next number; no two transactions get the same one."""
    if is_reading(session):  # nothing is kept, so nothing is taken
        session.info[NUMBERS] = session.info.get(NUMBERS, stamp(session, NUMBERS)) + 1
        return int(session.info[NUMBERS])
    reserved: Reserved | None = session.info.get(_RESERVED)
    if reserved is not None and reserved.numbers:
        return reserved.numbers.pop()
    return _take(session, 1)[0]


def next_id(session: Session) -> int | None:
    """Take the id of a ticket's row that was reserved; None = the database gives one."""
    reserved: Reserved | None = session.info.get(_RESERVED)
    return reserved.ids.pop() if reserved is not None and reserved.ids else None


def _take(session: Session, wanted: int) -> list[int]:
    """Take the next numbers, in their order."""
    bind = session.get_bind()
    if bind.dialect.name != "postgresql":
        newest = count(session, NUMBERS, wanted)
        return [*range(newest - wanted + 1, newest + 1)]
    taken = _take_spare(session, wanted)
    while missing := wanted - len(taken):
        with bind.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as apart:
            apart.execute(_PUT, {"name": NUMBERS, "more": max(HANDFUL, missing)})
        taken += _take_spare(session, missing)
    return sorted(taken)


def _take_spare(session: Session, wanted: int) -> list[int]:
    """Take numbers that lie among the spare ones, as many as there are."""
    return [int(no) for no in session.connection().scalars(_TAKE, {"wanted": wanted})]


def _ids(session: Session, wanted: int) -> list[int]:
    """Return ids of rows that nobody else takes, the next one last."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        return sorted(map(int, connection.scalars(_IDS, {"wanted": wanted})), reverse=True)
    newest = connection.scalar(_NEWEST) or 0  # SQLite has one writer
    return [*range(newest + wanted, newest, -1)]


@event.listens_for(Session, "before_commit")
def _put_back(session: Session) -> None:
    """Nothing that was reserved is kept over the end of a savepoint."""
    reserved: Reserved | None = session.info.pop(_RESERVED, None)
    if reserved is None or not reserved.numbers:
        return
    if session.get_bind().dialect.name == "postgresql":
        rows = [{"no": no} for no in reserved.numbers]
        session.connection().execute(insert(_SPARE), rows)
    else:
        count(session, NUMBERS, -len(reserved.numbers))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _undone: SessionTransaction) -> None:
    """The database has them again."""
    session.info.pop(_RESERVED, None)


def given_out(session: Session) -> set[int]:
    """Return the numbers that must have a ticket."""
    spare = session.scalars(select(SpareNumberRow.no))
    return {*range(1, stamp(session, NUMBERS) + 1)} - {*spare}
