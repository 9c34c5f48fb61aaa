"""The house (bot/house.py), built over the application."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot.mailbook import Mailbook
from bot.roles.role import Role
from handlers.actions.telling import tell_chat, tell_person
from handlers.actions.trouble import administrators
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.stamps import mark, set_mark
from scheduler.clock import BEAT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    from handlers.messages import ChatRef, Event
    from handlers.work import Work


class Home(Mailbook):
    """What an adapter may ask of the application that it lives in."""

    def now(self) -> datetime:
        """Return the application's present moment."""
        return self._app.clock.now()

    def knows(self, chat: ChatRef) -> bool:
        """Tell whether the roster has this group."""
        return self._app.town.hood.chat(chat.channel, chat.id) is not None

    async def wants(self, event: Event) -> bool:
        """Tell whether it passes the gate and is not in the inbox yet."""
        if not self._app.listening.worth_storing(event, self._app.town.hood, self.now()):
            return False
        known = select(InboxRow.id).where(
            InboxRow.channel == event.channel, InboxRow.event_id == event.event_id
        )
        return await self._app.look(lambda session: session.scalar(known)) is None

    async def keep_picture(self, data: bytes, who: str) -> str:
        """Keep a picture; raises Unreadable."""
        return await self._app.media.keep(data, who)

    def picture(self, media_id: str) -> Path | None:
        """Return the file of a picture."""
        return self._app.media.path(media_id)

    async def report(self, key: str, sentence: str, avoid: str = "") -> None:
        """Tell the administrators once."""

        def tell(work: Work) -> None:
            if mark(work.session, f"told.{key}") is None:
                set_mark(work.session, f"told.{key}", work.now.isoformat())
                for person_id in administrators(work):
                    tell_person(work, person_id, sentence, avoid=avoid)

        await self._app.act(f"report:{key}", tell)

    async def say(self, key: str, chat: ChatRef, sentence: str) -> None:
        """Queue a sentence once."""

        def tell(work: Work) -> None:
            said = OutboxRow.key.startswith(f"{key}:", autoescape=True)
            if work.session.scalar(select(OutboxRow.id).where(said).limit(1)) is None:
                tell_chat(work, chat, sentence)

        await self._app.act(key, tell)

    async def on_duty(self, post: str, deed: Callable[[], Awaitable[None]]) -> None:
        """Do it while this process holds the post; who does not listen never does."""
        while True:
            if self._app.role.does(Role.WEB) and await self._is_ours(post):
                await self._until_lost(post, deed)
            await asyncio.sleep(BEAT_SECONDS)

    async def _until_lost(self, post: str, deed: Callable[[], Awaitable[None]]) -> None:
        doing = asyncio.ensure_future(deed())
        try:
            while not doing.done() and await self._is_ours(post):
                await asyncio.wait([doing], timeout=BEAT_SECONDS)
        finally:
            doing.cancel()
            await asyncio.wait([doing])

    async def _is_ours(self, post: str) -> bool:
        try:
            return await self._app.is_seated(post)
        except DBAPIError:
            return False
