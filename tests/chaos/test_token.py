"""One bot token, two processes that could listen with it: one does, the other takes over."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

import psutil  # type: ignore[import-untyped]  # it comes without types
import pytest
from typing_extensions import override

from tests.channels.fake_telegram import TOKEN, FakeTelegram
from tests.channels.town import settle_town
from tests.chaos.fleet import Fleet
from tests.conftest import MONDAY
from tests.postgres import database_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import web

pytestmark = pytest.mark.chaos
PATIENCE = 300.0
"""Seconds after which a test that waits is ended; it is no measure."""
TAKES_OVER = 10.0
"""Seconds in which another process listens; one and a half where the machine is idle."""


@dataclass
class Watchful(FakeTelegram):
    """Notes which process asks for updates, and when (seconds of a steady clock)."""

    pollers: list[tuple[float, int]] = field(default_factory=list)

    @override
    async def call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] == "getUpdates" and request.transport is not None:
            port = request.transport.get_extra_info("peername")[1]
            lines = psutil.net_connections("tcp4")
            asking = next(one.pid for one in lines if one.laddr.port == port and one.pid)
            self.pollers.append((time.monotonic(), asking))
        return await super().call(request)

    async def asked_by(self, pid: int) -> float:
        """Wait until a process asks; return when it first did."""
        while not (found := [at for at, asking in self.pollers if asking == pid]):  # noqa: ASYNC110 -- calls are read.
            await asyncio.sleep(0.05)
        return found[0]


def said(number: int) -> dict[str, Any]:
    """A private message as Telegram describes it."""
    person = {"id": 77, "is_bot": False, "first_name": "李"}
    chat = {"id": 77, "type": "private"}
    message = {"message_id": number, "date": 1, "from": person, "chat": chat, "text": "进度"}
    return {"update_id": number, "message": message}


@pytest.fixture
async def telegram() -> AsyncIterator[Watchful]:
    fake = Watchful(lambda: MONDAY)
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def fleet(
    telegram: Watchful, postgres_server: str, postgres_template: str, tmp_path: Path
) -> AsyncIterator[Fleet]:
    with database_of(postgres_server, postgres_template) as url:
        settle_town(tmp_path)
        section = f'token = "{TOKEN}"\napi = "{telegram.address}"'
        text = f'[database]\nurl = "{url}"\n[channels.telegram]\n{section}\n'
        (tmp_path / "linli.toml").write_text(text, encoding="utf-8")
        one = Fleet(tmp_path)
        yield one
        await one.bury()


async def test_a_token_has_one_listener_and_a_killed_one_is_replaced(
    telegram: Watchful, fleet: Fleet
) -> None:
    async with asyncio.timeout(PATIENCE):
        await fleet.start("web1", "web2")
        pids = {name: fleet.running[name].pid or 0 for name in ("web1", "web2")}
        await telegram.push(said(1))
        assert await telegram.acknowledged(1, PATIENCE)
        first = next(name for name, pid in pids.items() if pid == telegram.pollers[0][1])
        (second,) = pids.keys() - {first}

        await fleet.kill(first)
        killed = time.monotonic()
        await telegram.push(said(2))
        assert await telegram.asked_by(pids[second]) - killed < TAKES_OVER
        assert await telegram.acknowledged(2, PATIENCE)

        await fleet.start(first)  # it stands by
        await telegram.push(said(3))
        assert await telegram.acknowledged(3, PATIENCE)
    order = [pid for pid, _ in groupby(pid for _, pid in telegram.pollers)]
    assert order == [pids[first], pids[second]], "never two at once"
