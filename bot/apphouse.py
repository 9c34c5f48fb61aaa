"""The house (bot/house.py), built over the application."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot.mailbook import Mailbook
from bot.roles.role import Role, sending
from handlers.actions.telling import tell_chat, tell_person
from handlers.actions.trouble import administrators
from handlers.messages import event_from_payload
from knowledge.store import albums, inbox
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.stamps import mark, set_mark
from scheduler.clock import BEAT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    from handlers.messages import ChatRef, Event
    from handlers.work import Work


class AppHouse(Mailbook):
    """What an adapter may ask of the application that it lives in."""

    def now(self) -> datetime:
        """Return the application's present moment."""
        return self._app.clock.now()

    def knows(self, chat: ChatRef) -> bool:
        """Tell whether the roster has this group."""
        return self._app.town.hood.chat(chat.channel, chat.id) is not None

    async def wants(self, event: Event) -> bool:
        """Tell whether it passes the gate and is not in the inbox yet."""
        if not self.worth(event):
            return False
        known = select(InboxRow.id).where(
            InboxRow.channel == event.channel, InboxRow.event_id == event.event_id
        )
        return await self._app.look(lambda session: session.scalar(known)) is None

    def worth(self, event: Event) -> bool:
        """Tell whether it passes the gate."""
        return self._app.listening.worth_storing(event, self._app.town.hood, self.now())

    async def amend(self, event: Event) -> bool:
        """Put it into the row that waits, if there is one."""
        payload = event.as_payload()
        return await self._app.database.write(
            lambda session: inbox.amend(session, event.channel, event.chat.id, payload)
        )

    async def retract(self, event: Event) -> bool:
        """Take it out of the row that waits, if there is one."""
        key = (event.channel, event.chat.id, event.message)
        now = self.now()
        return await self._app.database.write(lambda session: inbox.retract(session, *key, now))

    async def hold(self, event: Event, album: str, files: tuple[str, ...]) -> None:
        """Keep a part in the inbox, not to be handled yet."""
        arrival = inbox.Arrival((event.channel, event.event_id), event.chat.id, event.as_payload())
        await self._app.database.write(
            lambda session: albums.hold(session, arrival, album, files, self.now())
        )

    async def held(self, channel: str) -> set[str]:
        """Return the albums that wait."""
        return await self._app.look(
            lambda session: {row.payload["album"] for row in albums.parts(session, channel)}
        )

    async def parts(self, channel: str, album: str) -> list[tuple[Event, tuple[str, ...]]]:
        """Rebuild the events that were held."""
        rows = await self._app.look(lambda session: albums.parts(session, channel, album))
        return [
            (
                event_from_payload(channel, row.event_id, row.payload),
                tuple(row.payload["files"]),
            )
            for row in rows
        ]

    async def join(self, channel: str, album: str, whole: Event | None) -> None:
        """Let the first row stand for all and be handled."""
        payload = whole.as_payload() if whole else None
        await self._app.database.write(
            lambda session: albums.join(session, channel, album, payload, self.now())
        )
        self._app.wake()

    async def keep_picture(self, data: bytes, who: str) -> str:
        """Keep a picture; raises Unreadable."""
        return await self._app.media.keep(data, who)

    async def keep_voice(self, data: bytes, who: str) -> str:
        """Keep a voice; raises Unreadable."""
        return await self._app.media.keep_voice(data, who)

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
        await self._whenever(Role.WEB, post, deed)

    async def on_line(self, channel: str, deed: Callable[[], Awaitable[None]]) -> None:
        """Do it while this process has the seat from which is sent; who does not send never does."""
        await self._whenever(Role.SENDER, sending(channel), deed)

    async def holds_line(self, channel: str) -> bool:
        """Ask the database whether the seat is still ours."""
        with suppress(DBAPIError):
            await asyncio.to_thread(self._app.seats.check)
        return self._app.seats.holds(sending(channel))

    async def _whenever(self, role: Role, post: str, deed: Callable[[], Awaitable[None]]) -> None:
        while True:
            if self._app.role.does(role) and await self._is_ours(post):
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
