"""The heartbeat: APScheduler calls us every second; dates themselves live in rows."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from knowledge.community.zone import ZONE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

BEAT_SECONDS = 1


class Heartbeat:
    """Calls `pulse` every second; a beat that is late or still running is simply left out."""

    def __init__(self, pulse: Callable[[], Awaitable[None]]) -> None:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a beat left out is no news
        self._pulse = pulse
        self._beating = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone=ZONE)
        self._scheduler.add_job(
            self._beat,
            "interval",
            seconds=BEAT_SECONDS,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin to beat."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Let a running beat end, then stop; what was due stays due in its row."""
        self._scheduler.pause()
        async with self._beating:
            self._scheduler.shutdown(wait=False)

    async def _beat(self) -> None:
        async with self._beating:
            await self._pulse()
