"""Taking in raw updates: decode one by one, fetch pictures, hand in, only then return."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import structlog
from aiogram.exceptions import AiogramError
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import Update
from aiohttp import ClientError
from pydantic import ValidationError

from bot.channels.telegram.news import NAME, Membership, Moved, Said, Unheard
from handlers.messages import ChatKind, ChatRef
from handlers.phrases.channels import JOINED, LEFT, MOVED, UNHEARD
from knowledge.community.refusals import Unreadable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiogram import Bot

    from bot.channels.telegram.moves import Moves
    from bot.channels.telegram.news import News
    from bot.channels.telegram.translating import Translator
    from bot.house import House
    from handlers.messages import Event

TRIES = 3
"""Attempts to fetch a picture before the words go in without it."""
PAUSE = 0.5
"""Seconds between these attempts."""
BIGGEST = 20 * 1024 * 1024
"""Bytes that the Bot API lets a bot download."""

log = structlog.get_logger()


class Ear:
    """Hears updates; an exception means that nothing was stored and the same must come again."""

    def __init__(
        self, bot: Bot, house: House, moves: Moves, hear: Callable[[Event], Awaitable[object]]
    ) -> None:
        self._bot = bot
        self._house = house
        self._moves = moves
        self._hear = hear
        self._answers: set[asyncio.Task[None]] = set()

    async def take(self, raws: list[Any], translator: Translator) -> None:
        """Take in one update, or all updates of one album as one message."""
        news = [found for raw in raws if (found := await self._read(raw, translator))]
        said = [one for one in news if isinstance(one, Said)]
        if said:
            await self._said(_together(said))
        for one in news:
            if not isinstance(one, Said):
                await self._note(one)

    async def finish(self) -> None:
        """Let answers to presses go out."""
        if self._answers:
            await asyncio.wait(self._answers, timeout=PAUSE)

    async def moved(self, old: str, new: str) -> None:
        """Follow a group to its new id and tell the administrators."""
        if self._moves.present(old) == new:
            return
        await self._house.note_move(NAME, old, new)
        self._moves.learn({old: new})
        sentence = MOVED.format(channel="Telegram", old=old, new=new)
        await self._house.report(f"{NAME}.moved.{old}", sentence)

    async def _read(self, raw: Any, translator: Translator) -> News | None:
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
        except (ValidationError, RecursionError, ValueError, OverflowError) as fault:
            update_id = raw.get("update_id") if isinstance(raw, dict) else None
            why = type(fault).__name__
            log.warning("Unreadable.", action="telegram.unreadable", update=update_id, why=why)
            if isinstance(update_id, int):
                await self._house.set_aside(NAME, str(update_id), why)
            return None
        return await translator.news(update)

    async def _said(self, said: Said) -> None:
        event = replace(said.event, chat=self._known_chat(said.event.chat))
        trouble = ""
        if said.files and await self._house.wants(replace(event, images=said.files)):
            images, trouble = await self._fetch_all(said.files, event.sender)
            event = replace(event, images=images)
        if event.text or event.images or event.token:
            await self._hear(event)
        if trouble:
            await self._house.say(f"{NAME}:{event.event_id}:picture", event.chat, trouble)
        if said.press:
            task = asyncio.create_task(self._release(said.press))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _note(self, news: News) -> None:
        if isinstance(news, Moved):
            await self.moved(news.old, news.new)
        elif isinstance(news, Unheard):
            await self._house.say(f"{NAME}:{news.key}:unheard", news.chat, UNHEARD)
        elif isinstance(news, Membership):
            phrase = JOINED if news.inside else LEFT
            day = self._house.now().date()
            key = f"{NAME}.{'joined' if news.inside else 'left'}.{news.chat}.{day}"
            sentence = phrase.format(channel="Telegram", title=news.title[:40], chat=news.chat)
            await self._house.report(key, sentence)

    def _known_chat(self, chat: ChatRef) -> ChatRef:
        if chat.kind is ChatKind.DIRECT:
            return chat
        return ChatRef(
            NAME,
            self._moves.familiar(chat.id, lambda one: self._house.knows(ChatRef(NAME, one))),
        )

    async def _fetch_all(self, files: tuple[str, ...], who: str) -> tuple[tuple[str, ...], str]:
        """Return the media ids, and what to tell the sender about a picture that failed."""
        images, trouble = [], ""
        for file in files:
            data = await self._fetch(file)
            try:
                images.append(await self._house.keep_picture(data, f"{NAME}:{who}"))
            except Unreadable as refusal:
                trouble = refusal.say
        return tuple(images), trouble

    async def _fetch(self, file_id: str) -> bytes:
        """Download on our side: the address of a file carries the token (research/trust.md T02)."""
        for attempt in range(TRIES):
            if attempt:
                await asyncio.sleep(PAUSE)
            try:
                file = await self._bot.get_file(file_id)
                if file.file_path is None or (file.file_size or 0) > BIGGEST:
                    return b""
                stream = await self._bot.download_file(file.file_path)
                return stream.read() if stream else b""
            except (AiogramError, ClientError, TimeoutError) as fault:
                log.warning("No picture.", action="telegram.picture", why=type(fault).__name__)
        return b""

    async def _release(self, query: str) -> None:
        try:
            await self._bot(AnswerCallbackQuery(callback_query_id=query), request_timeout=5)
        except Exception as fault:  # noqa: BLE001 -- only the button turns a little longer.
            log.info("No answer.", action="telegram.release", why=type(fault).__name__)


def _together(said: list[Said]) -> Said:
    """Return an album as one message: the id of its first, the words of whichever has them."""
    first = said[0]
    text = next((one.event.text for one in said if one.event.text), "")
    called = next((True for one in said if one.event.addressed), first.event.addressed)
    files = tuple(file for one in said for file in one.files)
    return replace(first, event=replace(first.event, text=text, addressed=called), files=files)
