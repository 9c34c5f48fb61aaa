"""The running service, or the part of it that one role does, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING

from sqlalchemy import text

from bot import supervision
from bot.app import App
from bot.archive.nightly import Nightly
from bot.base import Base
from bot.channels.web import WebChannel
from bot.clocks import SystemClock
from bot.demotime import go_on
from bot.front import PortTaken
from bot.lock import Locked, hold_lock
from bot.logs import set_up_logs
from bot.opening import ChannelTrouble, open_channels, settle_in
from bot.outage import Outage
from bot.process import settle_down
from bot.roles.role import Role
from bot.semantic.consulting import adviser_of
from bot.stocking import note_settings, stock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.config import Settings
    from bot.front import Front
    from handlers.messages import Channel

LAST_CALL = 9.5
"""Seconds after which a process that was told to stop is gone: what it has not finished is in its row."""

TAKEN = "资料夹 {folder} 已经有一个邻里在运行。先停掉它，或用 --data 换一个资料夹。"
OTHERS = (
    "这个 PostgreSQL 上已经有邻里在运行：all 只能单独一个，web、worker、sender、clock 可以一起。"
)
ONE_FILE = (
    "--role 要用 PostgreSQL：SQLite 只归一个进程。去掉 --role，或在 linli.toml 里写 "
    '[database] url = "postgresql+psycopg://…"。'
)
ONE_LINE = (
    "onebot 收和发都在同一条连接上，是客户端连到网页进程的，发送进程拿不到。"
    "去掉 --role，或先把 [channels.onebot] 从 linli.toml 里拿掉。"
)
ONE_DEMO = "演示社区只用一个进程（它的时间可以快进）。去掉 --role。"


class ServiceTrouble(Exception):
    """The service cannot run; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Service:
    """What `linli run` was told; `now` starts the clock there instead of at the present."""

    folder: Path
    settings: Settings
    now: datetime | None
    front: Front
    demo: bool
    role: Role = Role.ALL

    def run(self) -> None:
        """Serve until SIGTERM or Ctrl+C; a second service on the same folder is refused."""
        set_up_logs()
        shared = self.role is not Role.ALL
        if shared and self._address().startswith("sqlite"):
            raise ServiceTrouble(ONE_FILE)
        if shared and self.settings.channels.onebot is not None:
            raise ServiceTrouble(ONE_LINE)
        try:
            with hold_lock(self.folder, shared=shared):
                asyncio.run(self._serve())
        except Locked:
            raise ServiceTrouble(TAKEN.format(folder=self.folder)) from None
        except (ChannelTrouble, PortTaken) as trouble:
            raise ServiceTrouble(str(trouble)) from trouble

    def _address(self) -> str:
        return self.settings.database.address(self.folder)

    async def _serve(self) -> None:
        clock = SystemClock(self.now)
        base = Base(
            folder=self.folder,
            settings=self.settings,
            clock=clock,
            chance=random.SystemRandom(),
            database_url=self._address(),
        )
        app = App(base, self._channels(), adviser_of(self.settings), self.role)
        _show(app)
        settle_in(app)
        stop = _stop_sign()
        if await self._prepared(app, clock, stop):
            await self._live(app, stop)

    def _channels(self) -> tuple[Channel, ...]:
        return (*open_channels(self.settings), WebChannel())

    async def _prepared(self, app: App, clock: SystemClock, stop: asyncio.Event) -> bool:
        """Make everything ready, however long the database lets us wait; False = told to stop."""
        prepare = partial(self._prepare, app, clock)
        if self._address().startswith("sqlite"):
            await prepare()  # a file that cannot be opened does not come back by itself
            return True
        front = self.front if self.role.does(Role.WEB) else None
        async with Outage(front, stop) as outage:
            return await outage.outlast(prepare)

    async def _prepare(self, app: App, clock: SystemClock) -> None:
        if not await asyncio.to_thread(app.seats.enter, self.role):
            raise ServiceTrouble(OTHERS)
        await app.open()
        await stock(app, demo=self.demo)
        await note_settings(app)
        if app.demo and self.role is not Role.ALL:
            raise ServiceTrouble(ONE_DEMO)
        if app.demo:
            await app.look(lambda session: go_on(session, clock))

    async def _live(self, app: App, stop: asyncio.Event) -> None:
        await app.start()
        settle_down()
        beside = [
            asyncio.create_task(Nightly(app).watch()),
            asyncio.create_task(app.stalls.watch()),
            asyncio.create_task(supervision.keep_saying_alive(lambda: app.look(_nothing))),
        ]
        try:
            async with self._shown(app):
                supervision.say(supervision.READY)
                await stop.wait()
                supervision.say(supervision.STOPPING)
                _leave_in_time()
        finally:
            for task in beside:
                task.cancel()
            await app.stop()

    @asynccontextmanager
    async def _shown(self, app: App) -> AsyncIterator[None]:
        """Open the front door where the role has one."""
        if self.role.does(Role.WEB):
            async with self.front.standing_open(app):
                yield
        else:
            print(f"邻里已经启动：{self.role}\n按 Ctrl+C 停。", flush=True)  # noqa: T201 -- said to the operator.
            yield


def _nothing(session: Session) -> object:
    return session.scalar(text("SELECT 1"))


def _show(app: App) -> None:
    """Let the built-in chat know what happens."""
    for channel in app.channels.values():
        if isinstance(channel, WebChannel):
            channel.attach(app.database, app.clock, app.rules.bot_name)
            app.onlookers.append(channel.stir)
            app.readers.append(channel.pokes.poke)


def _stop_sign() -> asyncio.Event:
    """Return what is set once we are told to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers here
            loop.add_signal_handler(sign, stop.set)
    return stop


def _leave_in_time() -> None:
    """Be gone before the operator's patience ends, even if a database or a platform hangs."""
    last_call = Timer(LAST_CALL, os._exit, (0,))
    last_call.daemon = True
    last_call.start()
