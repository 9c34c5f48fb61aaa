"""Taking in raw updates: decode one by one, fetch pictures, hand in, only then return."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aiogram.exceptions import AiogramError
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import Update
from aiohttp import ClientError
from pydantic import ValidationError

from bot.channels.telegram.news import NAME, Membership, Moved, Said, Unheard
from handlers.messages import ChatKind, ChatRef
from handlers.phrases.channels import EDITED_LATE, JOINED, LEFT, MOVED
from knowledge.community.places.places import TOPIC_MARK
from knowledge.community.refusals import Unreadable
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from aiogram import Bot

    from bot.channels.telegram.moves import Moves
    from bot.channels.telegram.news import News
    from bot.channels.telegram.translating import Translator
    from bot.house import House
    from handlers.messages import Event

    Keep = Callable[[bytes, str], Awaitable[str]]

TRIES = 3
"""Attempts to fetch a picture before the words go in without it."""
PAUSE = 0.5
"""Seconds between these attempts."""
ALBUM_WAIT = 1.0
"""Seconds without a further part after which an album is complete."""
BIGGEST = 20 * 1024 * 1024
"""Bytes that the Bot API lets a bot download."""

log = Logbook()


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
        self._albums: dict[str, asyncio.Task[None]] = {}

    async def take(self, raw: Any, translator: Translator) -> None:
        """Take in one update; the parts of an album are stored one by one and then joined."""
        news = await self._read(raw, translator)
        if isinstance(news, Said):
            await self._said(replace(news, event=self._at_home(news.event)))
        elif news is not None:
            await self._note(news)

    async def resume(self) -> None:
        """Join what a process that died has left in parts."""
        for album in await self._house.held(NAME):
            self._expect(album)

    async def finish(self) -> None:
        """Let answers to presses go out; an album that is not complete stays on disk."""
        for timer in self._albums.values():
            timer.cancel()
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
        if said.edited and await self._house.amend(said.event):
            return
        if said.late:
            await self._excuse(said.event)
        elif said.album and self._may_matter(said.event.chat):
            await self._house.hold(said.event, said.album, said.files)
            self._expect(said.album)
        elif not said.album:
            await self._hear_out(said)
        if said.press:
            self._soon(self._release(said.press))

    async def _hear_out(self, said: Said) -> None:
        event, trouble = said.event, ""
        files = said.files + said.voices
        if files and await self._house.wants(replace(event, images=files)):
            keep = self._house.keep_voice if said.voices else self._house.keep_picture
            event, trouble = await self._with(event, files, keep)
        if event.text or event.images or event.token:
            await self._hear(event)
        await self._tell(event, trouble)

    async def _excuse(self, event: Event) -> None:
        """Say that an old message is not read again; in a group nobody waits for it."""
        if event.chat.kind is ChatKind.DIRECT:
            key = f"{NAME}:{event.chat.account}:{event.message}:late"
            await self._house.say(key, event.chat, EDITED_LATE)

    # Albums.

    def _may_matter(self, chat: ChatRef) -> bool:
        return chat.kind is ChatKind.DIRECT or self._house.knows(chat)

    def _expect(self, album: str) -> None:
        """Join the album when nothing more of it has come for a moment."""
        if (timer := self._albums.pop(album, None)) is not None:
            timer.cancel()
        self._albums[album] = asyncio.create_task(self._join_soon(album))

    async def _join_soon(self, album: str) -> None:
        while True:
            await asyncio.sleep(ALBUM_WAIT)
            try:
                await self._join(album)
            except Exception as fault:  # noqa: BLE001 -- an edge: it is on disk and tried again.
                log.warning("No album.", action="telegram.album", why=type(fault).__name__)
            else:
                self._albums.pop(album, None)
                return

    async def _join(self, album: str) -> None:
        parts = await self._house.parts(NAME, album)
        if not parts:
            return
        event, files = _together(parts)
        if not self._house.worth(replace(event, images=files)):
            await self._house.join(NAME, album, None)
            return
        event, trouble = await self._with(event, files, self._house.keep_picture)
        await self._house.join(NAME, album, event if event.text or event.images else None)
        await self._tell(event, trouble)

    # Beside what is said.

    async def _note(self, news: News) -> None:
        if isinstance(news, Moved):
            await self.moved(news.old, news.new)
        elif isinstance(news, Unheard):
            await self._house.say(f"{NAME}:{news.key}:unheard", self._at_chat(news.chat), news.why)
        elif isinstance(news, Membership):
            phrase = JOINED if news.inside else LEFT
            day = self._house.now().date()
            key = f"{NAME}.{'joined' if news.inside else 'left'}.{news.chat}.{day}"
            sentence = phrase.format(channel="Telegram", title=news.title[:40], chat=news.chat)
            await self._house.report(key, sentence)

    def _at_home(self, event: Event) -> Event:
        return replace(event, chat=self._at_chat(event.chat))

    def _at_chat(self, chat: ChatRef) -> ChatRef:
        """Return the chat under the id by which the roster knows its group."""
        if chat.kind is ChatKind.DIRECT:
            return chat
        group, mark, topic = chat.id.partition(TOPIC_MARK)
        known = self._moves.familiar(group, lambda one: self._house.knows(ChatRef(NAME, one)))
        return ChatRef(NAME, f"{known}{mark}{topic}")

    async def _with(self, event: Event, files: tuple[str, ...], keep: Keep) -> tuple[Event, str]:
        """Return it with what came along, and what to tell the sender about one that failed."""
        images, trouble = [], ""
        for file in files:
            data = await self._fetch(file)
            try:
                images.append(await keep(data, f"{NAME}:{event.sender}"))
            except Unreadable as refusal:
                trouble = refusal.say
        return replace(event, images=tuple(images)), trouble

    async def _tell(self, event: Event, trouble: str) -> None:
        if trouble:
            await self._house.say(f"{NAME}:{event.event_id}:picture", event.chat, trouble)

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

    def _soon(self, deed: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(deed)
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _release(self, query: str) -> None:
        try:
            await self._bot(AnswerCallbackQuery(callback_query_id=query), request_timeout=5)
        except Exception as fault:  # noqa: BLE001 -- only the button turns a little longer.
            log.info("No answer.", action="telegram.release", why=type(fault).__name__)


def _together(parts: list[tuple[Event, tuple[str, ...]]]) -> tuple[Event, tuple[str, ...]]:
    """Return an album as one message: the id of its first, the words of whichever has them."""
    events = [event for event, _ in parts]
    text = next((one.text for one in events if one.text), "")
    called = next((True for one in events if one.addressed), events[0].addressed)
    files = tuple(file for _, files in parts for file in files)
    return replace(events[0], text=text, addressed=called), files
