"""The channel `[channels.mp]`: plain or sealed callbacks in, passive replies and the API out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.mp.slots import Slots
from bot.wechat.api import Api
from bot.wechat.callback import Callback, cdata
from bot.wechat.channel import WechatChannel, event_of
from bot.wechat.crypt import Crypt
from bot.wechat.errcodes import CLOSED
from bot.wechat.trouble import Garbled
from bot.wechat.words import TEXT_BYTES, shortened
from handlers.actions.windows import AT_ONCE
from handlers.messages import ANSWERS, Capabilities, Outcome, Receipt
from handlers.phrases.channels import WELCOME

if TYPE_CHECKING:
    from bot.house import House
    from bot.settings.channels import MpSection
    from bot.wechat.callback import Fields
    from handlers.messages import Event, Outgoing

NAME = "mp"
CAPABILITIES = Capabilities(
    hears="direct",
    pushes=True,
    buttons=0,
    edits=False,
    images=False,
    text_bytes=TEXT_BYTES,
    public_address=True,
    answers=ANSWERS,
)
SEND = "/cgi-bin/message/custom/send"
PATIENCE = 4.0
"""Seconds in which an answer may still go back with the call; after 5 the platform asks again."""
RECEIVED = "success"
"""Tells the platform that we have it and say nothing at once."""
UNREAD = frozenset({"video", "shortvideo", "location", "link"})


class Mp(WechatChannel):
    """One official account; without `aes_key` its callbacks come in plain text.

    Raises:
        ValueError: aes_key is not in the form that the platform gives out.
    """

    name = NAME
    capabilities = CAPABILITIES
    gate = "mp"

    def __init__(self, section: MpSection, patience: float = PATIENCE) -> None:
        token = section.token.get_secret_value()
        key = section.aes_key.get_secret_value() if section.aes_key else ""
        login = {
            "grant_type": "client_credential",
            "appid": section.app_id,
            "secret": section.secret.get_secret_value(),
        }
        super().__init__(
            section.app_id,
            Api(section.api, "/cgi-bin/token", login),
            Callback(token, Crypt(token, key, section.app_id) if key else None),
        )
        self.patience = patience
        self._slots = Slots()

    async def stop(self) -> None:
        """Let those who wait go first."""
        self._slots.close_all()
        await super().stop()

    async def _take(self, house: House, fields: Fields, nonce: str) -> str:
        async with self._turn(fields.get("FromUserName", "")):
            event = await self._listen(house, fields)
        if event is None or not self.patience:
            return RECEIVED
        said = await self._slots.wait(event.event_id, event.sender, self.patience)
        if not said:
            return RECEIVED
        return self._callback.reply(_passive(fields, said), nonce)

    async def _listen(self, house: House, fields: Fields) -> Event | None:
        """Hear what was said; return it when an answer may come."""
        kind, happened = fields.get("MsgType", ""), fields.get("Event", "")
        if not kind:
            raise Garbled("MsgType")
        if kind == "event" and happened not in ("subscribe", "CLICK"):
            return None
        text = fields.get("EventKey", "") if happened else fields.get("Content", "")
        event = event_of(NAME, fields, _id(fields), text=text or fields.get("Recognition", ""))
        if happened == "subscribe":
            await house.say(f"{NAME}:{event.event_id}:welcome", event.chat, WELCOME)
        elif kind in ("image", "voice"):
            media = fields.get("MediaId", "")
            await self._heard(house, event, media, spoken=kind == "voice")
        elif event.text:
            await self._heard(house, event)
        elif kind in UNREAD:
            await self._unheard(house, event)
        return event

    async def _deliver(self, house: House, out: Outgoing) -> Receipt:
        account, text = out.chat.account or "", shortened(out.text)
        if answered := self._slots.fill(account, text):
            return Receipt(Outcome.SENT, reference=f"{AT_ONCE}:{answered}")
        if not await house.replies_left(out.chat):
            return Receipt(Outcome.UNSUPPORTED, detail=CLOSED)
        body = {"touser": account, "msgtype": "text", "text": {"content": text}}
        await self._api.call(SEND, body)
        return Receipt(Outcome.SENT, reference=out.key)


def _id(fields: Fields) -> str:
    """Return the id by which the platform delivers the same again (events have none)."""
    return fields.get("MsgId") or f"{fields.get('FromUserName')}:{fields.get('CreateTime')}"


def _passive(fields: Fields, text: str) -> str:
    return (
        f"<xml><ToUserName>{cdata(fields.get('FromUserName', ''))}</ToUserName>"
        f"<FromUserName>{cdata(fields.get('ToUserName', ''))}</FromUserName>"
        f"<CreateTime>{fields.get('CreateTime', '')}</CreateTime>"
        f"<MsgType>{cdata('text')}</MsgType><Content>{cdata(text)}</Content></xml>"
    )
