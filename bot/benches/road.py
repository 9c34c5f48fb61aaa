"""The whole road in 64 groups: chatter, questions, reports; durable, beside a usual bot."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from statistics import median
from typing import TYPE_CHECKING, Any

from bot.benches import usual_bot
from bot.benches.groups import CHATS, EACH, Turn, neighbourhood, talk, warm_up
from bot.benches.stalling import longest_stalls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.benches.groups import Say

TURNS = 3


def measure(*, quick: bool = False) -> dict[str, Any]:
    """Return messages a second and the p99 of the road, medians of `TURNS`; with `quick` of one.

    Ours and the peer take turns in one run; a message is done with when its reply was committed
    and handed to the channel, or when it was found to need none.
    """
    ours: list[Turn] = []
    peers: list[Turn] = []
    for _ in range(1 if quick else TURNS):
        ours.append(ours_alone())
        if usual_bot.installed():
            peers.append(asyncio.run(_run(usual_bot.usual_bot)))
    figures: dict[str, Any] = {"messages": CHATS * EACH, "chats": CHATS, **_figures(ours)}
    stall, idle = asyncio.run(longest_stalls())
    figures["longest_stall_ms"] = round(stall * 1000, 1)
    figures["stall_of_an_idle_process_ms"] = round(idle * 1000, 1)
    if peers:
        peer = _figures(peers)
        figures["peer"] = {"name": "a usual aiogram bot", **peer}
        figures["times_the_peer"] = round(figures["per_second"] / peer["per_second"], 1)
        figures["cpu_of_the_peer"] = round(figures["cpu_us"] / peer["cpu_us"], 4)
        figures["p99_of_the_peer"] = round(figures["p99_ms"] / peer["p99_ms"], 4)
    return figures


def ours_alone() -> Turn:
    """Return one run without the peer."""
    return asyncio.run(_run(_ours))


def _figures(turns: list[Turn]) -> dict[str, float]:
    return {
        "per_second": round(median(turn.per_second for turn in turns), 1),
        "p99_ms": round(median(turn.p99_ms for turn in turns), 1),
        "cpu_us": round(median(turn.cpu_us for turn in turns), 1),
    }


async def _run(bot: Callable[[], Any]) -> Turn:
    turn = Turn()
    async with bot() as say:
        await warm_up(say)
        await talk(say, turn)
    return turn


@asynccontextmanager
async def _ours() -> AsyncIterator[Say]:
    async with neighbourhood() as (_, say):
        yield say
