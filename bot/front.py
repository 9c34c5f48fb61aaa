"""The front door: the web server on its port, and what the operator is told about it."""

from __future__ import annotations

import contextlib
import webbrowser
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from bot.lan import let_in, note_address
from bot.opening import hang_up
from bot.web.ajar import build_ajar
from bot.web.reach import Reach
from bot.web.server import build_web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.app import App
    from bot.config import Settings
    from bot.doctor.finding import Finding

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- asked for by --lan.
QUIET = 180.0
"""Seconds until a line without a whole request is hung up; proxies keep theirs for 120 at most."""
LAST_PAGES = 3.0
"""Seconds in which requests in hand may end when we stop."""


class PortTaken(Exception):
    """The port cannot be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Front:
    """Where people and platforms reach us."""

    host: str
    port: int
    open_browser: bool = False
    lan: bool = False

    @asynccontextmanager
    async def standing_open(self, app: App) -> AsyncIterator[None]:
        """Serve the pages of an application, and say where.

        Raises:
            PortTaken: another program has the port.
        """
        reach = Reach(self.lan)
        pages = build_web(app, reach, partial(_ask, app.folder))
        runner = runner_of(pages, last=LAST_PAGES)
        await runner.setup()
        try:
            address = await self._listen(runner)
            self._greet(address)
            if self.lan:
                reach.address = await let_in(app, address)
            await note_address(app, reach.address or address)
            yield
        finally:
            await hang_up(app)
            await runner.cleanup()

    @asynccontextmanager
    async def standing_ajar(self, why: Callable[[], str]) -> AsyncIterator[None]:
        """Until the pages can be served, say that we live and `why` we are not ready.

        Raises:
            PortTaken: another program has the port.
        """
        runner = runner_of(build_ajar(why), last=0)
        await runner.setup()
        try:
            await self._listen(runner)
            yield
        finally:
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> str:
        try:
            await web.TCPSite(runner, self.host, self.port).start()
        except OSError as fault:
            raise PortTaken(
                f"端口 {self.port} 用不了（{fault.strerror}）。换一个：linli run --port 8081"
            ) from fault
        shown = "127.0.0.1" if self.host == EVERYWHERE else self.host
        return f"http://{shown}:{runner.addresses[0][1]}"

    def _greet(self, address: str) -> None:
        print(f"邻里已经启动：{address}\n按 Ctrl+C 停。", flush=True)  # noqa: T201 -- said to the operator.
        if self.open_browser:
            with contextlib.suppress(webbrowser.Error):
                webbrowser.open(address)


def runner_of(pages: web.Application, *, last: float) -> web.AppRunner:
    """Serve pages; requests in hand may end within `last` seconds when we stop.

    aiohttp's `keepalive_timeout` also ends a line on which a request is only begun. Nobody has to
    send us packed bodies: what says that it is packed is read as it comes.
    """
    return web.AppRunner(
        pages,
        access_log=None,
        keepalive_timeout=QUIET,
        shutdown_timeout=last,
        auto_decompress=False,
    )


async def _ask(folder: Path, settings: Settings) -> list[Finding]:
    """Ask every platform whether it answers; what asks is loaded when somebody wants to know."""
    from bot.doctor.channels import ask_channels

    return await ask_channels(settings, folder)
