"""The real application with its pages on a free port, its time virtual, its people from a roster."""

from __future__ import annotations

import random
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

import knowledge.pack
from bot.app import App
from bot.base import Base
from bot.channels.web import WebChannel
from bot.clocks import VirtualClock
from bot.config import read_settings
from bot.stocking import stock
from bot.web.keys import IDENTITIES
from bot.web.server import build_web
from knowledge.community.days.zone import ZONE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.config import Settings

PACK = Path(knowledge.pack.__file__).parent
MORNING = datetime(2026, 11, 23, 9, 5, tzinfo=ZONE)
"""A Monday in service hours."""


@dataclass
class Stage:
    """A running application and where its pages are."""

    app: App
    runner: web.AppRunner
    address: str

    async def stop(self) -> None:
        """End as a service does that is told to."""
        await self.runner.cleanup()
        await self.app.stop()

    async def restart(self) -> None:
        """Begin again on the same folder, at the same address."""
        port = int(self.address.rpartition(":")[2])
        began = await _begin(self.app.folder, self.app.settings, self.app.clock.now(), port)
        self.app, self.runner = began.app, began.runner

    def home(self, person_id: str) -> str:
        """The address under which a demo lets one be that person."""
        return f"{self.address}{self.path(person_id)}"

    def path(self, person_id: str) -> str:
        return f"/as/{self.runner.app[IDENTITIES].pass_of(person_id)}"


@asynccontextmanager
async def on_stage(
    folder: Path, *, demo: bool = True, at: datetime = MORNING, pack: Path = PACK
) -> AsyncIterator[Stage]:
    """Start everything on the pack's roster, notices and a part of its answers; stop it at the end."""
    furnish(folder, pack)
    async with resumed(folder, demo=demo, at=at) as stage:
        yield stage


def furnish(folder: Path, pack: Path) -> None:
    """Put into a folder what a service begins with."""
    for name in ("notices", "roster"):
        shutil.copytree(pack / name, folder / name)
    (folder / "faq").mkdir()
    for file in ("elderly.md", "fire.md"):  # notices of the pack rest on some of these
        if (pack / "faq" / file).exists():
            shutil.copy(pack / "faq" / file, folder / "faq")
    shutil.copy(pack / "linli.toml", folder)


@asynccontextmanager
async def resumed(
    folder: Path, *, demo: bool = True, at: datetime = MORNING
) -> AsyncIterator[Stage]:
    """Start everything on what a folder holds, be it new or left by an earlier start; stop it at the end."""
    settings, problems = read_settings(folder)
    assert settings is not None, problems
    stage = await _begin(folder, settings, at, demo=demo)
    try:
        yield stage
    finally:
        await stage.stop()


async def _begin(
    folder: Path, settings: Settings, at: datetime, port: int = 0, *, demo: bool = False
) -> Stage:
    clock = VirtualClock(at)
    channel = WebChannel()
    url = settings.database.address(folder)
    base = Base(folder, settings, clock, random.Random(7), url, durable=False)
    app = App(base, (channel,))
    channel.attach(app.database, clock, app.rules.bot_name)
    app.onlookers.append(channel.stir)
    await app.open()
    await stock(app, demo=demo)
    await app.start()
    await app.settle()
    runner = web.AppRunner(build_web(app), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return Stage(app, runner, f"http://127.0.0.1:{runner.addresses[0][1]}")
