"""Telegram, by long polling and by webhook, against a Bot API server of our own."""

from __future__ import annotations

import asyncio
import io
from itertools import count
from typing import Any

import aiohttp

from bot.house import Watched
from bot.web.doors import SECRET
from tests.channels.fake_telegram import TOKEN, FakeTelegram, Fault
from tests.channels.rigs.rig import Arrived, Rig
from tests.channels.town import GROUPS, NAMES, NUMBERS
from tests.patience import PATIENCE

WORD = "webhook-canary-0123"
PEOPLE = {number: person for person, number in NUMBERS.items()}
CHATS = {number: group for group, number in GROUPS.items()}
FAULTS = {
    "later": Fault(
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        },
    ),
    "gone": Fault(
        403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was kicked"}
    ),
    "unsupported": Fault(
        400, {"ok": False, "error_code": 400, "description": "Bad Request: text is too long"}
    ),
    "unknown": Fault(done=True, cut=True),
    "slow": Fault(done=True, delay=0.3),
}


class TelegramRig(Rig):
    """Long polling, the default."""

    name = "telegram"
    troubles = frozenset({"down", "gone", "later", "unknown", "unsupported"})
    slow = True
    mode = "polling"
    missing: tuple[str, ...] = ()

    async def set_up(self):
        self.fake = FakeTelegram(self.clock.now, missing=self.missing)
        await self.fake.start()
        self.update_ids, self.message_ids = count(1), count(1)
        with (self.folder / "linli.toml").open("a", encoding="utf-8") as file:
            file.write(
                f'[channels.telegram]\ntoken = "{TOKEN}"\nmode = "{self.mode}"\n'
                f'secret = "{WORD}"\napi = "{self.fake.address}"\n'
            )

    async def tear_down(self):
        await self.fake.stop()

    async def ready(self):
        async with asyncio.timeout(PATIENCE):
            channel = self.channel
            assert isinstance(channel, Watched)
            while not channel.health().connected:  # noqa: ASYNC110 -- nothing tells us.
                await asyncio.sleep(0.01)

    def place(self, chat):
        place = super().place(chat)
        number = f"@{NUMBERS[chat[1:]]}" if chat.startswith("@") else GROUPS[chat]
        return type(place)(self.name, number)

    def message(self, who: str, chat: str, **more: Any) -> dict[str, Any]:
        """A message as Telegram describes it."""
        number = NUMBERS[who] if chat.startswith("@") else GROUPS[chat]
        kind = "private" if chat.startswith("@") else "supergroup"
        return {
            "message_id": next(self.message_ids),
            "date": int(self.clock.now().timestamp()),
            "chat": {"id": int(number), "type": kind, "title": chat},
            "from": {"id": int(NUMBERS[who]), "is_bot": False, "first_name": NAMES[who]},
        } | more

    async def says(self, who, text, chat="g-hy", **more: Any):
        message = self.message(who, chat, text=text)
        if more.get("called"):
            message["text"] = f"@LinliBot {text}"
            message["entities"] = [{"type": "mention", "offset": 0, "length": 9}]
        if more.get("photo"):
            del message["text"]
            message |= self.photo(more["photo"], text)
        if more.get("quote"):
            message["reply_to_message"] = self.message(who, chat, text="?") | {
                "message_id": int(more["quote"])
            }
        self.last: dict[str, Any] = {"update_id": next(self.update_ids), "message": message}
        return await self.again()

    async def delivers(self, *messages: Any, kind: str = "message") -> None:
        """Deliver messages in one batch and wait until it is acknowledged."""
        updates = [{"update_id": next(self.update_ids), kind: message} for message in messages]
        await self.fake.push(*updates)
        assert await self.fake.acknowledged(updates[-1]["update_id"], patience=PATIENCE)

    def photo(self, data: bytes, caption: str = "") -> dict[str, Any]:
        name = f"photo{len(self.fake.files)}"
        self.fake.files[name] = data
        size = {"file_id": name, "file_unique_id": name, "width": 60, "height": 40}
        return {"photo": [size], "caption": caption}

    async def presses(self, who, label, chat="g-hy"):
        self.last = {
            "update_id": next(self.update_ids),
            "callback_query": {
                "id": f"q{next(self.message_ids)}",
                "from": self.message(who, chat)["from"],
                "message": self.message(who, chat, text="?"),
                "chat_instance": "1",
                "data": await self.token(chat, label),
            },
        }
        return await self.again()

    async def again(self):
        await self.fake.push(self.last)
        return await self.fake.acknowledged(self.last["update_id"])

    async def forget(self):
        self.fake.arrived.clear()

    async def arrivals(self):
        return [
            Arrived(
                one.at,
                CHATS.get(one.chat) or f"@{PEOPLE.get(one.chat)}",
                one.text,
                one.buttons,
                one.photos,
            )
            for one in self.fake.arrived
        ]

    async def trouble(self, kind):
        if kind == "down":
            self.fake.down = True
        else:
            self.fake.fail("sendMessage", FAULTS[kind])

    async def up(self):
        self.fake.down = False


class WebhookRig(TelegramRig):
    """The platform calls us."""

    mode = "webhook"

    async def again(self):
        status, _ = await self.post(self.last)
        return status == 200

    async def delivers(self, *messages, kind="message"):
        for message in messages:
            self.last = {"update_id": next(self.update_ids), kind: message}
            assert await self.again()

    async def post(self, update: Any, secret: str | None = WORD, bot: str = "4242"):
        headers = {} if secret is None else {SECRET: secret}
        body = {"data": io.BytesIO(update)} if isinstance(update, bytes) else {"json": update}
        address = f"{self.address}/telegram/{bot}"
        async with (
            aiohttp.ClientSession() as session,
            session.post(address, headers=headers, **body) as response,
        ):
            return response.status, await response.text()
