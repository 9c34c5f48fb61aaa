"""The running service: one process, one web server, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import socket
import webbrowser
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import web

from bot.app import App
from bot.archive.nightly import Nightly
from bot.base import Base
from bot.channels.web import WebChannel
from bot.clocks import SystemClock
from bot.lock import Locked, hold_database, hold_lock
from bot.logs import set_up_logs
from bot.opening import ChannelTrouble, hang_up, open_channels, settle_in
from bot.process import settle_down
from bot.semantic.consulting import adviser_of
from bot.stocking import stock
from bot.web.server import build_web
from knowledge.store.stamps import mark

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from handlers.messages import Channel


class ServiceTrouble(Exception):
    """The service cannot run; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Service:
    """What `linli run` was told; `now` starts the clock there instead of at the present."""

    folder: Path
    settings: Settings
    now: datetime | None
    host: str
    port: int
    demo: bool
    open_browser: bool

    def run(self) -> None:
        """Serve until SIGTERM or Ctrl+C; a second process on the same folder is refused."""
        set_up_logs()
        try:
            with hold_lock(self.folder):
                asyncio.run(self._serve())
        except Locked:
            raise ServiceTrouble(
                f"资料夹 {self.folder} 已经有一个邻里在运行。先停掉它，或用 --data 换一个资料夹。"
            ) from None

    async def _serve(self) -> None:
        clock = SystemClock(self.now)
        base = Base(
            folder=self.folder,
            settings=self.settings,
            clock=clock,
            chance=random.SystemRandom(),
            database_url=self.settings.database.address(self.folder),
        )
        channel = WebChannel()
        app = App(base, (*self._outside(), channel), adviser_of(self.settings))
        channel.attach(app.database, clock, app.rules.bot_name)
        app.onlookers.append(channel.stir)
        settle_in(app)
        with hold_database(app.database):
            await self._live(app, clock)

    async def _live(self, app: App, clock: SystemClock) -> None:
        await app.open()
        await stock(app, demo=self.demo)
        await self._go_on_from(app, clock)
        await app.start()
        settle_down()
        nightly = asyncio.create_task(Nightly(app).watch())
        runner = web.AppRunner(build_web(app), access_log=None, shutdown_timeout=5)
        await runner.setup()
        try:
            address = await self._listen(runner)
            self._greet(address)
            await _told_to_stop()
        finally:
            nightly.cancel()
            await hang_up(app)
            await runner.cleanup()
            await app.stop()

    def _outside(self) -> tuple[Channel, ...]:
        try:
            return open_channels(self.settings)
        except ChannelTrouble as trouble:
            raise ServiceTrouble(str(trouble)) from trouble

    async def _go_on_from(self, app: App, clock: SystemClock) -> None:
        """A demo that was advanced goes on there: its time never runs backwards."""
        reached = await app.look(lambda session: mark(session, "advanced_to"))
        if app.demo and reached:
            clock.move_to(datetime.fromisoformat(reached))

    async def _listen(self, runner: web.AppRunner) -> str:
        try:
            site = web.TCPSite(runner, self.host, self.port)
            await site.start()
        except OSError as fault:
            raise ServiceTrouble(
                f"端口 {self.port} 用不了（{fault.strerror}）。换一个：linli run --port 8081"
            ) from fault
        port = runner.addresses[0][1]
        shown = _lan_address() if self.host == "0.0.0.0" else self.host  # noqa: S104 -- asked for by --lan.
        return f"http://{shown}:{port}"

    def _greet(self, address: str) -> None:
        print(f"邻里已经启动：{address}\n按 Ctrl+C 停。", flush=True)  # noqa: T201 -- said to the operator.
        if self.host == "0.0.0.0":  # noqa: S104 -- asked for by --lan.
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


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers here
            loop.add_signal_handler(sign, stop.set)
    await stop.wait()
