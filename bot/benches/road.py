"""The whole road in 64 groups: chatter, questions, reports; durable, beside a usual bot."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from statistics import median
from typing import TYPE_CHECKING, Any

from bot.benches import usual_bot
from bot.benches.groups import CHATS, EACH, Turn, neighbourhood, talk, talk_at, warm_up
from bot.benches.stalling import longest_stalls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.benches.groups import Say

TURNS = 3


def measure(*, quick: bool = False) -> dict[str, Any]:
    """Return messages a second and the p99 of the road, medians of `TURNS`; with `quick` of one.

    Ours and the peer take turns in one run; a message is done with when its reply was committed
    and handed to the channel, or when it was found to need none. Each group speaks again as soon
    as it was heard: both are at their limit, and as ours takes chatter at once, all 64 groups
    wait for a reply all the time: there the p99 says once more how many replies a second there
    are. `paced` is the p99 of both at one pace: what the peer can do.
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
        figures["paced"] = _paced(peer["per_second"])
    return figures


def ours_alone() -> Turn:
    """Return one run without the peer."""
    return asyncio.run(_run(_ours))


def _paced(per_second: float) -> dict[str, float]:
    """Return the p99 of both where the same groups speak at this pace together."""
    bots = {"p99_ms": _ours, "peer_p99_ms": usual_bot.usual_bot}
    turns = {name: asyncio.run(_run(bot, per_second)) for name, bot in bots.items()}
    found = {name: round(turn.p99_ms, 1) for name, turn in turns.items()}
    ratio = round(found["p99_ms"] / found["peer_p99_ms"], 4)
    return {"per_second": per_second, **found, "p99_of_the_peer": ratio}


def _figures(turns: list[Turn]) -> dict[str, float]:
    return {
        "per_second": round(median(turn.per_second for turn in turns), 1),
        "p99_ms": round(median(turn.p99_ms for turn in turns), 1),
        "cpu_us": round(median(turn.cpu_us for turn in turns), 1),
    }


async def _run(bot: Callable[[], Any], per_second: float | None = None) -> Turn:
    """One run: as fast as it goes, or at a pace."""
    turn = Turn()
    async with bot() as say:
        await warm_up(say)
        await (talk_at(say, turn, per_second) if per_second else talk(say, turn))
    return turn


@asynccontextmanager
async def _ours() -> AsyncIterator[Say]:
    async with neighbourhood() as (_, say):
        yield say
