"""The database for a command: one transaction, committed when the command is done."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.terminal.invocation import Invocation


@contextmanager
def records(invocation: Invocation, *, reading: bool = False) -> Iterator[Session]:
    """Yield a session on the data folder's database, made or migrated if need be.

    A command that is only `reading` never makes the running service wait.
    """
    from knowledge.store import migrate
    from knowledge.store.database import Database

    database = Database(invocation.settings().database.address(invocation.folder()))
    try:
        migrate.prepare(database.engine)
        with database.view() if reading else database.transaction() as session:
            yield session
    finally:
        database.close()
