"""The neighbourhood that a command sees: the roster in use, else the one in the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.settings.database import FILE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.roster.roster import read_roster

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings


def hood_of(folder: Path, settings: Settings) -> Neighbourhood:
    """Return the neighbourhood as the service knows it; before its first import, as in the files.

    Nothing is written: a database that is not there yet, or cannot be read, changes nothing.

    Raises:
        click.ClickException: the files are needed and have an error; the message says which.
    """
    return (_is_there(folder, settings) and _in_use(folder, settings)) or hood_of_files(folder)


def has_run(folder: Path, settings: Settings) -> bool:
    """Whether a roster was ever taken in: before that nothing can have been sent. Nothing is written.

    Raises:
        SQLAlchemyError: the database cannot be read.
    """
    if not _is_there(folder, settings):
        return False
    from sqlalchemy import inspect, select

    from knowledge.store.database import Database
    from knowledge.store.rows.roster import PlaceRow

    database = Database(settings.database.address(folder))
    try:
        with database.view() as session:
            known = inspect(session.connection()).has_table(PlaceRow.__tablename__)
            return known and session.scalar(select(PlaceRow.id).limit(1)) is not None
    finally:
        database.close()


def hood_of_files(folder: Path) -> Neighbourhood:
    """Return the neighbourhood of the roster's files; empty when there are none.

    Raises:
        click.ClickException: the roster has an error; the message says which.
    """
    if not (folder / "roster").is_dir():
        return Neighbourhood()
    roster, problems = read_roster(folder / "roster")
    if roster is None:
        wrong = "\n".join(f"  {each}" for each in problems if each.level == "error")
        raise click.ClickException(f"花名册有错，先改好再来：\n{wrong}")
    return Neighbourhood.from_roster(roster)


def _is_there(folder: Path, settings: Settings) -> bool:
    """Whether there may be a database: one that has an address, or the file in the folder."""
    return bool(settings.database.url.get_secret_value()) or (folder / FILE).exists()


def _in_use(folder: Path, settings: Settings) -> Neighbourhood | None:
    from sqlalchemy.exc import SQLAlchemyError

    from knowledge.store.database import Database
    from knowledge.store.roster import load_neighbourhood

    database = Database(settings.database.address(folder))
    try:
        with database.view() as session:
            hood = load_neighbourhood(session)
    except SQLAlchemyError:
        return None
    finally:
        database.close()
    return hood if hood.places else None
