"""OneBot 11: a client of our own that is logged in as a QQ account and dials in."""

from __future__ import annotations

import asyncio
import base64
from collections import deque
from itertools import count
from typing import Any

import aiohttp

from bot.channels.onebot.adapter import OneBot
from bot.channels.onebot.hearing import HOSTS
from bot.config import read_settings
from tests.channels.rigs.rig import Arrived, SocketRig
from tests.channels.town import NAMES, NUMBERS, ROOMS

ME, TOKEN = "10001", "onebot-canary-0123"
PATIENCE = 5.0
PEOPLE = {number: person for person, number in NUMBERS.items()}
CHATS = {number: group for group, number in ROOMS.items()}


class OneBotRig(SocketRig):
    name = "onebot"
    troubles = frozenset({"down", "unknown", "unsupported"})
    slow = True
    vital = (
        ("post_type",),
        ("message_type",),
        ("message_id",),
        ("user_id",),
        ("time",),
        ("message",),
        ("message", 0, "type"),
        ("message", 0, "data"),
    )
    also = ("message", str)
    coded = False
    """Whether the client writes messages as one text with CQ codes."""

    @classmethod
    def as_shown(cls, told):
        return {chat: [(text, ()) for text, _ in said] for chat, said in told.items()}

    async def set_up(self):
        self.seen: list[Arrived] = []
        self.calls: list[dict[str, Any]] = []
        self.answers: deque[str] = deque()
        self.delay = 0.0
        self.message_ids, self.marks = count(501), count(1)
        self.pongs: dict[bytes, asyncio.Event] = {}
        self.session = aiohttp.ClientSession()
        with (self.folder / "linli.toml").open("a", encoding="utf-8") as file:
            file.write(f'[channels.onebot]\ntoken = "{TOKEN}"\n')

    def channels(self):
        settings, problems = read_settings(self.folder)
        assert settings is not None, problems
        assert settings.channels.onebot is not None
        return (OneBot(settings.channels.onebot, (*HOSTS, ".127.0.0.1")),)

    async def ready(self):
        await self.dial()

    async def tear_down(self):
        await self.hang_up()
        await self.session.close()

    async def dial(self, **headers: str) -> aiohttp.ClientWebSocketResponse:
        """Connect as the client does; raises WSServerHandshakeError."""
        given = {
            "Authorization": f"Bearer {TOKEN}",
            "X-Self-ID": ME,
            "X-Client-Role": "Universal",
        } | headers
        self.socket = await self.session.ws_connect(
            f"{self.address}/onebot/v11/ws", headers=given, autoping=False
        )
        self.listening = asyncio.create_task(self._listen(self.socket))
        return self.socket

    async def hang_up(self) -> None:
        await self.socket.close()
        await asyncio.wait([self.listening])

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            if message.type is aiohttp.WSMsgType.PONG:
                self.pongs.pop(bytes(message.data), asyncio.Event()).set()
            elif message.type is aiohttp.WSMsgType.PING:
                await socket.pong(message.data)
            elif message.type is aiohttp.WSMsgType.TEXT:
                await self._called(socket, message.json())

    async def _called(self, socket: aiohttp.ClientWebSocketResponse, call: dict[str, Any]) -> None:
        """Show a message, or fail as a test wants."""
        self.calls.append(call)
        await asyncio.sleep(self.delay)
        trouble = self.answers.popleft() if self.answers else ""
        if trouble == "unsupported":
            answer = {"status": "failed", "retcode": 1400, "data": None, "echo": call["echo"]}
            return await socket.send_json(answer)
        self._show(call)
        if trouble == "unknown":
            assert socket._response.connection is not None
            transport = socket._response.connection.transport
            assert transport is not None
            transport.abort()
            self.redialling = asyncio.create_task(self._redial())
            return None
        data = {"message_id": next(self.message_ids)}
        done = {"status": "ok", "retcode": 0, "data": data, "echo": call["echo"]}
        return await socket.send_json(done)

    async def _redial(self) -> None:
        await asyncio.sleep(0)
        await self.dial()

    def _show(self, call: dict[str, Any]) -> None:
        params, private = call["params"], call["action"] == "send_private_msg"
        assert private or call["action"] == "send_group_msg"
        number = str(params["user_id" if private else "group_id"])
        chat = f"@{PEOPLE[number]}" if private else CHATS[number]
        texts = [one["data"]["text"] for one in params["message"] if one["type"] == "text"]
        photos = [one for one in params["message"] if one["type"] == "image"]
        self.seen.append(Arrived(self.clock.now(), chat, "".join(texts), (), len(photos)))

    def place(self, chat):
        place = super().place(chat)
        number = f"@{NUMBERS[chat[1:]]}" if chat.startswith("@") else ROOMS[chat]
        return type(place)(self.name, number)

    def event(self, who: str, chat: str, segments: list[dict[str, Any]]) -> dict[str, Any]:
        """A message as the standard describes it."""
        group = not chat.startswith("@")
        where = {
            "message_type": "group",
            "sub_type": "normal",
            "group_id": int(ROOMS.get(chat, "0")),
        }
        return {
            "time": int(self.clock.now().timestamp()),
            "self_id": int(ME),
            "post_type": "message",
            "message_id": -next(self.message_ids),
            "user_id": int(NUMBERS[who]),
            "message": coded(segments) if self.coded else segments,
            "raw_message": coded(segments),
            "font": 14,
            "sender": {"user_id": int(NUMBERS[who]), "nickname": NAMES[who], "card": ""},
            **(where if group else {"message_type": "private", "sub_type": "friend"}),
        }

    async def says(self, who, text, chat="g-hy", **more: Any):
        segments = [segment("text", text=text)]
        if more.get("called"):
            segments.insert(0, segment("at", qq=ME))
        if more.get("quote"):
            segments.insert(0, segment("reply", id=more["quote"]))
        if more.get("photo"):
            data = base64.b64encode(more["photo"]).decode()
            segments.append(segment("image", file=f"base64://{data}", url=""))
        self.last = self.event(who, chat, segments)
        return await self.again()

    async def again(self):
        return await self.deliver(self.last)

    async def deliver(self, frame: dict[str, Any]) -> bool:
        await self.socket.send_json(frame)
        return await self._read()

    async def _read(self) -> bool:
        mark = f"{next(self.marks)}".encode()
        heard = self.pongs[mark] = asyncio.Event()
        await self.socket.ping(mark)
        try:
            await asyncio.wait_for(heard.wait(), PATIENCE)
        except TimeoutError:
            return False
        return True

    def frame(self, who, text):
        return self.event(who, f"@{who}", [segment("text", text=text)])

    async def throw(self, text, *, wait):
        if self.socket.closed:
            await asyncio.wait([self.listening])
            await self.dial()
        if isinstance(text, bytes):
            await self.socket._writer.send_frame(text, aiohttp.WSMsgType.TEXT)
            await asyncio.wait([self.listening], timeout=PATIENCE)
        else:
            await self.socket.send_str(text)
        return await self._read() if wait and not self.socket.closed else True

    async def forget(self):
        self.seen.clear()

    async def arrivals(self):
        return list(self.seen)

    async def trouble(self, kind):
        if kind == "down":
            await self.hang_up()
        elif kind == "slow":
            self.delay = 0.3
        else:
            self.answers.append(kind)

    async def up(self):
        await self.dial()


class CodedRig(OneBotRig):
    """A client that writes CQ codes."""

    coded = True


def segment(kind: str, **data: str) -> dict[str, Any]:
    return {"type": kind, "data": data}


def coded(segments: list[dict[str, Any]]) -> str:
    """The same message as one text."""
    return "".join(
        escaped(one["data"]["text"])
        if one["type"] == "text"
        else "[CQ:"
        + ",".join([one["type"], *(f"{k}={escaped(v, ',')}" for k, v in one["data"].items())])
        + "]"
        for one in segments
    )


def escaped(text: str, more: str = "") -> str:
    for character, code in (("&", "&amp;"), ("[", "&#91;"), ("]", "&#93;"), (",", "&#44;")):
        if character != "," or more:
            text = text.replace(character, code)
    return text
