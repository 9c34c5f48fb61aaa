"""企业微信 消息推送: a loopback twin of the robot's address."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import Any

from aiohttp import web

from tests.channels.rigs.rig import Arrived, Rig

ANSWERS: dict[str, dict[str, Any]] = {
    "gone": {"errcode": 93000, "errmsg": "invalid webhook url"},
    "later": {"errcode": 45009, "errmsg": "api freq out of limit"},
    "unsupported": {"errcode": 40058, "errmsg": "invalid message"},
}


class WecomWebhookRig(Rig):
    name = "wecom_webhook"
    troubles = frozenset({"down", "gone", "later", "unknown", "unsupported"})
    waits = 60
    slow = True
    chats = ("g-hy",)

    async def set_up(self):
        self.seen: list[Arrived] = []
        self.answers: deque[str] = deque()
        self.down, self.delay = False, 0.0
        server = web.Application()
        server.router.add_post("/cgi-bin/webhook/send", self._receive)
        self.robot = web.AppRunner(server, access_log=None, shutdown_timeout=0.2)
        await self.robot.setup()
        await web.TCPSite(self.robot, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{self.robot.addresses[0][1]}"
        with (self.folder / "linli.toml").open("a", encoding="utf-8") as file:
            file.write(
                "[channels.wecom_webhook]\n"
                f'url = "{address}/cgi-bin/webhook/send?key=robot-canary-0123"\n'
            )

    async def tear_down(self):
        await self.robot.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        if request.query["key"] != "robot-canary-0123":
            return web.json_response(ANSWERS["gone"])
        body = json.loads(await request.read())
        if not body["text"]["content"]:
            return web.json_response({"errcode": 44004, "errmsg": "empty content"})
        await asyncio.sleep(self.delay)
        if self.down:
            return web.Response(status=502, text="<html>")
        trouble = self.answers.popleft() if self.answers else ""
        if trouble in ANSWERS:
            return web.json_response(ANSWERS[trouble])
        text = body["text"]["content"]
        assert len(text.encode()) <= 2048
        self.seen.append(Arrived(self.clock.now(), "g-hy", text))
        if trouble == "unknown" and request.transport is not None:
            request.transport.close()
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    async def forget(self):
        self.seen.clear()

    async def arrivals(self):
        return list(self.seen)

    async def trouble(self, kind):
        if kind == "down":
            self.down = True
        elif kind == "slow":
            self.delay = 0.3
        else:
            self.answers.append(kind)

    async def up(self):
        self.down = False
