"""The channel `[channels.kf]`: nudged by a callback, it pulls what was said and answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.channels.kf.pulling import Pulled, read_message
from bot.wechat.api import ApiTrouble
from bot.wechat.channel import WechatChannel
from bot.wechat.corporation import api_of, callback_of
from bot.wechat.errcodes import CLOSED
from bot.wechat.trouble import Garbled
from bot.wechat.words import TEXT_BYTES, shortened
from handlers.messages import ANSWERS, Capabilities, Outcome, Receipt
from handlers.phrases.channels import WELCOME
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.house import House
    from bot.settings.channels import KfSection
    from bot.wechat.callback import Fields
    from handlers.messages import Event, Outgoing

NAME = "kf"
BUTTONS = 8
CAPABILITIES = Capabilities(
    hears="direct",
    pushes=True,
    buttons=BUTTONS,
    edits=False,
    images=False,
    text_bytes=TEXT_BYTES,
    public_address=True,
    answers=ANSWERS,
)
PULL, SEND = "/cgi-bin/kf/sync_msg", "/cgi-bin/kf/send_msg"
GREET = "/cgi-bin/kf/send_msg_on_event"
NUDGE = "kf_msg_or_event"
MENU_BYTES = 1024
"""Bytes of the words above a menu (page 94677)."""
AT_ONCE = 1000
"""Messages pulled with one call, at the most."""
GREETED = 1000
"""Welcome codes that are kept; each is valid for 20 seconds."""

log = Logbook()


class Kf(WechatChannel):
    """One customer service account.

    Raises:
        ValueError: aes_key is not in the form that the platform gives out.
    """

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self, section: KfSection) -> None:
        super().__init__(section.open_kfid, api_of(section), callback_of(section))
        self._account = section.open_kfid
        self._codes: dict[str, str] = {}

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Fetch what was said while we were away, and what we are nudged for from now on."""
        await super().start(hear)
        if self._house is not None:
            task = asyncio.create_task(self._catch_up(self._house))
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)

    async def _catch_up(self, house: House) -> None:
        try:
            async with self._turn(PULL):
                await self._pull(house, "")
        except Exception as fault:  # noqa: BLE001 -- an edge: the next nudge fetches the same.
            self._trouble = str(fault) if isinstance(fault, ApiTrouble) else type(fault).__name__
            log.warning("Nothing was pulled.", action="kf.pull", why=self._trouble)

    async def _shake(self) -> None:
        """Ask for one message: whether the account is there, and ours."""
        await self._api.call(PULL, {"limit": 1, "open_kfid": self._account})

    async def _take(self, house: House, fields: Fields, nonce: str) -> str:
        del nonce
        if not fields.get("MsgType"):
            raise Garbled("MsgType")
        ours = fields.get("OpenKfId", self._account) == self._account
        if fields.get("Event") == NUDGE and ours:
            async with self._turn(PULL):
                await self._pull(house, fields.get("Token", ""))
        return ""

    async def _pull(self, house: House, token: str) -> None:
        """Hear all that is new; the cursor moves on only after everything before it is stored."""
        place = f"{NAME}.{self._account}.cursor"
        cursor, more = await house.recall(place), True
        while more:
            body = {"cursor": cursor, "token": token, "limit": AT_ONCE, "open_kfid": self._account}
            answer = await self._api.call(PULL, body)
            first, found = not cursor, answer.get("msg_list")
            for raw in found if isinstance(found, list) else ():
                await self._one(house, raw, first=first)
            before, cursor = cursor, str(answer.get("next_cursor") or cursor)
            await house.remember(place, cursor)
            more = bool(answer.get("has_more")) and cursor != before

    async def _one(self, house: House, raw: Any, *, first: bool) -> None:
        try:
            pulled = read_message(NAME, raw)
        except Garbled as why:
            name = raw.get("msgid") if isinstance(raw, dict) else None
            if isinstance(name, str) and name:
                await house.set_aside(NAME, name[:64], str(why))
            return
        if pulled is None or (first and pulled.is_old(house.now())):
            return
        await self._hear_of(house, pulled)

    async def _hear_of(self, house: House, pulled: Pulled) -> None:
        event = pulled.event
        if pulled.failed:
            receipt = Receipt(Outcome.GONE, detail=f"fail_type {pulled.fail_type}")
            await house.settle(NAME, pulled.failed, receipt)
        elif pulled.welcome:
            self._codes[event.sender] = pulled.welcome
            while len(self._codes) > GREETED:
                self._codes.pop(next(iter(self._codes)))
            await house.say(f"{NAME}:{event.event_id}:welcome", event.chat, WELCOME)
        elif pulled.unread:
            await self._unheard(house, event)
        elif event.text or event.token or pulled.media_id:
            await self._heard(house, event, pulled.media_id, spoken=pulled.spoken)

    async def _deliver(self, house: House, out: Outgoing) -> Receipt:
        account = out.chat.account or ""
        code = self._codes.pop(account, "")
        if code:
            answer = await self._api.call(GREET, {"code": code} | _text(out.text))
            return Receipt(Outcome.SENT, reference=str(answer.get("msgid", out.key)))
        if not await house.replies_left(out.chat):
            return Receipt(Outcome.UNSUPPORTED, detail=CLOSED)
        answer = await self._say(account, _menu(out) or _text(out.text))
        return Receipt(Outcome.SENT, reference=str(answer.get("msgid", out.key)))

    async def _say(self, account: str, message: dict[str, Any]) -> dict[str, Any]:
        body = {"touser": account, "open_kfid": self._account} | message
        return await self._api.call(SEND, body)


def _text(text: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": shortened(text)}}


def _menu(out: Outgoing) -> dict[str, Any] | None:
    """Return the words with lines to tap; None where there is nothing to tap, or no room."""
    if not 0 < len(out.buttons) <= BUTTONS or len(out.text.encode()) > MENU_BYTES:
        return None
    taps = [
        {"type": "click", "click": {"id": one.token, "content": one.label}} for one in out.buttons
    ]
    return {"msgtype": "msgmenu", "msgmenu": {"head_content": out.text, "list": taps}}
