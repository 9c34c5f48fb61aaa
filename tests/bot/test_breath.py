"""However many messages come at once, the loop goes round in between, and their order is kept."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

from bot.breath import LONGEST, Breath

READING = 0.002
"""Seconds that one message takes."""
MANY = 60


async def test_others_have_their_turn_while_many_read() -> None:
    breath, read = Breath(), list[int]()
    between = list[int]()

    async def hear(number: int) -> None:
        await breath.turn()
        time.sleep(READING)  # noqa: ASYNC251 -- reading is work that holds the loop.
        read.append(number)

    async def look() -> None:
        while len(read) < MANY:
            between.append(len(read))
            await asyncio.sleep(0)
        between.append(len(read))

    await asyncio.gather(look(), *(hear(number) for number in range(MANY)))

    assert read == list(range(MANY))
    at_once = [after - before for before, after in pairwise(between)]
    assert max(at_once) <= LONGEST / READING + 1


async def test_a_message_alone_does_not_wait() -> None:
    breath = Breath()
    for _ in range(3):
        await asyncio.sleep(0)
        turn = breath.turn()
        try:
            turn.send(None)
        except StopIteration:
            continue
        raise AssertionError("it gave way to nobody")
