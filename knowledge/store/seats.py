"""What one process at a time does, and who is there: locks that die with their holder.

A seat is an advisory lock of PostgreSQL on a line of its own, so that a killed process leaves it at
once. SQLite belongs to one process anyway: there every seat is free.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING
from zlib import crc32

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

HOUSE, SEAT, TURN = 4_201_127, 4_201_128, 4_201_129
"""First numbers of our locks: who is there, who does what, whose turn it is in a transaction."""
PATIENCE_MS = 30
"""Milliseconds; well below PostgreSQL's own second after which it looks for a deadlock."""
EVERYTHING = "everything"
"""Held alone by a process that does everything, shared by those that share the work."""


_WAIT = text("SELECT pg_advisory_xact_lock(:kind, :number)")
_TAKE = text(
    "SELECT number FROM unnest(CAST(:numbers AS integer[])) AS number"
    " WHERE pg_try_advisory_xact_lock(:kind, number)"
)


class Seats:
    """The seats of this process; all are lost with their line and have to be taken again."""

    def __init__(self, engine: Engine, *, alone: bool = False) -> None:
        """Take seats through `engine`; who is `alone` there has every seat."""
        self._engine = engine
        self._alone = alone
        self._line: Connection | None = None
        self._held: set[str] = set()
        self._standing: list[tuple[str, bool]] = []
        self._lock = Lock()

    def enter(self, role: str) -> bool:
        """Be there as `role` for as long as this process lives; False when that cannot be.

        Who is alone wants nobody else there, and nobody comes beside it.
        """
        if not self._lockable:
            return True
        with self._lock:
            self._standing = [(EVERYTHING, not self._alone), (role, True)]
            return all(self._claim(HOUSE, name, shared=shared) for name, shared in self._standing)

    def take(self, name: str) -> bool:
        """Whether the seat is ours, from before or from now on."""
        if self._alone or not self._lockable:
            return True
        with self._lock:
            if name not in self._held and self._claim(SEAT, name):
                self._held.add(name)
            return name in self._held

    def holds(self, name: str) -> bool:
        """Whether the seat was ours when that was last looked at."""
        return self._alone or not self._lockable or name in self._held

    def check(self) -> None:
        """Look whether the line still stands; raises what the database raises."""
        if not self._standing:
            return
        with self._lock:
            if self._line is None:
                self._return()
            else:
                self._ask("SELECT true")

    def close(self) -> None:
        """Leave every seat."""
        with self._lock:
            self._let_go()

    @property
    def _lockable(self) -> bool:
        return self._engine.dialect.name == "postgresql"

    def _return(self) -> None:
        """After an outage: be there again as before."""
        for name, shared in self._standing:
            self._claim(HOUSE, name, shared=shared)

    def _claim(self, kind: int, name: str, *, shared: bool = False) -> bool:
        manner = "_shared" if shared else ""
        return self._ask(f"SELECT pg_try_advisory_lock{manner}({kind}, {_number(name)})")

    def _ask(self, question: str) -> bool:
        try:
            if self._line is None:
                apart = self._engine.execution_options(isolation_level="AUTOCOMMIT")
                self._line = apart.connect()
                self._line.detach()  # a line in a pool would keep its locks
            return bool(self._line.scalar(text(question)))
        except DBAPIError:
            self._let_go()
            raise

    def _let_go(self) -> None:
        line, self._line = self._line, None
        self._held.clear()
        if line is not None:
            with suppress(SQLAlchemyError):  # at once, not when the server sees that we have gone
                line.execute(text("SELECT pg_advisory_unlock_all()"))
            with suppress(SQLAlchemyError):
                line.close()


def wait_for_turn(connection: Connection, name: str) -> None:
    """Let one process at a time do it, until this transaction ends; SQLite has one writer anyway."""
    reads = connection.get_execution_options().get("reading")
    if connection.dialect.name == "postgresql" and not reads:
        connection.execute(_WAIT, {"kind": TURN, "number": _number(name)})


def take_turns(session: Session, names: Collection[str]) -> frozenset[str]:
    """Return whose turn is ours until this transaction ends, without waiting for the others."""
    connection = session.connection()
    reads = connection.get_execution_options().get("reading")
    if connection.dialect.name != "postgresql" or reads:
        return frozenset(names)
    numbers = {name: _number(name) for name in sorted(names)}
    free = set(connection.scalars(_TAKE, {"kind": TURN, "numbers": [*numbers.values()]}))
    return frozenset(name for name, number in numbers.items() if number in free)


def wait_briefly(session: Session) -> None:
    """Let nothing in this transaction wait long for a lock: two batches could wait for each other."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SET LOCAL lock_timeout = {PATIENCE_MS}"))


def present(session: Session, roles: tuple[str, ...]) -> dict[str, int]:
    """Return how many processes are there for each of the roles."""
    if session.get_bind().dialect.name != "postgresql":
        return {}
    rows = session.execute(
        text(
            "SELECT objid, count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND objsubid = 2 AND classid = :house"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " GROUP BY objid"
        ),
        {"house": HOUSE},
    )
    found = {int(number): int(count) for number, count in rows}
    return {role: found.get(_number(role) % 2**32, 0) for role in roles}


def _number(name: str) -> int:
    """A signed 32-bit number for a name."""
    number = crc32(name.encode())
    return number - 2**32 if number >= 2**31 else number
