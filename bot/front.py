"""The front door: the web server on its port, and what the operator is told about it."""

from __future__ import annotations

import contextlib
import socket
import webbrowser
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.server import build_web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import App

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- asked for by --lan.
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

    @asynccontextmanager
    async def standing_open(self, app: App) -> AsyncIterator[None]:
        """Serve the pages of an application, and say where.

        Raises:
            PortTaken: another program has the port.
        """
        runner = web.AppRunner(build_web(app), access_log=None, shutdown_timeout=LAST_PAGES)
        await runner.setup()
        try:
            self._greet(await self._listen(runner))
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
        port = runner.addresses[0][1]
        shown = _lan_address() if self.host == EVERYWHERE else self.host
        return f"http://{shown}:{port}"

    def _greet(self, address: str) -> None:
        print(f"邻里已经启动：{address}\n按 Ctrl+C 停。", flush=True)  # noqa: T201 -- said to the operator.
        if self.host == EVERYWHERE:
            _show_code(address)
        if self.open_browser:
            with contextlib.suppress(webbrowser.Error):
                webbrowser.open(address)


def _show_code(address: str) -> None:
    import segno

    segno.make(address).terminal(compact=True)


def _lan_address() -> str:
    """Return the address under which this machine is known on its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
