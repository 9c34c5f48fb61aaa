"""A PostgreSQL database written down by pg_dump in one moment, and put back by pg_restore."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from knowledge.store.database import make_engine
from knowledge.store.schema import METADATA
from knowledge.store.sums import Sum, sums_of_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from knowledge.store.pgtools import Tools

SPELLING = {
    "TimeZone": "UTC",
    "DateStyle": "ISO",
    "IntervalStyle": "postgres",
    "extra_float_digits": "3",
    "bytea_output": "hex",
    "idle_in_transaction_session_timeout": "0",
    "statement_timeout": "0",
}
"""How values are written, as pg_dump has them written; and a moment lasts until it is written down."""
DRILL = "linli_drill_"
"""How the name of a database begins that is there for a drill only."""
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
LONGEST = 63
"""Bytes of a name in PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One snapshot of a database, seen alike by our own connection and by pg_dump."""

    url: str
    connection: Connection
    snapshot: str
    schema: str

    def sums(self) -> dict[str, Sum]:
        """Return rows and checksum of each table."""
        return {name: _summed(self.connection, self.schema, name) for name in tables()}

    @contextmanager
    def archive(self, tools: Tools) -> Iterator[IO[bytes]]:
        """Run pg_dump and yield its archive as it comes; it lies nowhere else meanwhile.

        Raises:
            ToolFailed: it gave up.
        """
        words = ["pg_dump", "--format=custom", f"--snapshot={self.snapshot}", "--no-password"]
        words += ["--no-owner", "--no-privileges", "--encoding=UTF8", "--strict-names"]
        words += [f'--table="{self.schema}"."{name}"' for name in tables()]
        with tools.running(words, self.url) as written:
            yield written


@contextmanager
def one_moment(url: str) -> Iterator[Moment]:
    """Hold on to this moment of a database until it is written down; no writer waits for it."""
    with _connected(url, "REPEATABLE READ") as connection:
        _spell(connection)
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        schema = connection.scalar(text("SELECT current_schema()"))
        yield Moment(url, connection, str(snapshot), str(schema))


def tables() -> list[str]:
    """Return the names of what is ours in a database of this program's schema."""
    return [*sorted(METADATA.tables), "alembic_version"]


def is_in_public(url: str) -> bool:
    """Whether the tables lie in the schema that every empty database has: an archive names no other."""
    with _connected(url) as connection:
        return bool(connection.scalar(text("SELECT current_schema() = 'public'")))


def sums_of_archive(tools: Tools, archive: Path) -> dict[str, Sum]:
    """Read every row of an archive without a server.

    Raises:
        ToolFailed: it cannot be read.
    """
    words = ["pg_restore", "--data-only", "--file=-", str(archive)]
    with tools.running(words) as script:
        return sums_of_script(script)


def sums_of_database(url: str, names: Iterable[str]) -> dict[str, Sum]:
    """Return rows and checksum of these tables as they stand now."""
    with _connected(url, "REPEATABLE READ") as connection:
        _spell(connection)
        schema = str(connection.scalar(text("SELECT current_schema()")))
        return {name: _summed(connection, schema, name) for name in names}


def put_back(tools: Tools, archive: Path, url: str) -> None:
    """Put an archive into an empty database, all of it or nothing.

    Raises:
        ToolFailed: it gave up.
    """
    words = ["pg_restore", f"--dbname={make_url(url).database or ''}", "--no-password"]
    words += ["--single-transaction", "--no-owner", "--no-privileges", str(archive)]
    with tools.running(words, url):
        pass  # it says nothing while it works


def clear(url: str, names: Sequence[str]) -> None:
    """Take tables out again that were put into an empty database."""
    with _connected(url) as connection:
        listed = ", ".join(f'"{name}"' for name in names)
        connection.execute(text(f"DROP TABLE IF EXISTS {listed} CASCADE"))
        connection.commit()


@contextmanager
def spare_database(url: str) -> Iterator[str]:
    """Make an empty database on the same server for a drill; it is dropped in the end.

    One that a killed drill has left is dropped first; while another drill goes on, this one fails.

    Raises:
        PermissionError: the role may not make databases.
        DBAPIError: the server has no room for it, or it is in use.
    """
    address = make_url(url)
    name = f"{DRILL}{address.database}".encode()[:LONGEST].decode("utf-8", "ignore")
    with _connected(url, "AUTOCOMMIT") as connection:
        if not connection.scalar(text(MAY_CREATE)):
            raise PermissionError(name)
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(
            text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        )
        try:
            yield address.set(database=name).render_as_string(hide_password=False)
        finally:
            with suppress(DBAPIError):  # the next drill drops what this one cannot
                connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@contextmanager
def _connected(url: str, isolation: str = "READ COMMITTED") -> Iterator[Connection]:
    engine = make_engine(url)
    try:
        with engine.connect().execution_options(isolation_level=isolation) as connection:
            yield connection
    finally:
        engine.dispose()


def _spell(connection: Connection) -> None:
    for name, value in SPELLING.items():
        connection.execute(
            text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value}
        )


def _summed(connection: Connection, schema: str, name: str) -> Sum:
    """Add up the rows of one table as the driver hands them on, one by one."""
    from psycopg import Error

    found = Sum()
    line = connection.connection.driver_connection
    assert line is not None  # noqa: S101 -- for the type checker.
    try:
        with line.cursor() as cursor, cursor.copy(f'COPY "{schema}"."{name}" TO STDOUT') as rows:
            for row in rows:
                found.add(row)
    except Error as fault:
        raise DBAPIError(None, None, fault) from fault
    return found
