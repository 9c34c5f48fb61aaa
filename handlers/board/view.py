"""A board as one viewer sees it: every number with the name of the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.tickets.recording import hours
from handlers.board import beside, standing
from handlers.board.charts import below, charts, heat, heat_told, hot_spots
from handlers.board.cohort import DAYS, RATES, Cohort, Share, since
from knowledge.community.promised import Promises

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.board.beside import Answers, Notices
    from handlers.board.charts import Below, Cell, Chart
    from handlers.board.scope import Scope
    from handlers.work import Work
    from knowledge.store.rows.findings import FindingRow
    from knowledge.store.tally import Tally

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


def board_of(work: Work, tally: Tally, scope: Scope, days: int) -> Board:
    """Count everything at this moment; silence counts as unanswered, never as content."""
    start, session = since(work.now, days), work.session
    stands = standing.standing(session, scope, work.now)
    ended = standing.ended_today(session, scope, work.now)
    with tally.open(session, since(work.now, DAYS[-1]), _promises(work)) as rows:
        filed_today = Cohort(rows, scope, since(work.now, 1), work.now).counts()["filed"]
        cohort = Cohort(rows, scope, start, work.now)
        counts, places = cohort.counts(), cohort.by_place()
        dates = [start.date() + timedelta(days=day) for day in range(days)]
        pictures = charts(cohort, dates, () if scope.fine else hot_spots(work.hood, places))
        cells = heat(cohort)
    late = sum(one.overdue for one in stands)
    return Board(
        scope=scope,
        days=days,
        now=work.now,
        today=(
            Figure("filed_today", filed_today),
            Figure(standing.ENDED_TODAY, len(ended)),
            Figure("open", sum(one.unfinished for one in stands)),
            Figure("unconfirmed", sum(one.unconfirmed for one in stands)),
            Figure("overdue", late, warning=late > 0),
        ),
        filed=counts["filed"],
        redone=counts["redone"],
        missed=counts["in_time-missed"],
        rates=tuple(_share(key, counts) for key in RATES),
        charts=tuple(one for one in pictures if one.bars),
        heat=cells,
        heat_told=heat_told(cells),
        below=below(scope, work.hood, places, stands),
        answers=beside.answers(session, start, work.now),
        notices=beside.notices(session, scope, work.hood, start, work.now),
        findings=tuple(beside.findings(session, scope)),
    )


def numbers_of(work: Work, tally: Tally, scope: Scope, days: int, key: str) -> list[int]:
    """The numbers of the tickets behind one figure of a board; none for an unknown figure."""
    if key in standing.parts(work.now):
        return standing.standing_numbers(work.session, scope, work.now, key)
    if key == standing.ENDED_TODAY:
        return standing.ended_today(work.session, scope, work.now)
    if key == "filed_today":
        key, days = "filed", 1
    with tally.open(work.session, since(work.now, DAYS[-1]), _promises(work)) as rows:
        cohort = Cohort(rows, scope, since(work.now, days), work.now)
        return cohort.numbers(key) or []


def _promises(work: Work) -> Promises:
    return Promises(work.calendar, hours(work))


def _share(key: str, counts: dict[str, int]) -> Share:
    apart = counts[f"{key}-apart"] if key in APART else None
    return Share(key, counts[f"{key}-above"], counts[f"{key}-below"], apart)
