"""One door to the database: a thread that writes, threads that read."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql.compiler import InsertmanyvaluesSentinelOpts as Numbered

from knowledge.files.logbook import Logbook
from knowledge.store.bell import ALIVE, hang
from knowledge.store.troubles import Illegible, is_away, is_busy, why

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    import psycopg
    from sqlalchemy import Engine

T = TypeVar("T")

BUSY_MS = 10_000
"""How long a writer waits for another process (a command beside `run`), milliseconds."""
READERS = 4
LATELY = 30.0
"""Seconds for which what a disk has refused counts: in that time somebody will have tried again."""
TRIES = 5
"""How often a change is tried that collides with another process each time."""
RAN_OUT = "an iterator ran out"
"""A future cannot carry a StopIteration: whoever waits for it would wait for ever."""

log = Logbook()


def _prepare_sqlite(connection: sqlite3.Connection, *, durable: bool) -> None:
    # The driver must not open transactions by itself, or SAVEPOINT commits on its own.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={'FULL' if durable else 'OFF'}",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    # Take the write lock at once: an upgrade in the middle could be refused as busy.
    connection.exec_driver_sql(
        "BEGIN" if connection.get_execution_options().get("reading") else "BEGIN IMMEDIATE"
    )


def _want_utf8(connection: psycopg.Connection) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise Illegible(encoding)


def make_engine(url: str, *, durable: bool = True) -> Engine:
    """Return an engine for `sqlite:///path` or `postgresql+psycopg://…`, set up to be durable.

    Errors do not show parameters: these are what residents wrote. Not `durable` = SQLite does
    not wait for the disk: for a copy that is thrown away.

    Raises (with the first connection):
        Illegible: the database is not in UTF-8.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=ALIVE)
        # Before SQLAlchemy asks for the version: of SQL_ASCII it would get bytes.
        event.listen(engine, "connect", lambda raw, _record: _want_utf8(raw), insert=True)
        return engine
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
        pool_use_lifo=True,  # the connection used last has its pages and statements at hand
    )
    # SQLite numbers the rows of one INSERT in their order: many new objects are one statement.
    engine.dialect.insertmanyvalues_implicit_sentinel = Numbered.ANY_AUTOINCREMENT
    event.listen(engine, "connect", lambda raw, _record: _prepare_sqlite(raw, durable=durable))
    event.listen(engine, "begin", _begin_immediate)
    return engine


def is_reading(session: Session) -> bool:
    """Whether nothing done with this session is kept: then nothing is locked for it either."""
    return bool(session.get_bind().get_execution_options().get("reading"))


class Database:
    """The engine with its threads; the only place where a transaction is committed."""

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.url = url
        self.trouble = ""
        """Why the database cannot be had at present, a machine word; "" = all is well."""
        self._writing_since: float | None = None
        self._unwritten: tuple[str, float] | None = None
        self.engine = make_engine(url, durable=durable)
        reading = self.engine.execution_options(reading=True)
        if self.engine.dialect.name == "postgresql":  # as on SQLite, who reads sees one moment
            reading = reading.execution_options(isolation_level="REPEATABLE READ")
        options: dict[str, Any] = {
            "expire_on_commit": False,
            "join_transaction_mode": "create_savepoint",
        }
        self._writing = sessionmaker(self.engine, **options)
        self._reading = sessionmaker(reading, **options)
        if self.engine.dialect.name == "postgresql":
            hang(self._writing)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session; commit at the end, roll everything back on an exception."""
        with self._writing() as session, session.begin():
            yield session

    def after_deleting(self, kind: type[Any], act: Callable[[Any], object]) -> None:
        """Call `act` with every row of `kind` once its deletion by a session is committed."""

        def note(session: Session, row: object) -> None:
            if isinstance(row, kind):
                session.info.setdefault(kind, []).append(row)

        def restore(session: Session, row: object) -> None:
            if row in session.info.get(kind, ()):
                session.info[kind].remove(row)

        def carry_out(session: Session) -> None:
            if session.get_nested_transaction() is None:
                for row in session.info.pop(kind, ()):
                    act(row)

        event.listen(self._writing, "persistent_to_deleted", note)
        event.listen(self._writing, "deleted_to_persistent", restore)
        event.listen(self._writing, "after_commit", carry_out)

    @contextmanager
    def view(self) -> Iterator[Session]:
        """Yield a session for reading only; nothing done with it is kept."""
        with self._reading() as session:
            yield session
            session.expunge_all()  # what was read stays readable outside
            session.rollback()

    async def write(self, change: Callable[[Session], T]) -> T:
        """Run `change` in the database thread as one transaction and return its result.

        It is run anew where it collides with another process: it keeps nothing in memory.
        """
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._write, change)

    async def read(self, look: Callable[[Session], T]) -> T:
        """Run `look` in a reader thread; it never waits for the writer."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, look)

    @property
    def hanging(self) -> float:
        """Seconds for which the change in hand has been at it; 0 when there is none."""
        since = self._writing_since
        return time.monotonic() - since if since is not None else 0.0

    @property
    def unwritable(self) -> str:
        """Why something could not be written lately, a machine word; "" = nothing was refused."""
        if self._unwritten is None:
            return ""
        reason, at = self._unwritten
        return reason if time.monotonic() - at < LATELY else ""

    def _write(self, change: Callable[[Session], T]) -> T:
        self._writing_since = time.monotonic()
        try:
            return self._insist(change)
        except DBAPIError as fault:
            if is_away(fault):
                self._unwritten = (why(fault), time.monotonic())
            raise
        except StopIteration as fault:
            raise RuntimeError(RAN_OUT) from fault
        finally:
            self._writing_since = None

    def _insist(self, change: Callable[[Session], T]) -> T:
        """Do all of it once more where another process was at the same rows."""
        tries = 0
        while True:
            tries += 1
            try:
                with self._minding(writing=True), self.transaction() as session:
                    return change(session)
            except (DBAPIError, StaleDataError) as fault:
                if tries == TRIES or not is_busy(fault):
                    raise

    def _read(self, look: Callable[[Session], T]) -> T:
        try:
            with self._minding(), self.view() as session:
                return look(session)
        except StopIteration as fault:
            raise RuntimeError(RAN_OUT) from fault

    @contextmanager
    def _minding(self, *, writing: bool = False) -> Iterator[None]:
        """Notice when the database goes away and when it is back, and say so once each.

        What a full disk refuses to write can be read all the same: that tells nothing.
        """
        try:
            yield
        except (
            StopIteration
        ) as fault:  # a future cannot carry it: whoever waits would wait for ever
            raise RuntimeError(*fault.args) from fault
        except Exception as fault:
            if is_away(fault):
                if not self.trouble:
                    log.warning("The database is away.", action="database.away", why=why(fault))
                self.trouble = why(fault)
            raise
        if self.trouble and (writing or not self.unwritable):
            self.trouble = ""
            log.info("The database is back.", action="database.back")

    def close(self) -> None:
        """Finish what runs in the threads and let the connections go."""
        self._writer.shutdown()
        self._readers.shutdown()
        self.engine.dispose()
