"""Who reads messages gives way: however many come at once, the loop goes round in between."""

from __future__ import annotations

import asyncio
from time import perf_counter

LONGEST = 0.005
"""Seconds of reading before everything else that waits on the loop has its turn."""


class Breath:
    """Lets those who come read in their order, for `LONGEST` in one round of the loop."""

    def __init__(self) -> None:
        self._until: float | None = None

    async def turn(self) -> None:
        """Return when there is time left in this round; who came earlier goes first."""
        while self._until is not None and perf_counter() >= self._until:  # noqa: ASYNC110 -- for a round, not for an event.
            await asyncio.sleep(0)
        if self._until is None:
            self._until = perf_counter() + LONGEST
            asyncio.get_running_loop().call_soon(self._again)

    def _again(self) -> None:
        self._until = None
