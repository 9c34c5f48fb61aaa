"""The requests that are open or were filed lately, one flat row each, to be counted in a moment.

The rows lie in memory and say nothing that the events do not say: once any event has come, each is
compared with its ticket's number of events, and one that is behind is folded anew. Events are only
ever appended and a filing is never taken back, so that among the filings of the last weeks equal
counts and equal sums of lengths prove that nothing is missing; older open ones are looked at singly.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sqlalchemy import (
    Boolean,
    Column,
    Index,
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

from knowledge.community.tickets.account import GONE
from knowledge.community.tickets.ticket import OPEN, UNFINISHED, State
from knowledge.store.accounts import accounts_of, ratings_of
from knowledge.store.monthly import newest_events
from knowledge.store.rows.tickets import TicketRow

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from sqlalchemy import ColumnElement, Connection
    from sqlalchemy.orm import Session

    from knowledge.community.tickets.account import Account
    from knowledge.community.tickets.promised import Promises

T = TypeVar("T")

_TICKET = TicketRow.metadata.tables["ticket"].c

KNOWN = 64
"""Boards remembered at once."""
AT_ONCE = 1000
"""Tickets that are folded together."""

TALLY = Table(
    "tally",
    MetaData(),
    Column("place", String, primary_key=True),
    Column("private", Boolean, primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("length", Integer),
    Column("no", Integer),
    Column("kind", String),
    Column("category", String),
    Column("filed", Integer),
    Column("contact_due", Integer),
    Column("contacted", Integer),
    Column("solve_due", Integer),
    Column("done", Integer),
    Column("valid", Boolean),
    Column("gone", Boolean),
    Column("unfinished", Boolean),
    Column("unconfirmed", Boolean),
    Column("parked", Boolean),
    Column("ended", Boolean),
    Column("answered", Boolean),
    Column("silent", Boolean),
    Column("rating", Integer),
    Column("redone", Integer),
    Index("ix_tally_id", "id"),
    sqlite_with_rowid=False,
)
"""Kept in the order in which it is counted. `place` "" = not known. Moments are Unix seconds; `contact_due` and `solve_due` are the first promises."""


class Tally:
    """What is open or was filed since a moment, brought up to date whenever it is opened."""

    def __init__(self) -> None:
        self._engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        TALLY.metadata.create_all(self._engine)
        self._lock = threading.Lock()
        self._version = 0
        self._older: dict[datetime, dict[int, int]] = {}
        """The lengths of the older ones as they lie here, by the moment that divides them."""
        self._caught_up: tuple[object, ...] = ()
        """For which moment, and with which events as the newest, the rows are as the database."""
        self._known: dict[Hashable, _Counted] = {}

    @contextmanager
    def open(self, session: Session, since: datetime, promises: Promises) -> Iterator[Connection]:
        """Yield the rows as they stand in the database now; one reader at a time."""
        with self._lock:
            state = (since, *newest_events(session))
            if state != self._caught_up:
                with self._engine.begin() as rows:  # of its own: a reader's fault undoes none of it
                    older = self._catch_up(rows, session, since, promises)
                self._older, self._caught_up = {since: older}, state
            with self._engine.begin() as rows:
                yield rows

    def counted(self, rows: Connection, key: Hashable, now: datetime, count: Callable[[], T]) -> T:
        """What `count` says of the open rows; asked again only once it could say something else.

        That is when a row has changed, the next promise runs out, or the day is over.
        """
        known = self._known.get(key)
        if known and known.version == self._version and known.at <= now < known.until:
            return known.value  # type: ignore[no-any-return]  # what this key's count gave
        if len(self._known) >= KNOWN:
            self._known.clear()
        value = count()
        self._known[key] = _Counted(self._version, now, _until(rows, now), value)
        return value

    def _catch_up(
        self, rows: Connection, session: Session, since: datetime, promises: Promises
    ) -> dict[int, int]:
        lately = _TICKET.filed_at >= since
        older = _TICKET.state.in_(OPEN) & (_TICKET.filed_at < since)
        here = TALLY.c.filed >= since.timestamp()
        known = self._older.get(since)
        if known is None:
            known = _lengths(rows, TALLY.c, TALLY.c.filed < since.timestamp())
        standing = _lengths(session, _TICKET, older)
        behind = _differing(standing, known)
        if _sum(session, _TICKET.length, lately) != _sum(rows, TALLY.c.length, here):
            behind |= _differing(_lengths(session, _TICKET, lately), _lengths(rows, TALLY.c, here))
        self._fold(rows, session, behind, promises)
        return standing

    def _fold(
        self, rows: Connection, session: Session, behind: dict[int, int], promises: Promises
    ) -> None:
        """Lay these rows anew; `behind` says how long each ticket is, 0 = it does not belong here."""
        self._version += bool(behind)
        every = list(behind)
        for start in range(0, len(every), AT_ONCE):
            some = every[start : start + AT_ONCE]
            rows.execute(delete(TALLY).where(TALLY.c.id.in_(some)))
            wanted = [row for row in some if behind[row]]
            ratings = ratings_of(session, wanted)
            fresh = [
                {"id": row, "length": behind[row], "rating": ratings.get(row)}
                | _values(account, promises)
                for row, account in accounts_of(session, wanted).items()
            ]
            if fresh:
                rows.execute(insert(TALLY), fresh)


class _Counted(NamedTuple):
    """What was counted: for which rows, when, and until when it is true."""

    version: int
    at: datetime
    until: datetime
    value: Any


def _until(rows: Connection, now: datetime) -> datetime:
    """The next moment at which a promise runs out or a day begins."""
    moment, row = int(now.timestamp()), TALLY.c
    claims = row.contacted.is_(None) & (row.contact_due > moment)
    solves = (row.done.is_(None) | row.unfinished) & (row.solve_due > moment)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    dues = (
        rows.scalar(select(func.min(row.contact_due)).where(claims)),
        rows.scalar(select(func.min(row.solve_due)).where(solves)),
    )
    return min([midnight, *(datetime.fromtimestamp(due, now.tzinfo) for due in dues if due)])


def _sum(reader: Session | Connection, length: Any, which: ColumnElement[bool]) -> tuple[int, int]:
    found = reader.execute(select(func.count(), func.coalesce(func.sum(length), 0)).where(which))
    return tuple(found.one())


def _lengths(
    reader: Session | Connection, table: Any, which: ColumnElement[bool]
) -> dict[int, int]:
    return dict(reader.execute(select(table.id, table.length).where(which)).all())


def _differing(there: dict[int, int], here: dict[int, int]) -> dict[int, int]:
    """The lengths of what has grown or is new, and 0 for what is not there any more."""
    grown = {row: length for row, length in there.items() if here.get(row) != length}
    return grown | dict.fromkeys(here.keys() - there.keys(), 0)


def _values(account: Account, promises: Promises) -> dict[str, Any]:
    return {
        "no": account.no,
        "kind": account.kind.value,
        "category": account.category,
        "private": account.private,
        "place": account.place or "",
        "filed": _seconds(account.filed),
        "contact_due": _seconds(promises.contact(account)),
        "contacted": _seconds(account.contacted),
        "solve_due": _seconds(promises.solving(account)),
        "done": _seconds(account.done),
        "valid": account.valid,
        "gone": account.state in GONE,
        "unfinished": account.state in UNFINISHED,
        "unconfirmed": account.state is State.HANDLED,
        "parked": account.state is State.PARKED,
        "ended": account.ended,
        "answered": account.answered,
        "silent": account.silent,
        "redone": account.redone,
    }


def _seconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None
