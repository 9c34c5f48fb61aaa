"""Sending in a process: a round for every channel whose seat is ours."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from bot.roles.role import sending
from bot.roles.round import Round
from scheduler.clock import BEAT_SECONDS
from scheduler.outbox import AHEAD, Sender

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.messages import Channel, Clock
    from knowledge.store.database import Database
    from knowledge.store.seats import Seats

SHORTEST = 0.02
"""Seconds between two looks at the outbox, at the least."""


class Dispatch:
    """Wakes the sender; of several processes one sends for a channel and the others stand by."""

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], clock: Clock, seats: Seats
    ) -> None:
        self._clock = clock
        self._seats = seats
        self.sender = Sender(database, channels, clock, self._landed)
        self._rounds = {name: Round(partial(self._send_off, name)) for name in channels}

    def start(self) -> None:
        """Send from now on."""
        for one in self._rounds.values():
            one.start()

    def wake(self) -> None:
        """Say that there may be something to send."""
        for one in self._rounds.values():
            one.wake()

    async def stop(self, seconds: float) -> None:
        """Start nothing more and let what is in the air land."""
        await asyncio.gather(*(one.stop(seconds) for one in self._rounds.values()))
        await self.sender.finish(seconds)

    async def _send_off(self, name: str) -> None:
        """Send, and come back the moment a window opens: a heartbeat is too slow for 1 a second."""
        if not await self._is_ours(name):
            return
        due = await self.sender.step(name)
        delay = (due - AHEAD - self._clock.now()).total_seconds() if due else BEAT_SECONDS
        if delay < BEAT_SECONDS:
            self._rounds[name].wake_in(max(delay, SHORTEST))

    async def _is_ours(self, name: str) -> bool:
        seat = sending(name)
        if not self._seats.holds(seat) and not await asyncio.to_thread(self._seats.take, seat):
            return False
        if not self.sender.reigns(name):
            await self.sender.begin(name)
        return True

    def _landed(self, name: str) -> None:
        self._rounds[name].wake()
