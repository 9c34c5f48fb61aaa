"""What the notices will send in the days to come, told from the files and from what was sent."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.clocks import SystemClock
from bot.manners import manners_of
from bot.terminal.hood import has_run, hood_of_files
from knowledge.community.days.zone import local
from knowledge.community.notices.grounds import resting
from knowledge.community.notices.notice_folder import read_notices
from knowledge.community.notices.planner import plan
from knowledge.faq.sheet import read_entries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.terminal.invocation import Invocation
    from knowledge.community.days.calendar import WorkCalendar
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.planner import Done, Planned
    from knowledge.files.problem import Problem


def now_of(invocation: Invocation) -> datetime:
    """Return `--now`, else the machine's time, in the neighbourhood's zone."""
    return local(invocation.now or SystemClock().now())


def usable_notices(folder: Path) -> tuple[tuple[Notice, ...], tuple[Problem, ...]]:
    """Return the notices as they may be sent, with the entries on which they rest, and findings."""
    found, problems = read_notices(folder / "notices")
    facts = {entry.id: entry for entry in read_entries(folder / "faq")[0]}
    return resting(found, facts), problems


def outlook(
    invocation: Invocation,
    notices: Sequence[Notice],
    start: datetime,
    end: datetime,
    calendar: WorkCalendar,
) -> list[Planned]:
    """Plan [start, end) without jitter; `calendar` then knows which years it could not tell.

    Where a roster was taken in, the plan goes on from what was sent by now, by hand too, and the time
    between now and `start` is counted; in a fresh one it begins at `start` with the roster's files.
    """
    now = now_of(invocation)
    lived = has_run(invocation.folder(), invocation.settings())
    if not lived:
        begins = [start]
    elif start < now < end:
        begins = [start, now]
    else:
        begins = [min(start, now)]
    return [
        one
        for begin, until in pairwise((*begins, end))
        for one in _from(invocation, notices, begin, until, calendar, lived=lived)
        if one.planned >= start
    ]


def _from(
    invocation: Invocation,
    notices: Sequence[Notice],
    begin: datetime,
    end: datetime,
    calendar: WorkCalendar,
    *,
    lived: bool,
) -> list[Planned]:
    """Plan [begin, end) on what was decided before it begins, where it has `lived`."""
    done: list[Done] = []
    wanted: dict[str, int] = {}
    if lived:
        hood, done, wanted = _lived(invocation, begin)
    else:
        hood = hood_of_files(invocation.folder())
    return plan(
        notices,
        hood,
        begin,
        end,
        calendar=calendar,
        manners=replace(manners_of(invocation.settings()), jitter_minutes=0, paces=wanted),
        done=done,
    )


def _lived(
    invocation: Invocation, before: datetime
) -> tuple[Neighbourhood, list[Done], dict[str, int]]:
    """Return the roster in use, what was planned before, and the paces."""
    from bot.terminal.records import records
    from handlers.actions.notices.paces import paces
    from handlers.actions.notices.sending import recorded
    from knowledge.store.roster import load_neighbourhood

    with records(invocation, reading=True) as session:
        done = [one for one in recorded(session, before) if one.planned < before]
        return load_neighbourhood(session), done, paces(session)
