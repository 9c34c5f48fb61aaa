"""Bring a database to the schema of this program; Alembic is only loaded when it has work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from knowledge.store.database import make_engine
from knowledge.store.seats import wait_for_turn

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

HEAD = "0028"
"""Newest migration; a test compares it with the scripts and with the tables."""


def prepare(engine: Engine) -> None:
    """Create the tables of an empty database, or migrate an older one; nothing else changes."""
    if create(engine):
        return
    with engine.begin() as connection:
        found = _version(connection)
    if found != HEAD:
        upgrade_engine(engine)


def create(engine: Engine) -> bool:
    """Create all tables in one step; False where there is any: of several at once one creates them."""
    with engine.begin() as connection:
        wait_for_turn(connection, "schema")
        if inspect(connection).get_table_names():
            return False
        from knowledge.store.schema import METADATA

        METADATA.create_all(connection)
        connection.execute(
            text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        )
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
    return True


def current(url: str) -> str | None:
    """Return the version of the schema in the database; None for an empty one."""
    engine = make_engine(url)
    with engine.begin() as connection:
        found = _version(connection)
    engine.dispose()
    return found


def knows(version: str) -> bool:
    """Whether this program can read a database of that version."""
    from alembic.script import ScriptDirectory

    folder = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    return version in {script.revision for script in folder.walk_revisions()}


def steps(found: str | None, wanted: str) -> list[str]:
    """Return the migrations between two versions in the order in which they are run.

    From the older one up or from the newer one down; `base` and None are the empty database.

    Raises:
        alembic.util.CommandError: there is no such version.
    """
    from alembic.script import ScriptDirectory

    folder = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    folder.get_revision(wanted)
    names = {script.revision for script in folder.iterate_revisions(wanted, "base")}
    there = {script.revision for script in folder.iterate_revisions(found or "base", "base")}
    return sorted(names - there) or sorted(there - names, reverse=True)


def upgrade(url: str) -> None:
    """Migrate a database to this program's schema."""
    engine = make_engine(url)
    prepare(engine)
    engine.dispose()


def downgrade(url: str, revision: str) -> None:
    """Take a database back to an older schema; `base` empties it."""
    from alembic import command

    engine = make_engine(url)
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)
    engine.dispose()


def upgrade_engine(engine: Engine) -> None:
    """Run every migration that the database has not seen."""
    from alembic import command

    with engine.begin() as connection:
        wait_for_turn(connection, "schema")
        command.upgrade(_config(connection), "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
