"""Databases of a PostgreSQL that runs for the tests only."""

from __future__ import annotations

import random
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy import make_url

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@contextmanager
def database_of(server: str, template: str = "template1") -> Iterator[str]:
    """A copy of a database for as long as it is needed."""
    url = new_database(server, template)
    yield url
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')
