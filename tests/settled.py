"""A SQLite file as a first day leaves it: the roster is in it, and nothing was there to sweep."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.actions.people.rostering import Cause, import_roster
from knowledge.community.roster.roster import read_roster
from knowledge.store import migrate
from knowledge.store.database import Database
from knowledge.store.stamps import set_mark
from scheduler.notices import remember_birth
from scheduler.retention import SWEPT

if TYPE_CHECKING:
    from datetime import datetime


def copy_settled(data: Path, at: datetime, database: Path) -> None:
    """Put in the place of a database one that was opened at that moment on a folder's roster."""
    files = sorted((data / "roster").iterdir())
    shutil.copy(_settled(tuple((one.name, one.read_text("utf-8")) for one in files), at), database)


def scratch() -> Path:
    """Make a folder that goes when the tests have ended."""
    folder = Path(tempfile.mkdtemp(prefix="linli-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _settled(roster: tuple[tuple[str, str], ...], at: datetime) -> Path:
    """Make that file: once for all who begin alike."""
    folder = scratch()
    for name, text in roster:
        (folder / name).write_text(text, "utf-8")
    path = folder / "linli.db"
    migrate.upgrade(f"sqlite:///{path}")
    found, problems = read_roster(folder)
    assert found is not None, problems
    database = Database(f"sqlite:///{path}", durable=False)
    with database.transaction() as session:
        import_roster(session, found, Cause(at))
        remember_birth(session, at)
        set_mark(session, SWEPT, at.isoformat())
    database.close()
    return path
