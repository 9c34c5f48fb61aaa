"""The platforms around the processes: what reached them, and somebody who never gives up telling."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from knowledge.community.days.zone import ZONE

if TYPE_CHECKING:
    from collections.abc import Sequence

SECRET = "chaos-between-processes"
PARTNER, ROBOT = "partner", "wecom_webhook"


@dataclass(frozen=True)
class Arrival:
    """One message that reached a platform, and when (seconds of a steady clock)."""

    at: float
    chat: str
    key: str
    text: str


@dataclass
class Platform:
    """Takes what the senders post, and posts to any web process that lives."""

    arrived: dict[str, list[Arrival]] = field(default_factory=lambda: {PARTNER: [], ROBOT: []})
    webs: list[str] = field(default_factory=list)
    """Addresses of the web processes."""
    delay: float = 0.0

    async def start(self) -> None:
        server = web.Application()
        server.router.add_post("/in", self._partner)
        server.router.add_post("/send", self._robot)
        self.runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.2)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self.runner.addresses[0][1]}"
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))

    async def stop(self) -> None:
        await self.session.close()
        await self.runner.cleanup()

    def settings(self) -> str:
        """The channels as `linli.toml` names them."""
        return (
            f'[channels.hook.{PARTNER}]\nsecret = "{SECRET}"\nout_url = "{self.address}/in"\n'
            f'[channels.{ROBOT}]\nurl = "{self.address}/send?key=chaos"\n'
        )

    async def tell(self, number: str, who: str, text: str) -> None:
        """Deliver one private message until it is acknowledged, as a platform does."""
        body = {
            "event_id": number,
            "at": datetime.now(ZONE).isoformat(),  # noqa: TID251 -- real processes.
            "chat": {"id": who, "kind": "direct"},
            "sender": {"id": who, "name": who},
            "text": text,
        }
        raw, turn = json.dumps(body, ensure_ascii=False).encode(), 0
        # while none stands there is nobody to take it: a platform tries again
        while not (self.webs and await self._post(self.webs[turn % len(self.webs)], raw)):
            turn += 1
            await asyncio.sleep(0.05)

    async def _post(self, address: str, raw: bytes) -> bool:
        stamp = str(int(time.time()))
        signature = hmac.new(SECRET.encode(), f"{stamp}.".encode() + raw, hashlib.sha256)
        headers = {
            "X-Linli-Timestamp": stamp,
            "X-Linli-Signature": f"sha256={signature.hexdigest()}",
        }
        try:
            async with self.session.post(
                f"{address}/hook/{PARTNER}", data=raw, headers=headers
            ) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _partner(self, request: web.Request) -> web.Response:
        await asyncio.sleep(self.delay)
        said: dict[str, Any] = json.loads(await request.read())
        self._note(PARTNER, said["chat"]["id"], said["key"], said["text"])
        return web.Response(status=204)

    async def _robot(self, request: web.Request) -> web.Response:
        said: dict[str, Any] = json.loads(await request.read())
        text = said["text"]["content"]
        self._note(ROBOT, "", text, text)
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    def _note(self, channel: str, chat: str, key: str, text: str) -> None:
        self.arrived[channel].append(Arrival(time.monotonic(), chat, key, text))


def spans(moments: Sequence[float], count: int) -> list[float]:
    """Return the seconds from every message to the one `count` places behind it."""
    pairs = zip(moments, moments[count:], strict=False)
    return [round(later - earlier, 3) for earlier, later in pairs]
