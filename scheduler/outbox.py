"""The sender: an outlet for every channel, so that a slow one holds up no other."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from scheduler.outlet import Outlet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.messages import Channel, Clock
    from knowledge.store.database import Database


AHEAD = timedelta(milliseconds=100)
"""How long before its window opens a message is claimed: the commit costs no time of the window."""


class Sender:
    """Sends what the outbox holds; any number of times, each message once.

    `landed` is called with a channel's name when a receipt has come in and wants another `step`.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        clock: Clock,
        landed: Callable[[str], None] = lambda _: None,
    ) -> None:
        order = tuple(name for name, one in channels.items() if one.capabilities.pushes)
        self._outlets = {
            name: Outlet(database, channel, clock, partial(landed, name), order)
            for name, channel in channels.items()
        }

    async def recover(self) -> None:
        """Send for every channel from now on, and settle what a dead process left half sent."""
        for outlet in self._outlets.values():
            await outlet.begin()

    def reigns(self, name: str) -> bool:
        """Whether this process sends for the channel, as far as it knows."""
        return self._outlets[name].reigns

    async def begin(self, name: str) -> None:
        """Send for one channel from now on; whoever did so before sends nothing more."""
        await self._outlets[name].begin()

    async def run_due(self) -> int:
        """Send everything whose moment has come and wait for it; return how many were tried."""
        return sum(await asyncio.gather(*(one.run() for one in self._outlets.values())))

    async def step(self, name: str) -> datetime | None:
        """Start what may be sent on one channel now or in a moment, and wait for none of it.

        Returns when the next message may start there, windows included.
        """
        return (await self._outlets[name].step(AHEAD)).due

    async def finish(self, seconds: float) -> None:
        """Let what is in the air land, and start nothing more."""
        await asyncio.gather(*(one.finish(seconds) for one in self._outlets.values()))

    def next_due(self, session: Session) -> datetime | None:
        """Return when the next message may be sent on any channel, windows included."""
        moments = [one.next_due(session) for one in self._outlets.values()]
        return min((moment for moment in moments if moment is not None), default=None)
