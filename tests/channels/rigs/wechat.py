"""What the rigs of the WeChat family share: sealed callbacks, one API, private chats only."""

from __future__ import annotations

import time
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

import aiohttp

from bot.wechat.callback import cdata
from bot.wechat.crypt import Crypt
from knowledge.store.rows.messages import InboxRow
from tests.channels.fake_wecom import FakeApi
from tests.channels.rigs.rig import Arrived, Rig
from tests.channels.town import NAMES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SECRET = "secret-canary-0123"
TOKEN = "callbackCanary0123"
AES_KEY = "CanaryKey0123456789abcdefghijklmnopqrstuvwx"
HELLO = "hello-"
TROUBLES: dict[str, dict[str, Any]] = {
    "gone": {"errcode": 81013, "errmsg": "user & party & tag all invalid"},
    "later": {"errcode": 45009, "errmsg": "api freq out of limit"},
    "unsupported": {"errcode": 40058, "errmsg": "invalid message"},
}


class ApiRig(Rig):
    """A platform that is spoken to by its API; it fails as the rig is told."""

    troubles = frozenset({"down", "gone", "later", "unknown", "unsupported"})
    answers: ClassVar[dict[str, dict[str, Any]]] = TROUBLES
    waits = 60
    slow = True
    fake: FakeApi
    seen: list[Arrived]

    async def forget(self):
        self.seen.clear()

    async def arrivals(self):
        return list(self.seen)

    async def trouble(self, kind):
        if kind == "down":
            self.fake.down = True
        elif kind == "slow":
            self.fake.delay = 0.3
        elif kind == "unknown":
            self.fake.cuts = 1
        else:
            self.fake.answers.append(self.answers[kind])

    async def up(self):
        self.fake.down = False


class WechatRig(ApiRig):
    """A channel without groups, called by sealed XML."""

    quotes = False
    fields = ("MsgId", "FromUserName", "CreateTime", "MsgType", "Content")
    home = "@li"
    groups = False
    captions = False
    chats = ("@li", "@zhang")
    path: ClassVar[str]
    receiver: ClassVar[str]
    send: ClassVar[str]
    """Path of the API by which messages go out."""
    table: ClassVar[str]
    """The channel's table in linli.toml, without secret and address."""

    async def set_up(self):
        self.crypt = Crypt(TOKEN, AES_KEY, self.receiver)
        self.fake = FakeApi(SECRET)
        self.fake.methods[self.send] = self._show
        self.fake.sends.add(self.send)
        self.seen = []
        self.ids = count(1_000_001)
        await self.fake.start()
        self.session = aiohttp.ClientSession()
        with (self.folder / "linli.toml").open("a", encoding="utf-8") as file:
            file.write(
                f'{self.table}\nsecret = "{SECRET}"\ntoken = "{TOKEN}"\n'
                f'aes_key = "{AES_KEY}"\napi = "{self.fake.address}"\n'
            )

    async def tear_down(self):
        await self.session.close()
        await self.fake.stop()

    def _show(self, body: dict[str, Any]) -> dict[str, Any]:
        """Show a message to its reader; return what the platform answers."""
        raise NotImplementedError

    def account(self, person: str) -> str:
        """What the platform calls somebody."""
        return person

    def message(self, who: str, kind: str, **more: Any) -> dict[str, Any]:
        """A message as the platform describes it."""
        return {
            "ToUserName": self.receiver,
            "FromUserName": self.account(who),
            "CreateTime": int(self.clock.now().timestamp()),
            "MsgType": kind,
        } | more

    async def says(self, who, text, chat="", **more: Any):
        assert chat in ("", f"@{who}"), "there are only private chats"
        if more.get("photo"):
            await self.deliver(self.message(who, "text", Content=text, MsgId=next(self.ids)))
            name = f"m{next(self.ids)}"
            self.fake.media[name] = more["photo"]
            image = {"PicUrl": "http://invalid/", "MediaId": name, "MsgId": next(self.ids)}
            return await self.deliver(self.message(who, "image", **image))
        return await self.deliver(self.message(who, "text", Content=text, MsgId=next(self.ids)))

    async def deliver(self, message: dict[str, Any]) -> bool:
        self.last = message
        return await self.again()

    async def again(self) -> bool:
        status, self.answered = await self.post(*self.sealed(self.last))
        return status == 200

    def sealed(
        self, message: dict[str, Any] | bytes, at: float | None = None
    ) -> tuple[dict[str, str], bytes]:
        """Query and body of a callback as the platform makes them."""
        raw = message if isinstance(message, bytes) else xml(message)
        stamp, nonce = str(int(time.time() if at is None else at)), f"{next(self.ids)}"
        sealed = self.crypt.seal(raw)
        query = {
            "msg_signature": self.crypt.sign(stamp, nonce, sealed),
            "timestamp": stamp,
            "nonce": nonce,
        }
        return query, xml({"ToUserName": self.receiver, "Encrypt": sealed})

    async def post(self, query: dict[str, str], body: bytes, path: str = "") -> tuple[int, str]:
        async with self.session.post(
            self.address + (path or self.path), params=query, data=body
        ) as response:
            return response.status, await response.text()

    async def get(self, query: dict[str, str]) -> tuple[int, str]:
        async with self.session.get(self.address + self.path, params=query) as response:
            return response.status, await response.text()


class AnsweringRig(WechatRig):
    """A channel that only answers: everybody has just said something."""

    most = 5

    async def forget(self):
        await super().forget()
        await self.app.database.write(self._greet)

    def _greet(self, session: Session) -> None:
        for person in NAMES:
            session.add(
                InboxRow(
                    channel=self.name,
                    event_id=f"{HELLO}{person}",
                    chat_id=f"@{self.account(person)}",
                    payload={},
                    state="done",
                    received_at=self.clock.now(),
                )
            )

    async def inbox(self):
        return [row for row in await super().inbox() if not row.event_id.startswith(HELLO)]


def xml(message: dict[str, Any]) -> bytes:
    """The message as the platform writes it: texts in CDATA, numbers bare."""
    parts = (
        f"<{name}>{value if isinstance(value, int) else cdata(str(value))}</{name}>"
        for name, value in message.items()
    )
    return f"<xml>{''.join(parts)}</xml>".encode()
