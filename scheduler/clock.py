"""The heartbeat: APScheduler calls us every second; dates themselves live in rows."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from knowledge.community.days.zone import ZONE
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import ModuleType

    from apscheduler.job import Job
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

BEAT_SECONDS = 1
SILENT = 5.0
"""Seconds after which a heart that stands still is pushed."""

log = Logbook()


class Heartbeat:
    """Calls `pulse` every second; a beat that is late or still running is simply left out.

    APScheduler is read beside the loop once the first second is over: no answer waits for it.
    """

    def __init__(self, pulse: Callable[[], Awaitable[None]]) -> None:
        self._pulse = pulse
        self._beating = asyncio.Lock()
        self._begun: asyncio.Task[AsyncIOScheduler] | None = None
        self._minding: asyncio.Task[None] | None = None
        self._beaten = time.monotonic()

    def start(self) -> None:
        """Begin to beat, a second from now."""
        self._begun = asyncio.create_task(self._begin())

    async def stop(self) -> None:
        """Let a running beat end, then stop; what was due stays due in its row."""
        if self._begun is None or self._begun.cancel() or self._begun.cancelled():
            return
        scheduler = self._begun.result()
        if self._minding is not None:
            self._minding.cancel()
        scheduler.pause()
        async with self._beating:
            scheduler.shutdown(wait=False)

    async def _begin(self) -> AsyncIOScheduler:
        await asyncio.sleep(BEAT_SECONDS)
        while (library := await self._library()) is None:  # noqa: ASYNC110 -- nobody tells when.
            await asyncio.sleep(BEAT_SECONDS)
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a beat left out is no news
        scheduler: AsyncIOScheduler = library.AsyncIOScheduler(timezone=ZONE)
        job = scheduler.add_job(
            self._beat,
            "interval",
            seconds=BEAT_SECONDS,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=datetime.now(ZONE),  # noqa: TID251 -- at once, by the library's own clock.
        )
        scheduler.start()
        self._minding = asyncio.create_task(self._mind(job))
        return scheduler

    async def _mind(self, job: Job) -> None:
        """Go on where the wall clock was put back: the library would wait for the old hour."""
        while True:
            await asyncio.sleep(SILENT)
            last = self._beaten
            if self._still():
                await asyncio.sleep(BEAT_SECONDS)  # where all stood still, the beat is only late
            if self._still() and self._beaten == last:
                log.warning("The clock was put back.", action="clock.pushed")
                job.modify(next_run_time=datetime.now(ZONE))  # noqa: TID251 -- the library's own clock.

    def _still(self) -> bool:
        """Whether no beat has begun lately and none is running."""
        return time.monotonic() - self._beaten > SILENT and not self._beating.locked()

    async def _library(self) -> ModuleType | None:
        """Read APScheduler; None where that fails, as it may on a machine without a file to spare."""
        try:
            return await asyncio.to_thread(import_module, "apscheduler.schedulers.asyncio")
        except Exception as fault:  # an edge: no deadline is kept until it succeeds.
            log.exception("No heartbeat.", action="clock.unread", exc_info=fault)
            return None

    async def _beat(self) -> None:
        async with self._beating:
            self._beaten = time.monotonic()
            await self._pulse()
