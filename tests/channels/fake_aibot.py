"""A gateway of 智能机器人 long connections: one per bot, limits kept, falls when it is told to."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.patience import PATIENCE as LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

PATIENCE = 5.0
"""Seconds in which a frame that is well is stored."""


@dataclass
class FakeAibot:
    """One bot; `now` stamps what is shown."""

    bot_id: str
    secret: str
    now: Callable[[], datetime]
    met: set[str] = field(default_factory=set)
    """Chats in which somebody has spoken to the bot: only there it may push."""
    frames: list[dict[str, Any]] = field(default_factory=list)
    shown: list[tuple[datetime, str, dict[str, Any]]] = field(default_factory=list)
    """Moment, chat and body of every message that people see."""
    answers: deque[int] = field(default_factory=deque)
    """Codes for the next messages, 0 = fine, -1000 = shown, then cut before the answer."""
    media: dict[str, bytes] = field(default_factory=dict)
    uploads: dict[str, tuple[dict[str, Any], list[bytes]]] = field(default_factory=dict)
    picky: bool = False
    """Files are refused."""
    down: bool = False
    deaf: bool = False
    """Heartbeats get no answer."""
    delay: float = 0.0
    refusals: deque[int] = field(default_factory=deque)
    subscribed: int = 0
    tried: int = 0

    async def start(self) -> None:
        self.numbers = count(1)
        self.open: dict[str, str] = {}
        self.connection: web.WebSocketResponse | None = None
        self.pongs: dict[bytes, asyncio.Event] = {}
        self.news = asyncio.Condition()
        server = web.Application()
        server.router.add_get("/", self._connect)
        server.router.add_get("/media/{name}", self._media)
        self.runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.2)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.host = f"127.0.0.1:{self.runner.addresses[0][1]}"
        self.address = f"ws://{self.host}/"

    async def stop(self) -> None:
        await self.cut()
        await self.runner.cleanup()

    # What a test does.

    async def fall(self, *, down: bool = True) -> None:
        """Break the connection; `down` = no new one either."""
        self.down = down
        await self.cut()

    async def cut(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None and connection._req is not None:
            transport = connection._req.transport
            if transport is not None:
                transport.abort()

    async def close(self, code: int) -> None:
        """End the connection with a close frame, as a restarting gateway does."""
        connection, self.connection = self.connection, None
        assert connection is not None
        await connection.close(code=code)

    async def stands(self) -> web.WebSocketResponse:
        """Wait until the bot is connected."""
        async with asyncio.timeout(LONGEST), self.news:
            await self.news.wait_for(lambda: self.connection is not None)
        assert self.connection is not None
        return self.connection

    async def call(self, cmd: str, body: dict[str, Any]) -> bool:
        """Bring a callback; True once the bot has read on, which it does when it is stored."""
        req_id = f"req{next(self.numbers)}"
        sender = body.get("from", {}).get("userid")
        if cmd == "aibot_msg_callback" or body.get("event", {}).get("eventtype") == "enter_chat":
            self.met.add(body.get("chatid") or sender)
        self.open[req_id] = body.get("chatid") or sender
        frame = {"cmd": cmd, "headers": {"req_id": req_id}, "body": body}
        return await self.raw(json.dumps(frame, ensure_ascii=False))

    async def raw(self, text: str | bytes, *, wait: bool = True) -> bool:
        """Send any text, and a ping behind it; True when the ping is answered."""
        connection = await self.stands()
        mark = f"{next(self.numbers)}".encode()
        heard = self.pongs[mark] = asyncio.Event()
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        await connection._writer.send_frame(data, WSMsgType.TEXT)
        if not wait:
            return True
        await connection.ping(mark)
        try:
            await asyncio.wait_for(heard.wait(), PATIENCE)
        except TimeoutError:
            return False
        return True

    # The platform's side.

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        self.tried += 1
        if self.down:
            return web.Response(status=502, text="<html>")
        connection = web.WebSocketResponse(autoping=False, max_msg_size=1_000_000)
        await connection.prepare(request)
        async for message in connection:
            if message.type is WSMsgType.PONG:
                self.pongs.pop(bytes(message.data), asyncio.Event()).set()
            elif message.type is WSMsgType.TEXT:
                await self._take(connection, json.loads(message.data))
        if self.connection is connection:
            self.connection = None
        return connection

    async def _take(self, connection: web.WebSocketResponse, frame: dict[str, Any]) -> None:
        cmd, req_id, body = frame["cmd"], frame["headers"]["req_id"], frame["body"]
        self.frames.append(frame)
        if cmd == "aibot_subscribe":
            return await self._subscribe(connection, req_id, body)
        assert connection is self.connection, "it speaks before it is subscribed"
        if cmd == "ping":
            return None if self.deaf else await self._answer(connection, req_id, 0)
        if cmd.startswith("aibot_upload_media"):
            brought = self._receive(cmd.rpartition("_")[2], body)
            answer = {"headers": {"req_id": req_id}, "errcode": 0 if brought else 40004}
            return await connection.send_json(answer | {"body": brought})
        await asyncio.sleep(self.delay)
        code = self._judge(cmd, req_id, body)
        if code in (0, -1000) and cmd != "aibot_respond_update_msg":
            chat = self.open.pop(req_id) if cmd.startswith("aibot_respond") else body["chatid"]
            self.shown.append((self.now(), chat, body))
        if code == -1000:
            return await self.cut()
        return await self._answer(connection, req_id, code)

    def _receive(self, step: str, body: dict[str, Any]) -> dict[str, Any]:
        """Put a file together from its pieces; {} = it is refused."""
        if step == "init":
            name = f"upload{len(self.uploads)}"
            self.uploads[name] = (body, [])
            return {"upload_id": name}
        begun, pieces = self.uploads[body["upload_id"]]
        if step == "chunk":
            assert body["chunk_index"] == len(pieces)
            pieces.append(base64.b64decode(body["base64_data"], validate=True))
            assert len(pieces[-1]) <= 512 * 1024
            return {"size": len(pieces[-1])}
        whole = b"".join(pieces)
        right = (len(whole), hashlib.md5(whole, usedforsecurity=False).hexdigest(), len(pieces))
        if right != (begun["total_size"], begun["md5"], begun["total_chunks"]) or self.picky:
            return {}
        self.media[body["upload_id"]] = whole
        return {"type": begun["type"], "media_id": body["upload_id"]}

    def _judge(self, cmd: str, req_id: str, body: dict[str, Any]) -> int:
        """The code for a message: what the platform refuses is refused."""
        if self.answers:
            return self.answers.popleft()
        if cmd == "aibot_send_msg":
            assert body["chat_type"] in (1, 2)
            handed = body["msgtype"] == "image" and body["image"]["media_id"] in self.media
            if not handed and body["msgtype"] not in ("markdown", "template_card"):
                return 40008
            return 0 if body["chatid"] in self.met else 93006
        if req_id not in self.open:
            return 846605
        allowed = {
            "aibot_respond_msg": ("stream", "template_card"),
            "aibot_respond_welcome_msg": ("text", "template_card"),
        }
        return 0 if body.get("msgtype") in allowed.get(cmd, (None,)) else 40008

    async def _subscribe(
        self, connection: web.WebSocketResponse, req_id: str, body: dict[str, Any]
    ) -> None:
        right = body == {"bot_id": self.bot_id, "secret": self.secret}
        code = self.refusals.popleft() if self.refusals else (0 if right else 853000)
        if code:
            return await self._answer(connection, req_id, code)
        before, self.connection = self.connection, connection
        self.subscribed += 1
        if before is not None:
            event = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}}
            gone = {"cmd": "aibot_event_callback", "headers": {"req_id": "gone"}, "body": event}
            await before.send_json(gone)
            await before.close()
        await self._answer(connection, req_id, 0)
        async with self.news:
            self.news.notify_all()
        return None

    async def _answer(self, connection: web.WebSocketResponse, req_id: str, code: int) -> None:
        message = "ok" if code == 0 else "no"
        await connection.send_json(
            {"headers": {"req_id": req_id}, "errcode": code, "errmsg": message}
        )

    async def _media(self, request: web.Request) -> web.Response:
        return web.Response(body=self.media[request.match_info["name"]])
