"""What the first look at a page would have to wait for, made ahead while nobody waits."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import aiohttp_jinja2

from bot.web.keys import TALLY
from handlers.board.view import prepare
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.application import Application

AFTER = 15.0
"""Seconds after the start: it takes nothing from the first answers."""

log = Logbook()


class Ahead:
    """Compiles the templates and folds the board's rows in the background, once.

    A page's template would be compiled on the loop, which stood still for up to 40 ms; the board
    of 100,000 tickets would keep its first reader waiting for .6 s.
    """

    def __init__(self, app: Application, server: web.Application, after: float = AFTER) -> None:
        self._app, self._server, self._after = app, server, after
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to wait for the quiet after the start."""
        self._task = asyncio.create_task(self.make())

    async def stop(self) -> None:
        """Leave it, however far it is."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def make(self) -> None:
        """Make all of it; what fails will be made at the first look."""
        await asyncio.sleep(self._after)
        try:
            await asyncio.to_thread(self._compile)
            await self._app.look(
                lambda session: prepare(self._app.work(session, "page"), self._server[TALLY])
            )
        except Exception:  # an edge: nobody waits for it.
            log.exception("Not made ahead.", action="pages.not_ahead")

    def _compile(self) -> None:
        environment = aiohttp_jinja2.get_env(self._server)
        for name in environment.list_templates():
            environment.get_template(name)
