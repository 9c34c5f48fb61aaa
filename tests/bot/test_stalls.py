"""The watch over the event loop."""

from __future__ import annotations

import asyncio

from bot.stalls import Stalls


async def test_a_stall_of_the_loop_is_remembered() -> None:
    stalls = Stalls()
    watching = asyncio.create_task(stalls.watch())
    await asyncio.sleep(0)
    before = asyncio.get_running_loop().time()
    while asyncio.get_running_loop().time() < before + 0.3:  # what must never happen
        pass
    for _ in range(5):
        await asyncio.sleep(0)
    watching.cancel()

    assert stalls.longest() >= 0.15
