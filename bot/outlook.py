"""What the notices will send in the days to come, told from the files and from what was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from bot.clocks import SystemClock
from bot.manners import manners_of
from bot.rules import calendar_of
from bot.settings.database import FILE
from knowledge.community.neighbourhood import Neighbourhood
from knowledge.community.planner import Done, plan
from knowledge.community.zone import local

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.invocation import Invocation
    from knowledge.community.notice import Notice
    from knowledge.community.planner import Planned

MEMORY = timedelta(days=400)
"""How far back the series remember."""


def now_of(invocation: Invocation) -> datetime:
    """Return `--now`, else the machine's time, in the neighbourhood's zone."""
    return local(invocation.now or SystemClock().now())


def outlook(
    invocation: Invocation, notices: Sequence[Notice], start: datetime, end: datetime
) -> list[Planned]:
    """Plan [start, end) without jitter.

    In a folder that has run, the plan goes on from what was sent, and the time between now and
    `start` is counted too; in a fresh one it begins at `start` with the roster's files.
    """
    begin = start
    hood: Neighbourhood | None = None
    done: list[Done] = []
    if (invocation.folder() / FILE).exists():
        begin = min(start, now_of(invocation))
        hood, done = _lived(invocation, begin)
    found = plan(
        notices,
        hood or _fresh(invocation.folder()),
        begin,
        end,
        calendar=calendar_of(invocation.settings()),
        manners=replace(manners_of(invocation.settings()), jitter_minutes=0),
        done=done,
    )
    return [one for one in found if one.planned >= start]


def _lived(invocation: Invocation, before: datetime) -> tuple[Neighbourhood | None, list[Done]]:
    """Return the roster in use (None: not imported yet) and what was planned before a moment."""
    from bot.records import records
    from handlers.actions.notices import recorded
    from knowledge.store.roster import load_neighbourhood

    with records(invocation) as session:
        rows = recorded(session, before - MEMORY)
        done = [Done(*row) for row in rows if row[1] < before]
        hood = load_neighbourhood(session)
        return hood if hood.places else None, done


def _fresh(folder: Path) -> Neighbourhood:
    from knowledge.community.roster import read_roster

    if not (folder / "roster").is_dir():
        return Neighbourhood()
    roster, problems = read_roster(folder / "roster")
    if roster is None:
        lines = (f"  {problem}" for problem in problems if problem.level == "error")
        raise click.ClickException("花名册有错，不知道发给谁：\n" + "\n".join(lines))
    return Neighbourhood.from_roster(roster)
