"""The channel `[channels.wecom_app]`: hears its members' callbacks, sends through the API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.channels.wecom_app.cards import BUTTONS, message_of, taken_card
from bot.wechat.api import ApiTrouble
from bot.wechat.channel import WechatChannel, event_of
from bot.wechat.corporation import api_of, callback_of
from bot.wechat.trouble import Garbled
from bot.wechat.words import TEXT_BYTES
from handlers.messages import Capabilities, EventKind, Outcome, Receipt, Window

if TYPE_CHECKING:
    from typing import Any

    from bot.house import House
    from bot.settings.channels import WecomAppSection
    from bot.wechat.callback import Fields
    from handlers.messages import Outgoing

NAME = "wecom_app"
CAPABILITIES = Capabilities(
    hears="direct",
    pushes=True,
    buttons=BUTTONS,
    edits=True,
    images=True,
    text_bytes=TEXT_BYTES,
    windows=(Window(30, 60, per_chat=True), Window(1000, 3600, per_chat=True)),
    public_address=True,
)
"""Limits of the platform's page 90236: 30 a minute and 1,000 an hour for one member."""
SEND = "/cgi-bin/message/send"
UPDATE = "/cgi-bin/message/update_template_card"
"""Takes a card's response code, which is valid once and for 72 hours (page 94888)."""
_MEMBER = re.compile(r"[A-Za-z0-9][\w.@-]{0,63}", re.ASCII)
"""A member's account; `@all` and `a|b` would be told to others."""
PRESSED = "template_card_event"
UNREAD = frozenset({"video", "file", "location", "link"})
"""Kinds of messages that people send and we do not understand."""


class WecomApp(WechatChannel):
    """One self-built application.

    Raises:
        ValueError: aes_key or agent_id is not in the form that the platform gives out.
    """

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self, section: WecomAppSection) -> None:
        if not (section.agent_id.isascii() and section.agent_id.isdecimal()):
            raise ValueError("agent_id")
        super().__init__(section.agent_id, api_of(section), callback_of(section))
        self._agent = int(section.agent_id)

    async def _shake(self) -> None:
        """Ask for the application: whether the secret is that of this one."""
        await self._api.look("/cgi-bin/agent/get", {"agentid": self.address})

    async def _take(self, house: House, fields: Fields, nonce: str) -> str:
        del nonce
        kind = fields.get("MsgType", "")
        async with self._turn(fields.get("FromUserName", "")):
            if kind == "event":
                await self._event(house, fields)
            elif kind:
                await self._message(house, kind, fields)
            else:
                raise Garbled("MsgType")
        return ""

    async def _message(self, house: House, kind: str, fields: Fields) -> None:
        words = fields.get("Content") or fields.get("Recognition", "")
        event = event_of(NAME, fields, _id(fields), text=words)
        if kind in ("image", "voice"):
            media = fields.get("MediaId", "")
            await self._heard(house, event, media, spoken=kind == "voice")
        elif kind in UNREAD:
            await self._unheard(house, event)
        elif event.text:
            await self._heard(house, event)

    async def _event(self, house: House, fields: Fields) -> None:
        if fields.get("Event") != PRESSED:
            return
        token = fields.get("EventKey", "")
        press = f"{fields.get('TaskId')}:{fields.get('CreateTime')}:{fields.get('FromUserName')}"
        event = event_of(NAME, fields, f"{press}:{token}", kind=EventKind.PRESS, token=token)
        await self._heard(house, event)

    async def _deliver(self, house: House, out: Outgoing) -> Receipt:
        account = out.chat.account or ""
        if not _MEMBER.fullmatch(account):
            return Receipt(Outcome.GONE, detail="no such account")
        if out.replaces and await self._replaced(account, out):
            return Receipt(Outcome.SENT, reference=out.key)
        answer = await self._say(account, message_of(out))
        if answer.get("invaliduser"):
            return Receipt(Outcome.GONE, detail="invaliduser")
        await self._add_pictures(house, out, lambda media: self._show(account, media))
        card = answer.get("response_code")
        return Receipt(Outcome.SENT, reference=str(card or answer.get("msgid", out.key)))

    async def _replaced(self, account: str, out: Outgoing) -> bool:
        """Change cards, quietly; False = none can be changed any more, say it as a message."""
        card = taken_card(out)
        if card is None:
            return False
        body = {"userids": [account], "agentid": self._agent, "template_card": card}
        changed = [await self._changed(body, code) for code in out.replaces.split()]
        return any(changed)

    async def _changed(self, body: dict[str, Any], code: str) -> bool:
        try:
            await self._api.call(UPDATE, body | {"response_code": code})
        except ApiTrouble as trouble:
            if trouble.code is None:
                raise
            return False
        return True

    async def _show(self, account: str, media: str) -> None:
        await self._say(account, {"msgtype": "image", "image": {"media_id": media}})

    async def _say(self, account: str, message: dict[str, Any]) -> dict[str, Any]:
        return await self._api.call(SEND, {"touser": account, "agentid": self._agent} | message)


def _id(fields: Fields) -> str:
    """Return the id of a message; raises Garbled without one."""
    found = fields.get("MsgId", "")
    if not found:
        raise Garbled("MsgId")
    return found
