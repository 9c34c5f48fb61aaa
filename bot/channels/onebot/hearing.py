"""Hearing: an event is stored, and only then the next frame is read."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import ClientError

from bot.channels.onebot.reading import JOINED, NAME, Heard, read_event
from bot.channels.onebot.segments import Odd
from bot.downloads import download
from bot.insistence import insist
from handlers.messages import ChatKind, EventKind
from handlers.phrases import channels as phrases
from knowledge.community.refusals import Unreadable
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Container, Mapping
    from datetime import datetime

    from bot.house import House
    from handlers.messages import Event

TRIES = 5
"""Attempts after which an event counts as the trouble, if the database works."""
HOSTS = (".qq.com", ".qq.com.cn", ".qpic.cn")
"""Where the platform keeps pictures: nothing is fetched from anywhere else (trust.md T15)."""

log = Logbook()


class Ear:
    """Takes events one after the other; `hosts` are the ends of the names that we fetch from."""

    def __init__(
        self, house: House, hear: Callable[[Event], Awaitable[object]], hosts: tuple[str, ...]
    ) -> None:
        self._house = house
        self._hear = hear
        self._hosts = hosts
        self.heard_at: datetime | None = None

    async def take(self, frame: Mapping[str, Any], me: str, ours: Container[str]) -> None:
        """Take one event; returns once it is stored, or set aside because it is unreadable."""
        try:
            heard = read_event(frame, me, ours)
        except Odd as odd:
            why = str(odd)
            await insist(lambda _: self._set_aside(frame, why), "onebot.store")
            return
        if heard is not None:
            await insist(lambda failures: self._store(frame, heard, failures), "onebot.store")
            self.heard_at = self._house.now()

    async def offline(self) -> None:
        """Tell the administrators, once a day, that the account has been put out."""
        key = f"{NAME}.offline.{self._house.now().date()}"
        await insist(
            lambda _: self._house.report(key, phrases.OFFLINE, avoid=NAME), "onebot.offline"
        )

    async def _store(self, frame: Mapping[str, Any], heard: Heard, failures: int) -> None:
        if failures >= TRIES:
            await self._set_aside(frame, "Unstorable")
        elif heard.happened:
            await self._changed(heard)
        elif heard.event.kind is EventKind.RECALL:
            if await self._house.retract(heard.event):
                await self._hear(heard.event)
        elif heard.event.text or heard.pictures or heard.event.addressed:
            await self._spoken(heard)

    async def _set_aside(self, frame: Mapping[str, Any], why: str) -> None:
        digest = hashlib.sha256(repr(frame).encode("utf-8", "replace")).hexdigest()
        await self._house.set_aside(NAME, digest, why)

    async def _changed(self, heard: Heard) -> None:
        chat, joined = heard.event.chat.id, heard.happened == JOINED
        phrase = phrases.JOINED if joined else phrases.LEFT
        key = f"{NAME}.{heard.happened}.{chat}.{heard.event.at.date()}"
        await self._house.report(key, phrase.format(channel="QQ", title="", chat=chat))

    async def _spoken(self, heard: Heard) -> None:
        event, images, trouble = heard.event, [], ""
        if heard.pictures and await self._house.wants(replace(event, images=heard.pictures)):
            for picture in heard.pictures:
                try:
                    data = await self._fetch(picture)
                    images.append(await self._house.keep_picture(data, f"{NAME}:{event.sender}"))
                except Unreadable as refusal:
                    trouble = refusal.say
        if event.text or images:
            await self._hear(replace(event, images=tuple(images)))
        elif heard.unreadable and event.chat.kind is ChatKind.DIRECT:
            trouble = phrases.unheard(heard.unreadable)
        if trouble:
            await self._house.say(f"{NAME}:{event.event_id}:picture", event.chat, trouble)

    async def _fetch(self, picture: str) -> bytes:
        """Return a picture's bytes, b"" when it cannot be had."""
        if picture.startswith("base64://"):
            try:
                return base64.b64decode(picture.removeprefix("base64://"), validate=True)
            except (ValueError, binascii.Error):
                return b""
        if not f".{urlsplit(picture).hostname}".endswith(self._hosts):
            return b""
        try:
            return await download(picture)
        except (ClientError, TimeoutError, ValueError) as fault:
            log.warning("No picture.", action="onebot.picture", why=type(fault).__name__)
            return b""
