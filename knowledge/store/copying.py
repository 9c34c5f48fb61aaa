"""A whole database copied while others write: into one SQLite file, and back again."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, func, insert, inspect, select, table, text
from sqlalchemy.exc import DatabaseError, OperationalError

from knowledge.store import migrate
from knowledge.store.database import make_engine
from knowledge.store.schema import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine, MappingResult, RowMapping, Table

ROWS = 2_000
"""Rows carried at a time between two engines."""
REFUSED = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_IOERR": errno.EIO,
    "SQLITE_CANTOPEN": errno.EACCES,
    "SQLITE_READONLY": errno.EROFS,
}
"""How SQLite begins to say that a disk gives or takes nothing more, and what the system calls it."""


def copy_out(url: str, target: Path) -> None:
    """Copy a consistent moment of the database at `url` into a new SQLite file.

    SQLite is copied by its online backup, which no writer waits for; PostgreSQL row by row in one
    snapshot, so that a copy can be opened, and taken in, without PostgreSQL.

    Raises:
        OSError: the disk of `target` is full or takes nothing, or a file of SQLite cannot be read.
    """
    with _writing(target):
        _copy_out(url, target)


def _copy_out(url: str, target: Path) -> None:
    engine = make_engine(url)
    try:
        if engine.dialect.name == "sqlite":
            _copy_file(str(engine.url.database), target)
        else:
            copy = make_engine(f"sqlite:///{target}", durable=False)
            _carry(engine, copy)
            copy.dispose()
    finally:
        engine.dispose()
    _tidy(target)


def copy_in(source: Path, url: str) -> None:
    """Fill the empty database at `url` with a copy, brought to this program's schema first.

    The copy itself is changed by that: give a copy of the copy.

    Raises:
        LookupError: the database at `url` is not empty.
    """
    migrate.upgrade(f"sqlite:///{source}")
    origin, engine = make_engine(f"sqlite:///{source}"), make_engine(url)
    try:
        if migrate.current(url) is not None:
            raise LookupError(url)
        _carry(origin, engine)
    finally:
        origin.dispose()
        engine.dispose()


def counts(path: Path) -> dict[str, int]:
    """Return the number of rows in each table of a copy; nothing in it is changed.

    Raises:
        DatabaseError: it is damaged.
    """
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            verdict = connection.scalar(text("PRAGMA quick_check(1)"))
            if verdict != "ok":
                raise DatabaseError(None, None, ValueError(verdict))
            return {
                name: connection.scalar(select(func.count()).select_from(table(name))) or 0
                for name in sorted(inspect(connection).get_table_names())
            }
    finally:
        engine.dispose()


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Say as the system does what SQLite says in its own words of a disk that takes no more."""
    try:
        yield
    except (sqlite3.OperationalError, OperationalError) as fault:
        said = getattr(getattr(fault, "orig", fault), "sqlite_errorname", "")
        code = next((code for begins, code in REFUSED.items() if said.startswith(begins)), None)
        if code is None:
            raise
        raise OSError(code, os.strerror(code), str(target)) from fault


def _copy_file(source: str, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there)


def _carry(source: Engine, target: Engine) -> None:
    """Carry all rows from one engine to an empty database of another."""
    snapshot = {} if source.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    migrate.prepare(target)
    with (
        source.connect().execution_options(reading=True, **snapshot) as here,
        target.begin() as there,
    ):
        for one in METADATA.sorted_tables:
            rows = here.execution_options(yield_per=ROWS).execute(select(one)).mappings()
            for part in _parents_first(one, rows):
                there.execute(insert(one), [dict(row) for row in part])
        if target.dialect.name == "postgresql":
            go_on_counting(there)


def _parents_first(one: Table, rows: MappingResult) -> Iterable[Sequence[RowMapping]]:
    """Rows in parts; where a row may stand on another of its table, that one comes before it."""
    above = next((key for key in one.foreign_keys if key.column.table is one), None)
    if above is None:
        return rows.partitions()
    known = {row[above.column.name]: row for row in rows}

    def height(row: RowMapping | None) -> int:
        steps = 0
        while row is not None:
            row, steps = known.get(row[above.parent.name]), steps + 1
        return steps

    return [sorted(known.values(), key=height)] if known else []


def go_on_counting(connection: Connection) -> None:
    """Let PostgreSQL's counters go on behind the highest row id that was carried."""
    for one in METADATA.sorted_tables:
        key = one.primary_key.columns.get("id")
        if key is None or key.type.python_type is not int:
            continue
        highest = connection.scalar(select(func.max(key)))
        if highest is not None:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)"),
                {"name": f'"{one.name}"', "highest": highest},
            )


def _tidy(path: Path) -> None:
    """Leave one file, without a journal beside it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
