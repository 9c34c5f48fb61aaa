"""A neighbourhood that can be talked to: 李娭毑.says(…), 张师傅.hears(…), on the real application.

It is the roster, the FAQ and the notices of the stories; time stands until `passes` moves it.
"""

from __future__ import annotations

import random
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.app import App
from bot.base import Base
from bot.channels.replay import NAME, Replay
from bot.clocks import VirtualClock
from bot.config import read_settings
from bot.stocking import stock
from handlers.messages import ChatRef, Event, EventKind, direct
from knowledge.community.days.zone import ZONE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sqlalchemy.orm import Session

    from bot.semantic.adviser import Adviser
    from handlers.messages import Outgoing

T = TypeVar("T")

DATA = Path(__file__).parent / "stories" / "data"
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
"""A working Monday in service hours."""
GROUP = "g-hy"


@dataclass
class World:
    """The running neighbourhood; `news` is what arrived since somebody last did something."""

    app: App
    channel: Replay
    clock: VirtualClock
    news: list[Outgoing] = field(default_factory=list)
    told: int = 0

    def __getitem__(self, called: str) -> Neighbour:
        """Somebody of the roster by the name that everybody uses."""
        found = next(p for p in self.app.town.hood.people.values() if p.called == called)
        return Neighbour(self, found.id)

    def stranger(self, account: str, name: str = "") -> Neighbour:
        """Somebody whom the roster does not know."""
        return Neighbour(self, account, name)

    async def happens(self, *events: Event) -> None:
        """Hand in events as a channel does, and let everything come to rest."""
        self.news.clear()
        for event in events:
            await self.app.hear(event)
        await self.app.settle()

    async def passes(self, **span: float) -> None:
        """Let time pass; whatever is due happens at its own moment."""
        self.news.clear()
        await self.app.advance(timedelta(**span))

    def said_in(self, chat: str = GROUP) -> list[str]:
        """What the bot has just said in a chat."""
        return [out.text for out in self.news if out.chat.id == chat]

    async def looks(self, glance: Callable[[Session], T]) -> T:
        """Look something up in the database."""
        return await self.app.look(glance)


@dataclass(frozen=True)
class Neighbour:
    """One person with a phone: an account on the channel."""

    world: World
    account: str
    name: str = ""

    def event(self, text: str = "", group: str | None = None, **more) -> Event:
        """Say something as an event; private when no group is named."""
        self.world.told += 1
        chat = ChatRef(NAME, group) if group else direct(NAME, self.account)
        more.setdefault("event_id", f"said-{self.world.told}")
        return Event(
            channel=NAME,
            chat=chat,
            sender=self.account,
            name=self.name,
            at=self.world.clock.now(),
            text=text,
            **more,
        )

    async def says(self, text: str, group: str | None = None, *, photos: int = 0, **more) -> None:
        """Say something and wait until the bot has done what it does."""
        images = tuple(f"photo-{self.world.told}-{number}" for number in range(photos))
        await self.world.happens(self.event(text, group, images=images, **more))

    async def presses(self, label: str = "", group: str | None = None, *, token: str = "") -> None:
        """Press the newest button of that label, or the one with that token."""
        chat = ChatRef(NAME, group) if group else direct(NAME, self.account)
        token = token or self.world.channel.token(chat, label) or ""
        assert token, f"no button {label} in {chat}"
        await self.world.happens(self.event("", group, kind=EventKind.PRESS, token=token))

    def hears(self, *fragments: str) -> str:
        """Return the one private message just received that holds all fragments."""
        return self._one(f"@{self.account}", fragments)

    def reads(self, *fragments: str, group: str = GROUP) -> str:
        """Return the one message just posted in the group that holds all fragments."""
        return self._one(group, fragments)

    def hears_nothing(self) -> None:
        """Nobody has told this person anything just now."""
        assert self.world.said_in(f"@{self.account}") == []

    def _one(self, chat: str, fragments: tuple[str, ...]) -> str:
        said = self.world.said_in(chat)
        found = [text for text in said if all(fragment in text for fragment in fragments)]
        assert len(found) == 1, f"{fragments} in {said}"
        return found[0]


@asynccontextmanager
async def open_world(
    folder: Path, url: str, adviser: Adviser | None = None
) -> AsyncIterator[World]:
    """Open the neighbourhood in a folder of its own, on an empty database."""
    data = folder / "world"
    shutil.copytree(DATA, data)
    settings, problems = read_settings(data)
    assert settings is not None, problems
    clock = VirtualClock(MORNING)
    news: list[Outgoing] = []
    channel = Replay(news.append)
    base = Base(data, settings, clock, random.Random(7), url, durable=False)
    app = App(base, (channel,), adviser)
    await app.open()
    await stock(app)
    try:
        yield World(app, channel, clock, news)
    finally:
        await app.stop()
