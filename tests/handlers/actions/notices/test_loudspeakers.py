"""A broadcast platform gets the plain 【广播】 of a notice, signed, by day; and nothing else."""

from __future__ import annotations

import json
import random
import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot.app import App
from bot.base import Base
from bot.channels.hook.adapter import Hook
from bot.channels.hook.signing import SIGNATURE, TIMESTAMP, verify
from bot.channels.replay import Replay
from bot.clocks import VirtualClock
from bot.config import read_settings
from bot.stocking import stock
from handlers.actions.notices.loudspeakers import first_spoken
from handlers.messages import Outgoing
from knowledge.community.days.zone import ZONE
from tests.world import DATA

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings

SECRET = "broadcast-canary"
NOTICES = """## 午间提醒
编号：noon
主题：消防
触发：2026-12-05 12:00
受众：全部
来源：社区
核对：2026-11-22

【短】电动车不进楼。
【广播】各位邻居★，电动车不进楼，电池不进屋🔋。

## 没有广播稿
编号：silent
主题：社区
触发：2026-12-06 9:00
受众：全部
来源：社区
核对：2026-11-22

【短】周日停水。
"""


class Platform:
    """A broadcast platform on loopback: what it was asked to read, and whether that was signed."""

    def __init__(self) -> None:
        self.heard: list[tuple[bool, str, str]] = []
        server = web.Application()
        server.router.add_post("/play", self._play)
        self.runner = web.AppRunner(server, access_log=None)

    async def _play(self, request: web.Request) -> web.Response:
        body = await request.read()
        stamp, mark = request.headers[TIMESTAMP], request.headers[SIGNATURE]
        sound = verify(SECRET.encode(), stamp, mark, body, float(stamp))
        post = json.loads(body)
        self.heard.append((sound, post["chat"]["id"], post["text"]))
        return web.Response(status=204)

    async def open(self) -> str:
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}/play"


def settle(folder: Path, address: str) -> Settings:
    """The neighbourhood of the stories with one loudspeaker in 和园."""
    shutil.copytree(DATA, folder)
    (folder / "notices" / "reminders.md").write_text(NOTICES, "utf-8")
    with (folder / "roster" / "chats.csv").open("a", encoding="utf-8") as chats:
        chats.write("guangbo,spk-1,和园广播,hy,仅@\n")
    with (folder / "linli.toml").open("a", encoding="utf-8") as settings_file:
        settings_file.write(
            f'\n[channels.hook.guangbo]\nsecret = "{SECRET}"\nloudspeaker = true\n'
            f'out_url = "{address}"\n'
        )
    settings, problems = read_settings(folder)
    assert settings is not None, problems
    return settings


async def test_the_script_goes_out_signed_by_day_and_the_rest_stays_away(tmp_path: Path) -> None:
    platform, said = Platform(), list[Outgoing]()
    settings = settle(tmp_path / "town", await platform.open())
    clock = VirtualClock(datetime(2026, 12, 5, 11, 0, tzinfo=ZONE))
    hook = Hook("guangbo", settings.channels.hook["guangbo"])
    url = settings.database.address(tmp_path)
    app = App(
        Base(tmp_path / "town", settings, clock, random.Random(7), url), (Replay(said.append), hook)
    )
    await app.open()
    await hook.start(app.hear)
    try:
        await stock(app)
        await app.advance(timedelta(hours=2))
        assert any("电动车不进楼" in out.text for out in said)
        assert platform.heard == []  # no loudspeaker at noon
        await app.advance(timedelta(hours=2))
        once = [(True, "spk-1", "各位邻居，电动车不进楼，电池不进屋。")]
        assert platform.heard == once
        await app.advance(timedelta(days=2))
        assert any("周日停水" in out.text for out in said)
        assert platform.heard == once
    finally:
        await app.stop()
        await platform.runner.cleanup()


def test_no_loudspeaker_speaks_at_noon_or_after_eight() -> None:
    def at(hour: int, day: int = 5) -> datetime:
        return datetime(2026, 12, day, hour, 30, tzinfo=ZONE)

    assert first_spoken(at(9)) == at(9)
    assert first_spoken(at(12)) == at(14)
    assert first_spoken(at(20)) == datetime(2026, 12, 6, 8, 0, tzinfo=ZONE)
