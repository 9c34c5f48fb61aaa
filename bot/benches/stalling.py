"""How long the loop stands still under load: the road, with an FAQ reload and a wide notice in it."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from typing import TYPE_CHECKING

from bot.benches.groups import Turn, neighbourhood, talk, warm_up
from bot.benches.push import add_groups
from bot.stalls import Stalls
from handlers.actions.notices.sending import send_now

if TYPE_CHECKING:
    from bot.app import App

GROUPS = 1_000
"""Groups beside those that talk, all of which get the notice."""
NOTICE = "fire-bedtime"
TICK = 0.005
"""Seconds between two looks at the loop."""


async def longest_stalls() -> tuple[float, float]:
    """Return the longest stall in seconds, ours and that of a process which does nothing meanwhile.

    All groups talk, the FAQ changes, and a notice goes out. What an idle process feels is the machine.
    """
    async with neighbourhood() as (app, say):
        await app.database.write(lambda session: add_groups(session, GROUPS, "web"))
        await app.refresh()
        await warm_up(say)
        command = (sys.executable, "-m", "bot.benches.stalling")
        idle = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        if idle.stdout:
            await idle.stdout.readline()  # it watches: what it needs for that was slow to load
        stalls = Stalls(TICK)
        watching = asyncio.create_task(stalls.watch())
        talking = asyncio.create_task(talk(say, Turn()))
        await _disturb(app)
        await talking
        watching.cancel()
        told, _ = await idle.communicate(b"")
    return stalls.longest(), float(told)


async def _do_nothing() -> None:
    """Watch a loop of its own until the input ends, then tell its longest stall."""
    stalls = Stalls(TICK)
    watching = asyncio.create_task(stalls.watch())
    print(flush=True)  # noqa: T201 -- to the process that has started this one.
    await asyncio.to_thread(sys.stdin.read)
    watching.cancel()
    sys.stdout.write(str(stalls.longest()))


async def _disturb(app: App) -> None:
    """An editor saves the FAQ, the office sends a notice to every group."""
    path = min((app.folder / "faq").glob("*.md"))
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    (notice,) = (one for one in app.papers.notices if one.id == NOTICE)
    await asyncio.gather(app.refresh(), app.act("stalling", lambda work: send_now(work, notice)))


if __name__ == "__main__":
    asyncio.run(_do_nothing())
