"""The generic channel, used by a program of another language: it knows CONTRACT §8 and no more."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import io
import json
import time
from collections import deque
from typing import Any

import aiohttp
from aiohttp import web

from tests.channels.rigs.rig import Arrived, Rig
from tests.channels.town import PARTNER

SECRET = "hook-canary-0123"
ANSWERS = {"later": (429, {"Retry-After": "7"}), "gone": (410, {}), "unsupported": (400, {})}


def signed(body: bytes, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers of a request."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Linli-Timestamp": stamp, "X-Linli-Signature": f"sha256={digest}"}


class HookRig(Rig):
    name = PARTNER
    troubles = frozenset({"down", "gone", "later", "unsupported"})
    quotes = False
    fields = ("event_id", "at", "chat", "sender", "text", "addressed", "media", "action")
    slow = True

    async def set_up(self):
        self.seen: dict[str, Arrived] = {}
        self.posts: list[dict[str, Any]] = []
        self.answers: deque[tuple[int, dict[str, str]]] = deque()
        self.down, self.delay, self.cuts = False, 0.0, 0
        server = web.Application()
        server.router.add_post("/in", self._receive)
        self.partner = web.AppRunner(server, access_log=None, shutdown_timeout=0.2)
        await self.partner.setup()
        await web.TCPSite(self.partner, "127.0.0.1", 0).start()
        self.session = aiohttp.ClientSession()
        with (self.folder / "linli.toml").open("a", encoding="utf-8") as file:
            file.write(
                f'[channels.hook.{PARTNER}]\nsecret = "{SECRET}"\n'
                f'out_url = "http://127.0.0.1:{self.partner.addresses[0][1]}/in"\n'
            )

    async def tear_down(self):
        await self.session.close()
        await self.partner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        stamp = request.headers["X-Linli-Timestamp"]
        assert (
            request.headers["X-Linli-Signature"] == signed(body, float(stamp))["X-Linli-Signature"]
        )
        await asyncio.sleep(self.delay)
        if self.down:
            return web.Response(status=503)
        status, headers = self.answers.popleft() if self.answers else (204, {})
        if status < 300:
            self._show(json.loads(body))
        if self.cuts and request.transport is not None:
            self.cuts -= 1
            request.transport.close()
        return web.Response(status=status, headers=headers)

    def _show(self, message: dict[str, Any]) -> None:
        """Show a message once for each key, as CONTRACT §8 asks of a receiver."""
        self.posts.append(message)
        direct = "@" if message["chat"]["kind"] == "direct" else ""
        buttons = tuple((one["label"], one["token"]) for one in message["buttons"])
        arrived = Arrived(
            self.clock.now(),
            direct + message["chat"]["id"],
            message["text"],
            buttons,
            len(message["images"]),
        )
        self.seen.setdefault(message["key"], arrived)

    def event(self, who: str, chat: str, **more: Any) -> dict[str, Any]:
        direct = chat.startswith("@")
        return {
            "event_id": next(self.keys),
            "at": self.clock.now().isoformat(),
            "chat": {"id": chat[1:] if direct else chat, "kind": "direct" if direct else "group"},
            "sender": {"id": who, "name": who},
        } | more

    async def says(self, who, text, chat="g-hy", **more: Any):
        self.last: Any = self.event(who, chat, text=text)
        if more.get("called"):
            self.last["addressed"] = True
        if more.get("photo"):
            self.last["media"] = [{"data": base64.b64encode(more["photo"]).decode()}]
        return await self.again()

    async def presses(self, who, label, chat="g-hy"):
        self.last = self.event(who, chat, action=await self.token(chat, label))
        return await self.again()

    async def again(self):
        status, _ = await self.post("/hook/partner", json.dumps(self.last).encode())
        return status == 200

    async def post(
        self, path: str, body: bytes, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        found = signed(body) if headers is None else headers
        async with self.session.post(
            self.address + path, data=io.BytesIO(body), headers=found
        ) as response:
            text = await response.text()
            return response.status, json.loads(text) if text.startswith("{") else text

    async def forget(self):
        self.seen.clear()

    async def arrivals(self):
        return list(self.seen.values())

    async def trouble(self, kind):
        if kind == "down":
            self.down = True
        elif kind == "slow":
            self.delay = 0.3
        else:
            self.answers.append(ANSWERS[kind])

    async def up(self):
        self.down = False
