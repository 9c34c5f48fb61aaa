"""Hearing: a callback is stored, and only then the next one is read."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.channels.wecom_bot.cards import pressed_card
from bot.channels.wecom_bot.connection import ELSEWHERE, KICKED, Down, Unanswered
from bot.channels.wecom_bot.frames import EVENT, MESSAGE, UPDATE
from bot.channels.wecom_bot.media import fetch
from bot.channels.wecom_bot.reading import ENTERED, NAME, TAKEN_OVER, Heard, read_callback
from bot.insistence import insist
from bot.wechat.trouble import Garbled
from handlers.messages import ChatKind
from handlers.phrases.channels import JOINED, TAKEN_AWAY, WELCOME, unheard
from knowledge.community.refusals import Unreadable
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.channels.wecom_bot.connection import Connection
    from bot.channels.wecom_bot.frames import Frame
    from bot.channels.wecom_bot.windows import Windows
    from bot.house import House
    from handlers.messages import Event

TRIES = 5
"""Attempts after which a callback counts as the trouble, if the database works."""
STORE = "wecom_bot.store"
PLATFORM = "企业微信智能机器人"

log = Logbook()


class Ear:
    """Takes callbacks one after the other; `home` is the host from which pictures may come."""

    def __init__(
        self,
        house: House,
        connection: Connection,
        windows: Windows,
        home: str,
        hear: Callable[[Event], Awaitable[object]],
    ) -> None:
        self._house = house
        self._connection = connection
        self._windows = windows
        self._home = home
        self._hear = hear
        self._changing: set[asyncio.Task[None]] = set()
        self.heard_at: datetime | None = None

    async def take(self, frame: Frame) -> None:
        """Take one callback; returns once it is stored, or set aside because it is unreadable.

        The platform has no word for "not now": a callback that cannot be stored is kept in hand
        and tried again, and nothing else is read meanwhile.
        """
        if frame.cmd not in (MESSAGE, EVENT):
            log.info("An unknown call.", action="wecom_bot.unknown")
            return
        try:
            heard = read_callback(frame, self._house.now())
        except Garbled as garbled:
            why = str(garbled)
            await insist(lambda _: self._set_aside(frame, why), STORE)
            return
        await insist(lambda failures: self._store(frame, heard, failures), STORE)
        self.heard_at = self._house.now()

    async def _store(self, frame: Frame, heard: Heard, failures: int) -> None:
        if failures >= TRIES:
            await self._set_aside(frame, "Unstorable")
        elif heard.happened == TAKEN_OVER:
            await self._taken_over(frame)
        elif heard.happened == ENTERED:
            self._windows.entered(heard.event.chat.id, frame.req_id, self._house.now())
            key = f"{NAME}:{heard.event.event_id}:welcome"
            await self._house.say(key, heard.event.chat, WELCOME)
        elif not heard.happened:
            await self._spoken(frame, heard)

    async def _set_aside(self, frame: Frame, why: str) -> None:
        """Quarantine it under its own id, or one made from what it holds."""
        msgid = frame.body.get("msgid")
        named = isinstance(msgid, str) and 0 < len(msgid) <= 128 and msgid.isprintable()  # noqa: PLR2004
        digest = hashlib.sha256(repr(frame.body).encode("utf-8", "replace")).hexdigest()
        await self._house.set_aside(NAME, str(msgid) if named else digest, why)

    async def _taken_over(self, frame: Frame) -> None:
        """Stop, and tell the administrators by another channel: this one is silent now.

        Of several processes of ours the one that sends now has taken it: that is no trouble.
        """
        if not await self._house.holds_line(NAME):
            self._connection.leave_to(ELSEWHERE)
            return
        self._connection.leave_to(KICKED)
        log.error("Somebody else took the bot over.", action="wecom_bot.kicked")
        key = f"{NAME}.kicked.{frame.req_id}.{self._house.now().isoformat()}"
        await self._house.report(key, TAKEN_AWAY, avoid=NAME)

    async def _spoken(self, frame: Frame, heard: Heard) -> None:
        event = heard.event
        await self._meet(event)
        if event.token:
            await self._hear(event)
            self._mark(frame, heard)
        elif event.text or heard.pictures:
            self._windows.asked(event.chat.id, frame.req_id, self._house.now())
            await self._with_pictures(heard)
        else:
            await self._house.say(f"{NAME}:{event.event_id}:unheard", event.chat, unheard())

    async def _with_pictures(self, heard: Heard) -> None:
        """Fetch pictures at once, for they are gone in five minutes; words go in without them."""
        event, images, trouble = heard.event, [], ""
        addresses = tuple(one.url for one in heard.pictures)
        if addresses and await self._house.wants(replace(event, images=addresses)):
            for picture in heard.pictures:
                try:
                    data = await fetch(picture, self._home)
                    who = f"{NAME}:{event.sender}"
                    images.append(await self._house.keep_picture(data, who))
                except Unreadable as refusal:
                    trouble = refusal.say
        if event.text or images:
            await self._hear(replace(event, images=tuple(images)))
        if trouble:
            await self._house.say(f"{NAME}:{event.event_id}:picture", event.chat, trouble)

    async def _meet(self, event: Event) -> None:
        """Remember who has spoken to us: only there we may push from now on."""
        chat = event.chat
        if await self._house.has_met(chat):
            return
        if chat.kind is ChatKind.GROUP and not self._house.knows(chat):
            sentence = JOINED.format(channel=PLATFORM, title="", chat=chat.id)
            await self._house.report(f"{NAME}.joined.{chat.id}", sentence)
        await self._house.meet(chat)

    def _mark(self, frame: Frame, heard: Heard) -> None:
        """Show at once which button was pressed; whether it counts is said in words."""
        card = self._windows.card(heard.task)
        if card is None:
            return
        task = asyncio.create_task(
            self._change(frame, heard, pressed_card(card, heard.event.token))
        )
        self._changing.add(task)
        task.add_done_callback(self._changing.discard)

    async def _change(self, frame: Frame, heard: Heard, card: dict[str, object]) -> None:
        body = {
            "response_type": "update_template_card",
            "userids": [heard.event.sender],
            "template_card": card,
        }
        try:
            code = await self._connection.ask(UPDATE, body, frame.req_id)
        except (Down, Unanswered) as fault:
            log.info("A card stayed as it was.", action="wecom_bot.card", why=str(fault))
        else:
            if code:
                log.info("A card stayed as it was.", action="wecom_bot.card", why=code)
