"""The numbers of tickets: growing, none twice, none left out, and nobody waits for the next one.

On PostgreSQL a number first lies among the spare ones and is taken from there by the transaction
that files its ticket: if that fails, or its process dies, the number lies there again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, text

from knowledge.store.database import is_reading
from knowledge.store.rows.tickets import SpareNumberRow
from knowledge.store.stamps import count, stamp

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NUMBERS = "ticket"
"""Name of the stamp that holds the newest number."""
HANDFUL = 16
"""So many are put among the spare ones at a time: what is left over is taken next."""

_SPARE = SpareNumberRow.metadata.tables[SpareNumberRow.__tablename__]
_TAKE = (
    delete(_SPARE)
    .where(
        _SPARE.c.no
        == select(_SPARE.c.no)
        .order_by(_SPARE.c.no)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    .returning(_SPARE.c.no)
)
"""With `=` the choice is made once. With `IN` it was made anew for each row where the planner
thought there was one row only: several numbers were taken, and all but one were lost."""
_PUT = text(
    "WITH grown AS (INSERT INTO stamp (name, value)"
    " SELECT :name, :more FROM (SELECT set_config('synchronous_commit', 'off', true)) AS fast"
    " ON CONFLICT (name) DO UPDATE SET value = stamp.value + :more RETURNING value)"
    " INSERT INTO spare_number (no)"
    " SELECT generate_series(value - :more + 1, value) FROM grown"
)
"""Not flushed by itself: the commit of the ticket flushes what was written before it."""


def next_no(session: Session) -> int:
    """Take the next number; no two transactions get the same one."""
    if is_reading(session):  # nothing is kept, so nothing is taken
        session.info[NUMBERS] = session.info.get(NUMBERS, stamp(session, NUMBERS)) + 1
        return int(session.info[NUMBERS])
    bind = session.get_bind()
    if bind.dialect.name != "postgresql":
        return count(session, NUMBERS)
    while (taken := session.connection().scalar(_TAKE)) is None:
        with bind.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as apart:
            apart.execute(_PUT, {"name": NUMBERS, "more": HANDFUL})
    return int(taken)


def given_out(session: Session) -> set[int]:
    """Return the numbers that must have a ticket."""
    spare = session.scalars(select(SpareNumberRow.no))
    return {*range(1, stamp(session, NUMBERS) + 1)} - {*spare}
