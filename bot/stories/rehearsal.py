"""A neighbourhood to practise on: one person at a terminal plays everybody in it."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.app import App
from bot.base import Base
from bot.channels.replay import NAME, Replay
from bot.clocks import SystemClock, VirtualClock
from bot.semantic.consulting import adviser_of
from bot.stocking import stock
from handlers.messages import ChatRef, Event, EventKind, direct
from knowledge.community.refusals import NotFound
from knowledge.community.roster.people import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from bot.config import Settings
    from handlers.messages import Outgoing

HELP = (
    "直接打字就是说话。换人：/我 编号　换聊天：/群 群号，/私聊　"
    "快进：/快进 3（小时）　看人：/人　按按钮：#接单　退出：/退出"
)


class Rehearsal:
    """Who speaks, where, and what comes back; time stands still until it is moved."""

    def __init__(
        self, folder: Path, settings: Settings, now: datetime | None, show: Callable[[str], None]
    ) -> None:
        self._show = show
        self._channel = Replay(self._arrived)
        self._clock = VirtualClock(now or SystemClock().now())
        base = Base(
            folder=folder,
            settings=settings,
            clock=self._clock,
            chance=random.SystemRandom(),
            database_url=f"sqlite:///{folder / 'practice.db'}",
            durable=False,
        )
        self._app = App(base, (self._channel,), adviser_of(settings))
        self._said = 0
        self.who = ""
        self.chat = direct(NAME, "")

    async def open(self, who: str | None, group: str | None) -> None:
        """Make everything ready and take the first role."""
        await self._app.open()
        await stock(self._app)
        chosen = who or self._first_resident()
        if self._app.town.hood.person(chosen) is None:
            raise NotFound(f"花名册里没有 {chosen}。发 linli user list 看看有谁。")
        self.become(chosen)
        if group:
            self.go(group)

    async def close(self) -> None:
        """Let the practice database go."""
        await self._app.stop()

    async def hear(self, line: str) -> bool:
        """Take one typed line; False = the person wants to stop."""
        word, _, rest = line.strip().partition(" ")
        if word == "/退出":
            return False
        if word.startswith("/"):
            await self._steer(word, rest.strip())
            return True
        await self._say(line)
        return True

    async def _steer(self, word: str, rest: str) -> None:
        if word == "/我":
            self.become(rest)
        elif word == "/群":
            self.go(rest)
        elif word == "/私聊":
            self.become(self.who)
        elif word == "/快进":
            await self._advance(rest)
        elif word == "/人":
            self._list_people()
        else:
            self._show(HELP)

    def become(self, who: str) -> None:
        """Speak as this person, privately."""
        person = self._app.town.hood.person(who)
        if person is None:
            self._show(f"花名册里没有 {who}。发 /人 看看有谁。")
            return
        self.who, self.chat = who, direct(NAME, who)
        self._show(f"您现在是 {person.called}（私聊）")

    def go(self, group: str) -> None:
        """Speak in this group."""
        found = self._app.town.hood.chat(NAME, group)
        if found is None:
            self._show(f"没有群 {group}。")
            return
        self.chat = ChatRef(NAME, group)
        self._show(f"您在“{found.name}”里")

    async def _advance(self, hours: str) -> None:
        """Let hours pass."""
        step = float(hours) if hours.replace(".", "", 1).isdigit() else 1.0
        await self._app.advance(timedelta(hours=step))
        self._show(f"现在是 {self._clock.now():%m月%d日 %H:%M}")

    def _list_people(self) -> None:
        """Show who can be played."""
        for person in self._app.town.hood.people.values():
            roles = "、".join(sorted(role.value for role in person.roles))
            self._show(f"  {person.id}  {person.called}  {roles}")

    async def _say(self, text: str) -> None:
        self._said += 1
        token = self._channel.token(self.chat, text.removeprefix("#")) if text[:1] == "#" else None
        await self._app.hear(
            Event(
                channel=NAME,
                event_id=f"typed-{self._said}",
                chat=self.chat,
                sender=self.who,
                at=self._clock.now(),
                text="" if token else text,
                kind=EventKind.PRESS if token else EventKind.MESSAGE,
                token=token or "",
            )
        )
        await self._app.settle()
        await self._app.refresh()

    def _arrived(self, out: Outgoing) -> None:
        hood = self._app.town.hood
        person = hood.person(out.chat.account)
        group = hood.chat(NAME, out.chat.id)
        where = f"→ {person.called}" if person else f"群“{group.name}”" if group else out.chat.id
        self._show(f"【{where}】{out.text}")

    def _first_resident(self) -> str:
        people = self._app.town.hood.people.values()
        return next((p.id for p in people if p.has(Role.RESIDENT)), "")
