"""Work that is done whenever somebody says that there may be some."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from knowledge.files.logbook import Logbook
from knowledge.store.troubles import is_away, is_busy

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = Logbook()


class Round:
    """Serves once for any number of wakings; a fault ends one round, never the service."""

    def __init__(self, serve: Callable[[], Awaitable[object]]) -> None:
        self._serve = serve
        self._woken = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Serve from now on."""
        self._task = asyncio.create_task(self._go())

    def wake(self) -> None:
        """Say that there may be something to do."""
        self._woken.set()

    def wake_in(self, seconds: float) -> None:
        """Say that there will be something to do."""
        asyncio.get_running_loop().call_later(seconds, self._woken.set)

    async def stop(self, seconds: float) -> None:
        """Let the round in hand end, for so long at most."""
        self._stopping = True
        self._woken.set()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=seconds)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _go(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            if self._stopping:
                return
            try:
                await self._serve()
            except Exception as fault:  # an edge: the next waking tries again.
                if is_busy(fault):
                    self.wake()
                elif not is_away(fault):  # that is said once, by the database
                    log.exception("A round failed.", action="app.round_failed", exc_info=fault)
