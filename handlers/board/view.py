"""A board as one viewer sees it: every number with the name of the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from handlers.actions.tickets.recording import hours
from handlers.board import beside
from handlers.board.charts import below, charts, heat, heat_told, hot_spots
from handlers.board.cohort import DAYS, RATES, Cohort, Numbers, Share, since, summed
from handlers.board.ending import ENDED_TODAY, ended_today
from knowledge.community.tickets.promised import Promises

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection

    from handlers.board.beside import Answers, Notices
    from handlers.board.charts import Below, Cell, Chart
    from handlers.reporting.scope import Scope
    from handlers.work import Work
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.store.rows.findings import FindingRow
    from knowledge.store.tally import Tally

FILED_TODAY = "filed_today"
APART = frozenset({"solved", "content"})
"""Rates beside which the silent are counted apart."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; `key` = the rows behind it."""

    key: str
    count: int
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """All that a page shows; `today` is of this moment, everything else of the last `days`."""

    scope: Scope
    days: int
    now: datetime
    today: tuple[Figure, ...]
    filed: int
    redone: int
    missed: int
    rates: tuple[Share, ...]
    charts: tuple[Chart, ...]
    heat: tuple[tuple[Cell, ...], ...]
    heat_told: str
    below: tuple[Below, ...]
    answers: Answers
    notices: Notices
    findings: tuple[FindingRow, ...]


class Counted(NamedTuple):
    """What the rows of a board say, all at one moment."""

    figures: Mapping[str, int]
    today: int
    charts: tuple[Chart, ...]
    heat: tuple[tuple[Cell, ...], ...]
    below: tuple[Below, ...]


def board_of(work: Work, tally: Tally, scope: Scope, days: int) -> Board:
    """Count everything at this moment; silence counts as unanswered, never as content."""
    start, session, now = since(work.now, days), work.session, work.now
    with _open(work, tally) as rows:
        cohort = Cohort(rows, scope, now, start)
        key = (work.hood, scope, days)
        found = tally.counted(rows, key, now, lambda: _count(cohort, work.hood, days))
    counts = found.figures
    return Board(
        scope=scope,
        days=days,
        now=now,
        today=(
            Figure(FILED_TODAY, found.today),
            Figure(ENDED_TODAY, len(ended_today(session, scope, now))),
            Figure("open", counts["open"]),
            Figure("unconfirmed", counts["unconfirmed"]),
            Figure("overdue", counts["overdue"], warning=counts["overdue"] > 0),
        ),
        filed=counts["filed"],
        redone=counts["redone"],
        missed=counts["in_time-missed"],
        rates=tuple(_share(key, counts) for key in RATES),
        charts=found.charts,
        heat=found.heat,
        heat_told=heat_told(found.heat),
        below=found.below,
        answers=beside.answers(session, start, now),
        notices=beside.notices(session, scope, work.hood, start, now),
        findings=tuple(beside.findings(session, scope)),
    )


def _count(cohort: Cohort, hood: Neighbourhood, days: int) -> Counted:
    places, by_hour, matters = cohort.by_place(), cohort.by_hour(), cohort.by_matter()
    today = cohort.now.date()
    dates = [cohort.start.date() + timedelta(days=day) for day in range(days)]
    hot = () if cohort.scope.fine else hot_spots(hood, places)
    return Counted(
        figures=summed(places),
        today=sum(filed for at, (filed, _) in by_hour.items() if at.date() == today),
        charts=tuple(one for one in charts(by_hour, matters, dates, hot) if one.bars),
        heat=heat(by_hour),
        below=below(cohort.scope, hood, places),
    )


class Leaf(NamedTuple):
    """Which part of a long list is read: what was passed over, and how many are listed at once."""

    begin: int
    most: int


def numbers_of(
    work: Work, tally: Tally, scope: Scope, days: int, key: str, *, leaf: Leaf
) -> Numbers:
    """The tickets behind one figure of a board, the newest first; none for an unknown figure."""
    if key == ENDED_TODAY:
        ended = ended_today(work.session, scope, work.now)[::-1]
        return Numbers(len(ended), ended[leaf.begin : leaf.begin + leaf.most])
    start = since(work.now, 1 if key == FILED_TODAY else days)
    with _open(work, tally) as rows:
        cohort = Cohort(rows, scope, work.now, start)
        return cohort.numbers("filed" if key == FILED_TODAY else key, *leaf)


def prepare(work: Work, tally: Tally) -> None:
    """Fold what a board counts, so that the first look at one does not wait for it."""
    with _open(work, tally):
        pass


def _open(work: Work, tally: Tally) -> AbstractContextManager[Connection]:
    promises = Promises(work.calendar, hours(work))
    return tally.open(work.session, since(work.now, DAYS[-1]), promises)


def _share(key: str, counts: Mapping[str, int]) -> Share:
    apart = counts[f"{key}-apart"] if key in APART else None
    return Share(key, counts[f"{key}-above"], counts[f"{key}-below"], apart)
