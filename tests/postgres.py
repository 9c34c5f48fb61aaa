"""Databases of a PostgreSQL that runs for the tests only."""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy import make_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

CARELESS = ("fsync = off", "full_page_writes = off")
"""Settings for a server whose databases are thrown away: nothing waits for the disk."""


def hurry(server: str) -> None:
    """Let a server for tests forget about power cuts."""
    with psycopg.connect(server, autocommit=True) as connection:
        for setting in CARELESS:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


def new_database(server: str, template: str = "template1") -> str:
    """Make a copy of a database on a server and return its address for `[database] url`."""
    name = f"t{random.getrandbits(64):x}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    address = make_url(server).set(drivername="postgresql+psycopg", database=name)
    return address.render_as_string(hide_password=False)


def bared(url: str) -> str:
    """Take everything out of a database, tables too; return its address."""
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return url


def wipe(url: str) -> None:
    """Take everything out of the tables of a database."""
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute(WIPE)


def _plain(url: str) -> str:
    """The address as the driver itself takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def database_of(server: str, template: str = "template1") -> Iterator[str]:
    """A copy of a database for as long as it is needed."""
    url = new_database(server, template)
    yield url
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


SEND_AWAY = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
WRITTEN = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
"""What is another one as soon as anything was written anywhere on the server."""
SHAPE = """
SELECT md5(string_agg(concat(attrelid::regclass, attname, atttypid), ',' ORDER BY attrelid, attnum))
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace
"""
WIPE = """
DO $$
DECLARE one text;
BEGIN
    SET session_replication_role = replica;
    FOR one IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', one); END LOOP;
    PERFORM setval(seqrelid::regclass, 1, false) FROM pg_sequence;
END $$
"""


@dataclass(frozen=True)
class Contents:
    """What a database holds: rows by table as COPY writes them, and the numbers last given."""

    rows: dict[str, bytes]
    numbers: dict[str, int]


def contents_of(url: str) -> Contents:
    """Read everything that stands in the tables of a database."""
    with psycopg.connect(_plain(url)) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        ).fetchall()
        rows = {}
        for (name,) in tables:
            with connection.cursor().copy(f'COPY "{name}" TO STDOUT') as copied:
                rows[name] = b"".join(bytes(part) for part in copied)
        given = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
        held = {name: written for name, written in rows.items() if written}
        return Contents(held, dict(connection.execute(given).fetchall()))


@dataclass
class Slate:
    """One migrated database that is wiped for each test: a new one costs a hundred times as much."""

    server: str
    template: str
    url: str = ""
    _line: Connection | None = field(default=None, repr=False)
    _shape: object = None
    _written: object = None

    def wiped(self) -> str:
        """Return the address of an empty database with all tables."""
        if self._line is None or not self._wipe(self._line):
            self.close()
            self.url = new_database(self.server, self.template)
            self._line = psycopg.connect(_plain(self.url), autocommit=True)
            self._shape = self._line.execute(SHAPE).fetchone()
        return self.url

    def fill(self, contents: Contents) -> None:
        """Write on the wiped database what another one held."""
        assert self._line is not None
        with self._line.transaction(), self._line.cursor() as cursor:
            for name, rows in contents.rows.items():
                with cursor.copy(f'COPY "{name}" FROM STDIN') as copied:
                    copied.write(rows)
            cursor.executemany("SELECT setval(%s, %s)", contents.numbers.items())

    def _wipe(self, line: Connection) -> bool:
        """Empty all tables; False where a test has changed them or taken the database away."""
        try:
            line.execute(SEND_AWAY)
            if line.execute(WRITTEN).fetchone() == self._written:
                return True  # the last test has not touched it
            if line.execute(SHAPE).fetchone() != self._shape:
                return False
            line.execute(WIPE)
            self._written = line.execute(WRITTEN).fetchone()
        except psycopg.Error:
            return False
        return True

    def close(self) -> None:
        """Let the database be."""
        if self._line is not None:
            self._line.close()
