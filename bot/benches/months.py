"""How long the month's report takes to be made of 100,000 tickets: the pages keep what was made."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bot.benches.archive import fill
from bot.benches.stage import demo_hood
from bot.process import settle_down
from handlers.reporting.books import Place
from handlers.reporting.monthly import monthly_report
from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.hours import Hours
from knowledge.community.days.month import Month
from knowledge.store import migrate
from knowledge.store.database import Database

if TYPE_CHECKING:
    from knowledge.community.hood.neighbourhood import Neighbourhood

TICKETS = 100_000
MONTH = Month(2026, 11)
TURNS = 3
YEAR = 365


def made() -> dict[str, int]:
    """Return milliseconds for one month of a year's tickets, and for all of them in that month."""
    hood = demo_hood()
    settle_down()
    return {"of_a_year": _made(hood, YEAR), "all_in_the_month": _made(hood, MONTH.days)}


def _made(hood: Neighbourhood, days: int) -> int:
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as scratch:
        database = Database(f"sqlite:///{Path(scratch) / 'linli.db'}", durable=False)
        migrate.prepare(database.engine)
        with database.transaction() as session:
            fill(session, hood, TICKETS, MONTH.end, days)
        place = Place(hood, WorkCalendar(), Hours())
        spent = median(_once(database, place) for _ in range(TURNS))
        database.close()
    return round(spent)


def _once(database: Database, place: Place) -> float:
    begun = time.perf_counter()
    with database.view() as session:
        monthly_report(session, MONTH, place)
    return (time.perf_counter() - begun) * 1000
