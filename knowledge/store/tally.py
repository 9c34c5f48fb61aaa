"""The requests of the last weeks, one flat row each, to be counted in a moment.

The rows lie in memory and say nothing that the events do not say: before every count each is
compared with its ticket's number of events, and one that is behind is folded anew. Events are only
ever appended, so equal counts and equal sums of lengths prove that nothing is missing.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.pool import StaticPool

from knowledge.community.account import GONE
from knowledge.store.accounts import accounts_of, ratings_of
from knowledge.store.rows.tickets import TicketRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from knowledge.community.account import Account
    from knowledge.community.promised import Promises

AT_ONCE = 1000
"""Tickets that are folded together."""

TALLY = Table(
    "tally",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("length", Integer),
    Column("no", Integer),
    Column("kind", String),
    Column("category", String),
    Column("private", Boolean),
    Column("place", String),
    Column("filed", Integer, index=True),
    Column("contact_due", Integer),
    Column("contacted", Integer),
    Column("solve_due", Integer),
    Column("done", Integer),
    Column("valid", Boolean),
    Column("gone", Boolean),
    Column("ended", Boolean),
    Column("answered", Boolean),
    Column("silent", Boolean),
    Column("rating", Integer),
    Column("redone", Integer),
)
"""Moments are Unix seconds; `contact_due` and `solve_due` are the first promises."""

_SCOPE = select(func.count(), func.coalesce(func.sum(TALLY.c.length), 0))


class Tally:
    """What was filed since a moment, brought up to date whenever it is opened."""

    def __init__(self) -> None:
        self._engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        TALLY.metadata.create_all(self._engine)
        self._lock = threading.Lock()

    @contextmanager
    def open(self, session: Session, since: datetime, promises: Promises) -> Iterator[Connection]:
        """Yield the rows as they stand in the database now; one reader at a time."""
        with self._lock, self._engine.begin() as rows:
            self._catch_up(rows, session, since, promises)
            yield rows

    def _catch_up(
        self, rows: Connection, session: Session, since: datetime, promises: Promises
    ) -> None:
        rows.execute(delete(TALLY).where(TALLY.c.filed < since.timestamp()))
        filed = TicketRow.filed_at >= since
        standing = select(func.count(), func.coalesce(func.sum(TicketRow.length), 0)).where(filed)
        if session.execute(standing).one() == rows.execute(_SCOPE).one():
            return
        there = dict(session.execute(select(TicketRow.id, TicketRow.length).where(filed)).all())
        here = dict(rows.execute(select(TALLY.c.id, TALLY.c.length)).all())
        behind = [row for row, length in there.items() if here.get(row) != length]
        gone = here.keys() - there.keys()
        if gone:
            rows.execute(delete(TALLY).where(TALLY.c.id.in_(gone)))
        for start in range(0, len(behind), AT_ONCE):
            some = behind[start : start + AT_ONCE]
            ratings = ratings_of(session, some)
            fresh = [
                {"id": row, "length": there[row], "rating": ratings.get(row)}
                | _values(account, promises)
                for row, account in accounts_of(session, some).items()
            ]
            rows.execute(delete(TALLY).where(TALLY.c.id.in_(some)))
            if fresh:
                rows.execute(insert(TALLY), fresh)


def _values(account: Account, promises: Promises) -> dict[str, Any]:
    return {
        "no": account.no,
        "kind": account.kind.value,
        "category": account.category,
        "private": account.private,
        "place": account.place,
        "filed": _seconds(account.filed),
        "contact_due": _seconds(promises.contact(account)),
        "contacted": _seconds(account.contacted),
        "solve_due": _seconds(promises.solving(account)),
        "done": _seconds(account.done),
        "valid": account.valid,
        "gone": account.state in GONE,
        "ended": account.ended,
        "answered": account.answered,
        "silent": account.silent,
        "redone": account.redone,
    }


def _seconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None
