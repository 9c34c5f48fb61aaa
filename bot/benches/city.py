"""A day of a district: generated, then replayed at speed through the real application."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text

from bot.benches.district import District
from bot.benches.sizing import Cost, sizes
from bot.benches.stage import Silent, running_app
from bot.clocks import VirtualClock
from handlers.actions.notices.sending import send_now
from handlers.messages import ChatRef, Event
from knowledge.community.days.zone import ZONE
from knowledge.store.base import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.app import App

RESIDENTS, GROUPS = 50_000, 500
SAMPLE = 20
"""Of so many messages one is really said, unless all of them are."""
MIDNIGHT = datetime(2026, 11, 23, 0, 0, tzinfo=ZONE)
NOTICE = "fire-bedtime"
AT_ONCE = 64
HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Account:
    """What one kind of work took: processor seconds, seconds, rows written and left standing."""

    app: App
    worked: float = 0.0
    seconds: float = 0.0
    rows: int = 0
    _begun: tuple[float, float, int] = field(default=(0.0, 0.0, 0))

    async def begin(self) -> None:
        """Begin to count."""
        rows = await self.app.look(_rows)
        self._begun = time.process_time(), time.perf_counter(), rows

    async def end(self) -> None:
        """Add what was done since `begin`."""
        worked, seconds, rows = self._begun
        self.worked += time.process_time() - worked
        self.seconds += time.perf_counter() - seconds
        self.rows += await self.app.look(_rows) - rows


def measure(
    *, full: bool = False, url: str | None = None, residents: int = RESIDENTS, groups: int = GROUPS
) -> dict[str, Any]:
    """Return what a day costs, and on paper what a city needs; with `full` every message is said."""
    return asyncio.run(_measure(District(residents, groups), 1 if full else SAMPLE, url))


async def _measure(district: District, one_in: int, url: str | None) -> dict[str, Any]:
    clock = VirtualClock(MIDNIGHT)
    async with running_app(Silent(), clock=clock, furnish=district.settle, url=url) as app:
        before = await app.look(_size)
        talk, hours, notice = Account(app), Account(app), Account(app)
        said, numbers = 0, itertools.count()
        for _, messages in district.day(one_in):
            await talk.begin()
            await _hear(app, messages, numbers)
            await talk.end()
            said += len(messages)
            await hours.begin()
            await app.advance(HOUR)
            await hours.end()
            if clock.now().hour == 10:  # noqa: PLR2004 -- outside the quiet hours.
                await notice.begin()
                await _tell_all(app)
                await notice.end()
        grown = await app.look(_size) - before
        rows = talk.rows + hours.rows + notice.rows
    cost = Cost(
        message_us=talk.worked / said * 1e6,
        rows_a_message=talk.rows / said,
        rows_a_group=hours.rows / district.groups,
        bytes_a_row=grown / rows,
        send_us=notice.worked / district.groups * 1e6,
    )
    return {
        "residents": district.residents,
        "groups": district.groups,
        "said": said,
        "one_in": one_in,
        "database": "PostgreSQL" if url and not url.startswith("sqlite") else "SQLite",
        "messages_per_second": round(said / talk.seconds, 1),
        "messages_per_core_second": round(1e6 / cost.message_us, 1),
        "notice_seconds": round(notice.seconds, 2),
        "rows": rows,
        "megabytes": round(grown / 1e6, 1),
        **cost.rounded(),
        "sizes": sizes(cost),
    }


async def _hear(app: App, messages: list[tuple[int, str]], numbers: Iterator[int]) -> None:
    for first in range(0, len(messages), AT_ONCE):
        some = messages[first : first + AT_ONCE]
        await asyncio.gather(*(_say(app, group, words, next(numbers)) for group, words in some))
        await app.settle()


async def _say(app: App, group: int, words: str, number: int) -> None:
    chat = ChatRef("web", f"g-{group}")
    called = words.startswith("小助手")
    now = app.clock.now()
    await app.hear(
        Event("web", f"m{number}", chat, f"r{number}", now, text=words, addressed=called)
    )


async def _tell_all(app: App) -> None:
    (notice,) = (one for one in app.papers.notices if one.id == NOTICE)
    await app.act("city", lambda work: send_now(work, notice))
    await app.settle()


def _rows(session: Session) -> int:
    tables = Model.metadata.sorted_tables
    return sum(session.scalar(select(func.count()).select_from(one)) or 0 for one in tables)


def _size(session: Session) -> int:
    """Bytes of the database."""
    if session.get_bind().dialect.name == "postgresql":
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    pages, size = (session.scalar(text(f"PRAGMA page_{what}")) for what in ("count", "size"))
    return int(pages or 0) * int(size or 0)
