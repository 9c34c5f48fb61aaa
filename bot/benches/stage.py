"""A demo neighbourhood to measure in: in a temporary folder, with the real application."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from contextlib import asynccontextmanager
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import App
from bot.base import Base
from bot.clocks import VirtualClock
from bot.config import read_settings
from bot.pack import copy_pack
from bot.process import settle_down
from bot.stocking import stock
from handlers.messages import Capabilities, Outcome, Receipt
from knowledge.community.days.zone import ZONE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.roster.roster import read_roster
from knowledge.faq.sheet import read_entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from handlers.messages import Event, Outgoing
    from knowledge.faq.entry import Entry
    from scheduler.timeline import MovableClock

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


def demo_hood() -> Neighbourhood:
    """Return the shipped demo community."""
    with as_file(files("knowledge.pack")) as pack:
        roster, problems = read_roster(Path(pack) / "roster")
    if roster is None:
        raise RuntimeError(problems)
    return Neighbourhood.from_roster(roster)


def shipped_entries() -> tuple[Entry, ...]:
    """Return the questions and answers that are shipped."""
    with as_file(files("knowledge.pack")) as pack:
        return tuple(read_entries(Path(pack) / "faq")[0])


class Silent:
    """A channel without a network: whatever is sent has arrived, at the moment in `arrived`."""

    name = "web"
    capabilities = Capabilities(
        hears="all",
        pushes=True,
        buttons=8,
        edits=False,
        images=True,
        text_bytes=4096,
        idempotent=True,
    )

    def __init__(self) -> None:
        self.arrived: dict[str, float] = {}
        self._awaited: tuple[int, asyncio.Event] = (0, asyncio.Event())

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Nothing listens by itself."""

    async def reached(self, chats: int) -> None:
        """Wait until that many chats have heard something."""
        self._awaited = (chats, asyncio.Event())
        if len(self.arrived) < chats:
            await self._awaited[1].wait()

    async def stop(self) -> None:
        """Nothing to let go."""

    async def send(self, out: Outgoing) -> Receipt:
        """Take it, and note when the first message reached its chat."""
        self.arrived.setdefault(out.chat.id, time.perf_counter())
        if len(self.arrived) >= self._awaited[0]:
            self._awaited[1].set()
        return Receipt(Outcome.SENT, reference=out.key)


@asynccontextmanager
async def running_app(
    channel: Silent,
    make: type[App] = App,
    clock: MovableClock | None = None,
    *,
    furnish: Callable[[Path], object] = lambda _folder: None,
    url: str | None = None,
) -> AsyncIterator[App]:
    """Yield the real application on a real SQLite file, serving; without a clock time stands.

    `furnish` may change the data folder first; `url` is that of an empty database.
    """
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as scratch:
        folder = Path(scratch) / "data"
        copy_pack(folder)
        furnish(folder)
        settings, problems = read_settings(folder)
        if settings is None:
            raise RuntimeError(problems)
        url = url or f"sqlite:///{folder / 'linli.db'}"
        chance = random.Random(1)  # noqa: S311 -- the same run every time.
        base = Base(folder, settings, clock or VirtualClock(MONDAY), chance, url)
        app = make(base, (channel,))
        await app.open()
        await stock(app)
        await app.start()
        settle_down()
        try:
            yield app
        finally:
            await app.stop()
