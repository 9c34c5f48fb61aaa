"""A batch of updates: each chat in its order, no chat waiting for another one's pictures."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.channels.telegram.polling import Poller

SLOW, QUICK = -1, -2
BATCH = [
    {"update_id": 1, "message": {"chat": {"id": SLOW}, "text": "一"}},
    {"update_id": 2, "callback_query": {"message": {"chat": {"id": SLOW}}, "data": "二"}},
    {"update_id": 3, "message": {"chat": {"id": QUICK}, "text": "三"}},
]


class Batch:
    """A platform that has some batches, and somebody who takes them in."""

    def __init__(self, *more: Any, broken: bool = False) -> None:
        self._batches = (BATCH, *more)
        self.offsets: list[int | None] = []
        self.taken: list[int] = []
        self._broken = broken
        self._quick, self._again = asyncio.Event(), asyncio.Event()

    async def polled(self) -> None:
        app = web.Application()
        app.router.add_post("/", self._updates)
        async with TestServer(app) as server, ClientSession() as session:
            one = asyncio.Future[ClientSession]()
            one.set_result(session)
            address = str(server.make_url("/"))
            poller = Poller(lambda: one, address, self._take, self._nothing, self._nothing)
            polling = asyncio.create_task(poller.run())
            await asyncio.wait_for(self._again.wait(), 5)
            polling.cancel()

    async def _updates(self, request: web.Request) -> web.Response:
        self.offsets.append((await request.json()).get("offset"))
        asked = len(self.offsets)
        if asked > len(self._batches):
            self._again.set()
        return web.json_response({"ok": True, "result": [*self._batches, []][asked - 1]})

    async def _take(self, update: Any) -> None:
        if update["update_id"] == BATCH[0]["update_id"]:
            await self._quick.wait()  # as if its picture took long
            if self._broken:
                raise OSError
        self.taken.append(update["update_id"])
        if update["update_id"] == BATCH[2]["update_id"]:
            self._quick.set()

    async def _nothing(self, _: object) -> None:
        pass


async def test_a_chat_waits_for_no_other_and_keeps_its_own_order():
    platform = Batch()
    await platform.polled()
    assert platform.taken == [3, 1, 2]
    assert platform.offsets[1] == 4


async def test_a_batch_of_which_one_failed_comes_again():
    platform = Batch(broken=True)
    await platform.polled()
    assert platform.taken == [3]
    assert platform.offsets[1] is None


async def test_after_a_week_of_silence_the_ids_begin_anywhere_and_are_followed():
    """The platform says so of `update_id`; whoever asks above them is given the same for ever."""
    younger = {"update_id": 2, "message": {"chat": {"id": QUICK}, "text": "四"}}
    platform = Batch([younger])
    await platform.polled()
    assert platform.offsets == [None, 4, 3]
