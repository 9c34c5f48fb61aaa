"""What the first look at a page would have to wait for, made ahead while nobody waits."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

import aiohttp_jinja2

from bot.web.keys import TALLY
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.web.application import Application
    from knowledge.store.tally import Tally

AFTER = 2.0
"""Seconds after the start: it takes nothing from the first answers."""
REST = 0.02
"""Seconds between two pieces, so that the loop gets its turn; all is there some six seconds after the start."""

log = Logbook()


class Ahead:
    """Compiles the templates, reads the pages' files and folds the board's rows, once, beside the loop.

    A page's template would be compiled on the loop, which stood still for up to 40 ms; the board
    of 100,000 tickets would keep its first reader waiting for .6 s. `files` are the pages' modules.
    """

    def __init__(
        self,
        app: Application,
        server: web.Application,
        files: Iterable[str] = (),
        after: float = AFTER,
        rest: float = REST,
    ) -> None:
        self._app, self._server, self._files = app, server, tuple(files)
        self._after, self._rest = after, rest
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
            for piece in self._pieces():
                await asyncio.to_thread(piece)
                await asyncio.sleep(self._rest)
            await self._app.look(partial(self._fold, self._server[TALLY]()))
        except Exception:  # an edge: nobody waits for it.
            log.exception("Not made ahead.", action="pages.not_ahead")

    def _fold(self, tally: Tally, session: Session) -> None:
        from handlers.board.view import prepare

        prepare(self._app.work(session, "page"), tally)

    def _pieces(self) -> Iterator[Callable[[], object]]:
        """Small ones; first the templates, which a visitor's page would compile on the loop."""
        environment = aiohttp_jinja2.get_env(self._server)
        for name in environment.list_templates():
            yield partial(environment.get_template, name)
        for file in self._files:
            yield partial(import_module, file)
