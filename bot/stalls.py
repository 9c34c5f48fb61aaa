"""How long the event loop was held up: what a resident would feel as a pause."""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic

TICK = 0.1
"""Seconds between two looks."""
KEPT = 300.0
"""Seconds for which a stall is remembered."""


class Stalls:
    """Watches the loop it runs on; `longest` tells the longest stall of the last five minutes."""

    def __init__(self, tick: float = TICK) -> None:
        self._tick = tick
        self._seen: deque[tuple[float, float]] = deque()

    def longest(self, within: float = KEPT) -> float:
        """Return the longest of the last so many seconds, 0.0 before the first look."""
        since = monotonic() - within
        return max((late for at, late in self._seen if at >= since), default=0.0)

    async def watch(self) -> None:
        """Look until cancelled; only what is longer than all that came after it is kept."""
        while True:
            due = monotonic() + self._tick
            await asyncio.sleep(self._tick)
            self._note(monotonic(), monotonic() - due)

    def _note(self, now: float, late: float) -> None:
        while self._seen and self._seen[-1][1] <= late:
            self._seen.pop()
        self._seen.append((now, late))
        while self._seen[0][0] < now - KEPT:
            self._seen.popleft()
