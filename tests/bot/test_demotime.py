"""A demo that was run ahead goes on there after a restart, however long it ran meanwhile."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.clocks import SystemClock
from bot.demotime import go_on, remember
from knowledge.store.stamps import mark, set_mark
from tests.bot.web.stage import PACK, on_stage

if TYPE_CHECKING:
    from pathlib import Path

HOUR, WHILE = timedelta(hours=1), timedelta(minutes=20)


async def test_time_does_not_run_back_to_the_last_jump(tmp_path: Path) -> None:
    machine = SystemClock()
    async with on_stage(tmp_path, at=machine.now(), pack=PACK) as stage:
        await stage.app.advance(HOUR)
        ahead = await stage.app.look(lambda session: mark(session, "advanced_by"))
        assert ahead is not None
        assert abs(float(ahead) - HOUR.total_seconds()) < WHILE.total_seconds()

        clock = SystemClock()
        await stage.app.look(partial(go_on, clock=clock))
        assert clock.now() - machine.now() > HOUR - WHILE

        jumped = machine.now() + HOUR - WHILE  # as if that had been 20 minutes ago
        await stage.app.act("jump", lambda work: remember(work.session, jumped + WHILE))
        await stage.app.act("then", lambda work: set_mark(work.session, "advanced_to", f"{jumped}"))
        clock = SystemClock()
        await stage.app.look(partial(go_on, clock=clock))
        assert clock.now() >= jumped + WHILE


async def test_a_demo_that_was_never_run_ahead_keeps_the_machines_time(tmp_path: Path) -> None:
    async with on_stage(tmp_path, pack=PACK) as stage:
        clock = SystemClock()
        await stage.app.look(partial(go_on, clock=clock))
        assert clock.shift == timedelta()
