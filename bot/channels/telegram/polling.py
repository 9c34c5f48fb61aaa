"""Own long polling on raw JSON: an update is acknowledged only after it has been heard.

aiogram's polling acknowledges first and stalls for ever on one update that it cannot decode
(research/trust.md M1–M4).
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

from aiohttp import ClientTimeout

from bot.channels.telegram.translating import HEARD
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import ClientSession

POLL = 25
"""Seconds that the platform holds an empty answer back."""
SLACK = 15
"""Seconds beyond, after which the connection counts as dead."""
BATCH = 100
LONGEST_PAUSE = 30.0
DIGITS = 20
"""A number with more digits is nonsense and must not stop the decoder."""

_UPDATE_ID = re.compile(r'"update_id"\s*:\s*(\d{1,19})\b')

log = Logbook()


class Rejected(Exception):
    """The platform did not give updates; the text is the status, a machine word."""


class Poller:
    """Asks for updates at `address`; `take` returns once one update is stored.

    `alarm` is told of the status that the platform gives instead of updates.
    """

    def __init__(
        self,
        session: Callable[[], Awaitable[ClientSession]],
        address: str,
        take: Callable[[Any], Awaitable[None]],
        skip: Callable[[int], Awaitable[None]],
        alarm: Callable[[str], Awaitable[None]],
    ) -> None:
        self._session = session
        self._address = address
        self._take = take
        self._skip = skip
        self._alarm = alarm
        self._offset: int | None = None
        self.trouble = "starting"
        """Why nothing comes at present; "" = all is well."""

    async def run(self) -> None:
        """Poll until cancelled; whatever fails is tried again, more and more slowly."""
        failures = 0
        while True:
            try:
                await self._round()
                failures = 0
            except Exception as fault:  # noqa: BLE001 -- an edge: listening never ends by itself.
                failures += 1
                await self._failed(fault)
                await asyncio.sleep(min(2.0 ** min(failures - 1, 5), LONGEST_PAUSE))

    async def _failed(self, fault: Exception) -> None:
        self.trouble = str(fault) if isinstance(fault, Rejected) else type(fault).__name__
        log.warning("Polling failed.", action="telegram.polling", why=self.trouble)
        if isinstance(fault, Rejected):
            try:
                await self._alarm(self.trouble)
            except Exception as trouble:  # noqa: BLE001 -- listening never ends by itself.
                log.warning("Nobody told.", action="telegram.alarm", why=type(trouble).__name__)

    async def _round(self) -> None:
        batch = await self._ask(0 if self.trouble else POLL)  # first see whether it answers
        self.trouble = ""
        chats = _by_chat(batch)
        heard = await asyncio.gather(*map(self._take_in_order, chats), return_exceptions=True)
        for fault in heard:
            if fault is not None:
                raise fault  # nothing is acknowledged: what was stored comes again, without effect
        known = [update["update_id"] for update in batch if _has_id(update)]
        if known:  # also below the last one: after a week of silence the ids begin anywhere
            self._offset = max(known) + 1

    async def _take_in_order(self, updates: list[Any]) -> None:
        """Take in what was said in one chat; the others need not wait for its pictures."""
        for update in updates:
            await self._take(update)

    async def _ask(self, wait: int, limit: int = BATCH) -> list[Any]:
        asked = {"timeout": wait, "limit": limit, "allowed_updates": list(HEARD)}
        if self._offset is not None:
            asked["offset"] = self._offset
        session = await self._session()
        patience = ClientTimeout(total=wait + SLACK)
        async with session.post(self._address, json=asked, timeout=patience) as response:
            status, text = response.status, await response.text(errors="replace")
        try:
            body = json.loads(text, parse_int=_number)
        except (ValueError, RecursionError):
            return await self._isolate(status, text, limit)
        if not isinstance(body, dict) or body.get("ok") is not True:
            raise Rejected(str(status))
        result = body.get("result")
        return result if isinstance(result, list) else []

    async def _isolate(self, status: int, text: str, limit: int) -> list[Any]:
        """Get past a batch that is no JSON at all: one by one, skipping what stays unreadable."""
        found = _UPDATE_ID.search(text)
        if found is None:
            raise Rejected(f"odd {status}")
        if limit > 1:
            return await self._ask(0, limit=1)
        await self._skip(int(found[1]))
        self._offset = int(found[1]) + 1
        return []


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= DIGITS else None


def _by_chat(batch: list[Any]) -> list[list[Any]]:
    """The updates of each chat in their order; what names no chat keeps an order of its own."""
    chats: dict[str, list[Any]] = {}
    for update in batch:
        chats.setdefault(_chat_of(update), []).append(update)
    return list(chats.values())


def _chat_of(update: Any) -> str:
    """The id of the chat in which it happened; a press happens where its card stands."""
    for news in update.values() if isinstance(update, dict) else ():
        card = news.get("message", news) if isinstance(news, dict) else None
        chat = card.get("chat") if isinstance(card, dict) else None
        if isinstance(chat, dict):
            return str(chat.get("id"))
    return ""


def _has_id(update: Any) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)
