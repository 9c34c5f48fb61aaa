"""Taking a roster folder into the database: all of it, or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.actions.tickets.handing import hand_over_departed
from knowledge.community.roster import read_roster
from knowledge.store.roster import load_neighbourhood, save_roster
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.work import Work
    from knowledge.files.problem import Problem


def import_folder(work: Work, folder: Path) -> tuple[Problem, ...]:
    """Import the three CSV files; with any error nothing changes and the findings are returned."""
    roster, problems = read_roster(folder)
    if roster is not None:
        save_roster(work.session, roster)
        touch(work.session, "roster")
        now = replace(work, hood=load_neighbourhood(work.session))
        hand_over_departed(now)
        work.told = now.told
    return problems
