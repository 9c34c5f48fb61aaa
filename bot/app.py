"""The application: the only place that knows all parts and puts them together."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot.breath import Breath
from bot.demotime import remember
from bot.filenews import FileNews
from bot.hearts import hearts_of
from bot.intake import Intake
from bot.listening import Listening
from bot.media import MediaStore
from bot.papers import Papers
from bot.roles.dispatch import Dispatch
from bot.roles.role import Role
from bot.roles.round import Round
from bot.roles.shift import Shift
from bot.rules import calendar_of, rules_of
from bot.semantic.deferred import Deferred
from bot.stalls import Stalls
from bot.town import Town
from bot.worker import Worker
from handlers.messages import ChatKind
from handlers.work import Work
from knowledge.store import inbox, migrate
from knowledge.store.bell import EXPECT, OUTBOX, ring
from knowledge.store.database import Database
from knowledge.store.seats import Seats
from knowledge.store.stamps import mark, next_turn
from scheduler.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session

    from bot.base import Base
    from bot.intake import Beside
    from bot.semantic.adviser import Adviser
    from handlers.messages import Channel, ChatRef, Event

T = TypeVar("T")


class App:
    """One neighbourhood's bot: hears events, lets people act, and keeps time."""

    def __init__(
        self,
        base: Base,
        channels: tuple[Channel, ...] = (),
        adviser: Adviser | None = None,
        role: Role = Role.ALL,
    ) -> None:
        self.role = role
        self.folder, self.settings = base.folder, base.settings
        self.clock, self.chance = base.clock, base.chance
        self.demo = False
        self.database = Database(base.database_url, durable=base.durable)
        self.channels: Mapping[str, Channel] = {one.name: one for one in channels}
        pushing = tuple(one.name for one in channels if one.capabilities.pushes)
        self.rules = rules_of(base.settings, base.folder, pushing)
        self.calendar = calendar_of(base.settings)
        self.town, self.stalls, self._breath = Town(), Stalls(), Breath()
        self.papers = Papers(base.folder, base.settings)
        self._news = FileNews(self.papers, base.folder, self.act)
        self.media = MediaStore(base.folder / "media", self.database, self.clock)
        self.listening = Listening(self.rules, lambda: self.papers.scams)
        self.seats = Seats(self.database.engine, alone=role is Role.ALL)
        self.adviser = adviser
        self.inward = Round(self._work_off)
        self._deferred = Deferred(adviser, self.inward.wake)
        self.worker = Worker(
            self.database,
            self.clock,
            self.work,
            self._deferred,
            self.town.refresh,
            at_once=inbox.ALONE if role is Role.ALL else inbox.BATCH,
        )
        self.intake = Intake(self.database, self.clock, self.inward.wake)
        self.outward = Dispatch(self.database, self.channels, self.clock, self.seats)
        self.sender = self.outward.sender
        self.timeline = Timeline(self.database, self.clock, hearts_of(self), self.work)
        self.onlookers: list[Callable[[], None]] = []
        """Called after every change: open pages want to look again."""
        self.readers: list[Callable[[str], None]] = []
        """Called with a chat in which another process has said something."""
        self.jumping = asyncio.Lock()
        """Held while the demo's time runs ahead: the heart does not beat in between."""
        self._shift = Shift(self)

    def work(self, session: Session, cause: str, event: Event | None = None) -> Work:
        """Return a unit of work on a session at the present moment."""
        now = self.clock.now()
        return Work(
            session=session,
            now=now,
            hood=self.town.hood,
            faq=self.papers.faq.current,
            rules=self.rules,
            chance=self.chance,
            cause=cause,
            expect=partial(self._expect, session),
            away=self.town.away(now),
            opinions=self.adviser.opinions if self.adviser else None,
            event=event,
            calendar=self.calendar,
            scams=self.papers.scams,
            timetable=self.papers.timetable,
        )

    # What the outside may ask for.

    async def hear(self, event: Event, beside: Beside | None = None) -> bool:
        """Store an event (with `beside` in the same transaction); False when it is a repetition.

        Chatter that nobody addressed to the bot leaves no trace.
        """
        await self._breath.turn()
        worthwhile = self.listening.worth_storing(event, self.town.hood, self.clock.now())
        if not worthwhile and beside is None:
            return True
        return await self.intake.store(event, beside, keep=worthwhile)

    async def act(self, cause: str, deed: Callable[[Work], T], event: Event | None = None) -> T:
        """Let somebody act from a page or a command: one transaction, refusals come through."""

        def change(session: Session) -> T:
            result = deed(self.work(session, f"{cause}:{next_turn(session)}", event))
            ring(session, OUTBOX)
            return result

        result = await self.database.write(change)
        self.changed()
        return result

    async def look(self, glance: Callable[[Session], T]) -> T:
        """Read in a reader thread; nothing is kept."""
        return await self.database.read(glance)

    async def advance(self, delta: timedelta) -> None:
        """Jump ahead (demo only): everything due in between happens at its own moment."""
        async with self.jumping:
            until = self.clock.now() + delta
            await self.timeline.run_until(until, self.worker.drain, self.sender)
            await self.database.write(lambda session: remember(session, until))

    async def settle(self) -> None:
        """Let inbox, hearts and outbox come to rest at the present moment."""
        await self.timeline.settle(self.worker.drain, self.sender)

    # Life.

    async def open(self) -> None:
        """Make database and snapshots ready, without listening or beating yet."""
        await asyncio.to_thread(migrate.prepare, self.database.engine)
        await self.database.write(self._remember)
        await self.refresh()
        if self.role is Role.ALL:
            await self.sender.recover()

    async def start(self) -> None:
        """Open, then do the work of this role until `stop`."""
        await self.open()
        await self._shift.start()

    async def stop(self) -> None:
        """Stop listening, finish what is in hand, let the database go."""
        await self._shift.stop()
        await self._deferred.stop()
        self.seats.close()
        self.database.close()

    def changed(self) -> None:
        """Say that something was written: there may be something to send or to show."""
        self.outward.wake()
        for look_again in self.onlookers:
            look_again()

    def wake(self) -> None:
        """Say that there may be something to handle or to send."""
        self.inward.wake()
        self.outward.wake()

    @property
    def keeps_time(self) -> bool:
        """Whether it is this process for which things happen by themselves."""
        return self.role.does(Role.CLOCK) and self.seats.holds(Role.CLOCK)

    @property
    def silence(self) -> float:
        """Seconds since the last heartbeat."""
        return self._shift.silence

    async def is_seated(self, seat: str) -> bool:
        """Whether this process does what only one may do; it tries to become that one."""
        return self.seats.holds(seat) or await asyncio.to_thread(self.seats.take, seat)

    async def refresh(self) -> None:
        """Take in what has changed in the roster, the FAQ or the notices, and tell of it.

        One process of several writes down what the entries say now, and tells of new errors; who comes
        meanwhile waits until it is done.
        """
        await self.database.read(self.town.refresh)
        await asyncio.to_thread(self.papers.refresh)
        if self.keeps_time:
            await self._news.tell()
        else:
            self._news.forget()

    def _expect(self, session: Session, chat: ChatRef, who: str, until: datetime) -> None:
        self.listening.expect(chat, who, until)
        if chat.kind is ChatKind.GROUP:
            ring(session, EXPECT, chat.channel, chat.id, who, until.isoformat())

    def _remember(self, session: Session) -> None:
        self.demo = mark(session, "demo") is not None
        self.listening.load(session, self.clock.now())

    async def _work_off(self) -> None:
        if await self.worker.take():
            self.changed()
