"""One process a data folder: the second one is told so instead of doubling everything."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from knowledge.store.database import Database

FILE = "linli.lock"
SERVICE = 4_201_127
"""Number of the advisory lock that a running service holds on a PostgreSQL database."""


class Locked(Exception):
    """Another process holds the folder."""


@contextmanager
def hold_lock(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; the system lets go when the process dies, however."""
    handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


@contextmanager
def hold_database(database: Database) -> Iterator[None]:
    """Hold a PostgreSQL database for this service; SQLite is held with its folder.

    Raises:
        Locked: another service works on it.
    """
    if database.engine.dialect.name != "postgresql":
        yield
        return
    with database.engine.connect() as connection:
        if not connection.scalar(text(f"SELECT pg_try_advisory_lock({SERVICE})")):
            raise Locked
        yield


def _lock(handle: int) -> None:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Locked from None
