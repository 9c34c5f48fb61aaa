"""Taking a roster into the database: all of it, or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.actions.tickets.handing import hand_over_departed
from knowledge.community.roster import read_roster
from knowledge.community.rosterchanges import changes
from knowledge.store.roster import load_neighbourhood, load_roster, save_roster
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.roster import Roster
    from knowledge.community.rosterchanges import Changes
    from knowledge.files.problem import Problem


def import_folder(work: Work, folder: Path) -> tuple[Problem, ...]:
    """Import the three CSV files; with any error nothing changes and the findings are returned."""
    roster, problems = read_roster(folder)
    if roster is not None:
        import_roster(work.session, roster)
        hand_over(work)
    return problems


def hand_over(work: Work) -> None:
    """After a change of the roster: what belonged to those who left it goes to who stands in."""
    now = replace(work, hood=load_neighbourhood(work.session))
    hand_over_departed(now)
    work.told = now.told


def import_roster(session: Session, roster: Roster) -> Changes:
    """Make a checked roster the one in use, and return what that changes."""
    difference = changes(load_roster(session), roster)
    if difference:
        save_roster(session, roster)
        touch(session, "roster")
    return difference
