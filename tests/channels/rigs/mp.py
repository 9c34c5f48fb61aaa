"""公众号: a twin that calls back, shows passive replies and customer service messages."""

from __future__ import annotations

from typing import Any, ClassVar

from bot.channels.mp.adapter import Mp
from bot.wechat.callback import read_xml
from bot.wechat.crypt import signature
from tests.channels.rigs.rig import Arrived
from tests.channels.rigs.wechat import AES_KEY, TOKEN, TROUBLES, AnsweringRig, xml

APP = "wx0123456789abcdef"
ORIGINAL = "gh_0123456789ab"
"""What the account is called in messages."""


class MpRig(AnsweringRig):
    """Sealed callbacks, as by default; answers go by the API, nobody waits."""

    name = "mp"
    path = f"/mp/{APP}"
    receiver = APP
    send = "/cgi-bin/message/custom/send"
    table = f'[channels.mp]\napp_id = "{APP}"'
    answers = TROUBLES | {"gone": {"errcode": 43004, "errmsg": "require subscribe"}}
    patience: ClassVar[float] = 0.0

    def channels(self):
        found = super().channels()
        for one in found:
            if isinstance(one, Mp):
                one.patience = self.patience
        return found

    def message(self, who: str, kind: str, **more: Any) -> dict[str, Any]:
        return super().message(who, kind, **more) | {"ToUserName": ORIGINAL}

    @classmethod
    def as_shown(cls, told):
        """There are no buttons: the digits stand in the words."""
        return {chat: [(text, ()) for text, _ in said] for chat, said in told.items()}

    def _show(self, body):
        assert body["msgtype"] == "text"
        text = body["text"]["content"]
        assert len(text.encode()) <= 2048
        self.seen.append(Arrived(self.clock.now(), f"@{body['touser']}", text))
        return {}

    async def again(self) -> bool:
        good = await super().again()
        if good and self.answered not in ("success", ""):
            reply = self.opened(self.answered)
            assert (reply["FromUserName"], reply["MsgType"]) == (ORIGINAL, "text")
            who = f"@{reply['ToUserName']}"
            self.seen.append(Arrived(self.clock.now(), who, reply["Content"]))
        return good

    def opened(self, raw: str) -> dict[str, str]:
        """A passive reply as the platform reads it."""
        sealed = read_xml(raw.encode())
        values = (sealed["TimeStamp"], sealed["Nonce"], sealed["Encrypt"])
        assert self.crypt.trusts(sealed["MsgSignature"], *values)
        return read_xml(self.crypt.open(sealed["Encrypt"]))


class PlainMpRig(MpRig):
    """Plain text, as small accounts leave it."""

    def sealed(self, message, at=None):
        query, _ = super().sealed(message, at)
        signed = {"signature": signature(TOKEN, query["timestamp"], query["nonce"])}
        del query["msg_signature"]
        return query | signed, message if isinstance(message, bytes) else xml(message)

    async def set_up(self):
        await super().set_up()
        toml = self.folder / "linli.toml"
        toml.write_text(toml.read_text("utf-8").replace(f'aes_key = "{AES_KEY}"\n', ""), "utf-8")

    def opened(self, raw: str) -> dict[str, str]:
        return read_xml(raw.encode())
