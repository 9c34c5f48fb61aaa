"""Starting while the database cannot be had: waiting for it, and saying so."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot import supervision
from knowledge.files.logbook import Logbook
from knowledge.store.troubles import is_away, is_refused, why

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType
    from typing import Self

    from bot.front import Front

PAUSE = 1.0
"""Seconds between two tries; one that gets no answer ends by itself after five."""
LONGER = f"EXTEND_TIMEOUT_USEC={30_000_000}"
"""Tells the supervisor that the start goes on (sd_notify(3))."""
AWAITED = (
    "数据库连不上（{why}），先等着，它一好就接着启动。"
    "看看数据库开着没有，[database] url 写得对不对。"
)
BACK = "数据库连上了，接着启动。"

log = Logbook()


class Outage:
    """Tries again for as long as the database is away; whoever comes meanwhile is told."""

    def __init__(self, front: Front | None, stop: asyncio.Event) -> None:
        """`front` = where people and probes may ask, None for a role without pages."""
        self._front = front
        self._stop = stop
        self._ajar = AsyncExitStack()
        self._why = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self._ajar.aclose()

    async def outlast(self, prepare: Callable[[], Awaitable[None]]) -> bool:
        """Prepare until it works; False when we were told to stop before that.

        Raises:
            SQLAlchemyError: something that waiting does not mend.
        """
        while not self._stop.is_set():
            try:
                await prepare()
            except SQLAlchemyError as fault:
                if not is_away(fault) or is_refused(fault):
                    raise
                await self._wait(why(fault))
            else:
                if self._why:
                    log.info(BACK, action="database.back")
                return True
        return False

    async def _wait(self, reason: str) -> None:
        if not self._why:
            log.warning(AWAITED.format(why=reason), action="database.awaited", why=reason)
            if self._front is not None:
                await self._ajar.enter_async_context(self._front.standing_ajar(lambda: self._why))
        self._why = reason
        supervision.say(LONGER)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), PAUSE)
