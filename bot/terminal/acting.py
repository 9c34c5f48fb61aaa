"""A command that acts: the same actions as chat and pages, in one transaction."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.terminal.invocation import Invocation
    from handlers.work import Work

T = TypeVar("T")


def act(invocation: Invocation, cause: str, deed: Callable[[Work], T]) -> T:
    """Let a command act on the data folder's database; refusals come through.

    A running service notices what was changed within a second.
    """
    from bot.app import App
    from bot.base import Base
    from bot.clocks import SystemClock
    from bot.opening import pushing
    from bot.stocking import stock

    settings = invocation.settings()
    clock = SystemClock(invocation.now)
    url = settings.database.address(invocation.folder())
    app = App(Base(invocation.folder(), settings, clock, random.SystemRandom(), url))
    app.rules = replace(app.rules, channels=pushing(settings))  # the service sends, not the command

    async def acted() -> T:
        try:
            await app.open()
            await stock(app)
            return await app.act(cause, deed)
        finally:
            await app.stop()

    return asyncio.run(acted())
