"""企业微信 智能机器人: members in internal groups and in private, behind a gateway of our own."""

from __future__ import annotations

import asyncio
import base64
import os
from dataclasses import replace
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.channels.wecom_bot.adapter import WecomBot
from bot.channels.wecom_bot.rhythm import Rhythm
from bot.config import read_settings
from bot.house import Watched
from handlers.actions.windows import met
from knowledge.store.stamps import set_mark
from tests.channels.fake_aibot import FakeAibot
from tests.channels.rigs.rig import Arrived, SocketRig
from tests.channels.town import GROUPS, NUMBERS
from tests.patience import PATIENCE

BOT, SECRET = "aib-0123456789", "aibot-canary-0123"
CODES = {"gone": 93006, "later": 45009, "unsupported": 40058, "unknown": -1000}


def sealed(data: bytes, key: bytes) -> bytes:
    """What the platform stores: AES-256-CBC, padded to 32."""
    padding = 32 - len(data) % 32
    encryptor = Cipher(algorithms.AES256(key), modes.CBC(key[:16])).encryptor()
    return encryptor.update(data + bytes([padding]) * padding) + encryptor.finalize()


class WecomBotRig(SocketRig):
    name = "wecom_bot"
    troubles = frozenset({"down", "gone", "later", "unknown", "unsupported"})
    waits = 60
    slow = True
    hears_all = False
    vital = (
        ("cmd",),
        ("headers",),
        ("headers", "req_id"),
        ("body",),
        ("body", "msgid"),
        ("body", "from"),
        ("body", "from", "userid"),
        ("body", "text"),
        ("body", "text", "content"),
        ("body", "create_time"),
    )
    also = ("create_time", type(None))
    rhythm = Rhythm(pausing=lambda *_, **__: 0.01)

    async def set_up(self):
        self.fake = FakeAibot(BOT, SECRET, self.clock.now)
        self.msgids = count(1)
        await self.fake.start()
        with (self.folder / "linli.toml").open("a", encoding="utf-8") as file:
            file.write(
                f'[channels.wecom_bot]\nbot_id = "{BOT}"\nsecret = "{SECRET}"\n'
                f'url = "{self.fake.address}"\n'
            )

    def channels(self):
        settings, problems = read_settings(self.folder)
        assert settings is not None, problems
        assert settings.channels.wecom_bot is not None
        return (WecomBot(settings.channels.wecom_bot, self.rhythm),)

    async def tear_down(self):
        await self.fake.stop()

    async def ready(self):
        await self.fake.stands()
        await self.connected()
        await self.app.database.write(self._everybody_has_spoken)

    def _everybody_has_spoken(self, session):
        for chat in (*GROUPS, *(f"@{person}" for person in NUMBERS)):
            self.fake.met.add(chat.removeprefix("@"))
            set_mark(session, met(self.place(chat)), "before")

    async def connected(self, *, stands: bool = True):
        channel = self.channel
        assert isinstance(channel, Watched)
        async with asyncio.timeout(PATIENCE):
            while channel.health().connected is not stands:  # noqa: ASYNC110 -- nothing tells us.
                await asyncio.sleep(0.01)

    def body(self, who: str, chat: str, **more: Any) -> dict[str, Any]:
        """A callback as the platform describes it."""
        group = {} if chat.startswith("@") else {"chatid": chat}
        return {
            "msgid": f"CAIQ{next(self.msgids)}",
            "create_time": int(self.clock.now().timestamp()),
            "aibotid": BOT,
            "chattype": "group" if group else "single",
            "from": {"userid": who},
            **group,
            **more,
        }

    async def says(self, who, text, chat="g-hy", **more: Any) -> bool:
        group = not chat.startswith("@")
        if group and more.get("called") is False:
            return True  # the platform keeps to itself what is not said to the bot
        words = {"content": f"@社区小助手 {text}" if group else text}
        body = self.body(who, chat, msgtype="text", text=words)
        if more.get("photo"):
            image = {"msgtype": "image", "image": self.picture(more["photo"])}
            items = [{"msgtype": "text", "text": body.pop("text")}, image]
            body |= {"msgtype": "mixed", "mixed": {"msg_item": items}}
        if more.get("quote"):
            body["quote"] = {"msgtype": "text", "text": {"content": more["quote"]}}
        return await self.deliver("aibot_msg_callback", body)

    def frame(self, who, text):
        body = self.body(who, f"@{who}", msgtype="text", text={"content": text})
        req_id = f"odd{body['msgid']}"
        return {"cmd": "aibot_msg_callback", "headers": {"req_id": req_id}, "body": body}

    async def throw(self, text, *, wait):
        return await self.fake.raw(text, wait=wait)

    def picture(self, data: bytes) -> dict[str, str]:
        key, name = os.urandom(32), f"p{next(self.msgids)}"
        self.fake.media[name] = sealed(data, key)
        return {
            "url": f"http://{self.fake.host}/media/{name}",
            "aeskey": base64.b64encode(key).decode().rstrip("="),
        }

    async def presses(self, who, label, chat="g-hy"):
        pressed = {
            "card_type": "button_interaction",
            "event_key": await self.token(chat, label),
            "task_id": self.task(chat, label),
        }
        event = {"eventtype": "template_card_event", "template_card_event": pressed}
        body = self.body(who, chat, msgtype="event", event=event)
        return await self.deliver("aibot_event_callback", body)

    def task(self, chat: str, label: str) -> str:
        for _, shown, body in reversed(self.fake.shown):
            card = body.get("template_card", {})
            labels = [one["text"] for one in card.get("button_list", ())]
            if shown == chat.removeprefix("@") and label in labels:
                return str(card["task_id"])
        raise AssertionError(label)

    async def deliver(self, cmd: str, body: dict[str, Any]) -> bool:
        self.last: tuple[str, dict[str, Any]] = (cmd, body)
        return await self.again()

    async def again(self) -> bool:
        return await self.fake.call(*self.last)

    async def forget(self):
        self.fake.shown.clear()

    async def arrivals(self):
        seen: list[Arrived] = []
        for at, chat, body in self.fake.shown:
            if body["msgtype"] == "image":  # a picture follows its words
                seen[-1] = replace(seen[-1], photos=seen[-1].photos + 1)
            else:
                seen.append(Arrived(at, chat if chat in GROUPS else f"@{chat}", *self._shown(body)))
        return seen

    def _shown(self, body: dict[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
        kind = body["msgtype"]
        if kind == "template_card":
            card = body["template_card"]
            title, rest = card.get("main_title", {}).get("title", ""), card["sub_title_text"]
            assert len(title) <= 26
            assert len(rest) <= 112
            buttons = tuple((one["text"], one["key"]) for one in card["button_list"])
            assert 1 <= len(buttons) <= 6
            assert all(len(label) <= 10 for label, _ in buttons)
            return "\n".join(filter(None, (title, rest))), buttons
        content = str(body[kind]["content"])
        assert len(content.encode()) <= 20480
        assert kind != "stream" or body["stream"]["finish"] is True
        return content, ()

    async def trouble(self, kind):
        if kind == "down":
            await self.fake.fall()
            await self.connected(stands=False)
        elif kind == "slow":
            self.fake.delay = 0.3
        else:
            self.fake.answers.append(CODES[kind])

    async def up(self):
        self.fake.down = False
        await self.connected()
