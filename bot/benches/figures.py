"""A leader's desk and the month's report over 100,000 tickets."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, TypeVar

from bot.benches.archive import fill
from bot.benches.stage import demo_hood
from bot.web.tasks import sections
from handlers.reporting.books import Place
from handlers.reporting.monthly import monthly_report
from handlers.work import Rules, Work
from knowledge.community.calendar import WorkCalendar
from knowledge.community.hours import Hours
from knowledge.community.month import Month
from knowledge.store import migrate
from knowledge.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from knowledge.community.neighbourhood import Neighbourhood

T = TypeVar("T")

TICKETS = 100_000
MONTH = Month(2026, 11)
TURNS = 3
YEAR = 365


def measure() -> dict[str, Any]:
    """Return milliseconds for tickets of one year, and for the same number in a single month."""
    return {
        "tickets": TICKETS,
        "in_a_year": _measured(YEAR),
        "all_in_the_month": _measured(MONTH.days),
    }


def _measured(days: int) -> dict[str, Any]:
    hood = demo_hood()
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as scratch:
        database = Database(f"sqlite:///{Path(scratch) / 'linli.db'}", durable=False)
        migrate.prepare(database.engine)
        with database.transaction() as session:
            fill(session, hood, TICKETS, MONTH.end, days)
        place = Place(hood, WorkCalendar(), Hours())
        desks = [_desk(database, hood, person) for person in _leaders(hood)]
        counted, month = _timed(database, lambda session: monthly_report(session, MONTH, place))
        database.close()
    return {
        "desk_ms_median": round(median(desks)),
        "desk_ms_worst": round(max(desks)),
        "report_ms": round(month),
        "report_filed": counted.figures[0].count,
    }


def _leaders(hood: Neighbourhood) -> list[str]:
    """Everybody whom a bench's ticket can belong to."""
    rungs = (hood.responsible(place) for place in hood.places)
    return sorted({rung.person for rung in rungs if rung is not None and rung.person})


def _desk(database: Database, hood: Neighbourhood, person: str) -> float:
    def look(session: Session) -> object:
        return sections(_work(session, hood), person)

    return _timed(database, look)[1]


def _work(session: Session, hood: Neighbourhood) -> Work:
    return Work(
        session=session,
        now=MONTH.end,
        hood=hood,
        faq=None,  # type: ignore[arg-type]  # a desk asks no knowledge
        rules=Rules(),
        chance=random.Random(1),  # noqa: S311 -- not used.
        cause="bench",
        expect=lambda _chat, _who, _until: None,
    )


def _timed(database: Database, look: Callable[[Session], T]) -> tuple[T, float]:
    """The result of looking, and the median of its milliseconds."""
    turns = [_once(database, look) for _ in range(TURNS)]
    return turns[0][0], median(spent for _, spent in turns)


def _once(database: Database, look: Callable[[Session], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    with database.view() as session:
        return look(session), (time.perf_counter() - begun) * 1000
