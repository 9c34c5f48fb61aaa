"""The application: the only place that knows all parts and puts them together."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.hearts import hearts_of
from bot.intake import Intake
from bot.listening import Listening
from bot.media import MediaStore
from bot.papers import Papers
from bot.rules import calendar_of, rules_of
from bot.semantic.deferred import Deferred
from bot.stalls import Stalls
from bot.town import Town
from bot.worker import Worker
from handlers.actions.entries import note_files
from handlers.actions.trouble import report_files
from handlers.work import Work
from knowledge.store import migrate
from knowledge.store.database import Database
from knowledge.store.stamps import mark, next_turn, set_mark
from scheduler.clock import BEAT_SECONDS, Heartbeat
from scheduler.outbox import AHEAD, Sender
from scheduler.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import timedelta

    from sqlalchemy.orm import Session

    from bot.base import Base
    from bot.intake import Beside
    from bot.semantic.adviser import Adviser
    from handlers.messages import Channel, Event
    from knowledge.faq.shelf import View

T = TypeVar("T")

GRACE = 5.0
"""Seconds in which what is in hand at the end may still be finished and written down."""

SHORTEST = 0.02
"""Seconds between two looks at the outbox, at the least."""

log = structlog.get_logger()


class App:
    """One neighbourhood's bot: hears events, lets people act, and keeps time."""

    def __init__(
        self, base: Base, channels: tuple[Channel, ...] = (), adviser: Adviser | None = None
    ) -> None:
        self.folder, self.settings = base.folder, base.settings
        self.clock, self.chance = base.clock, base.chance
        self.demo = False
        self.database = Database(base.database_url, durable=base.durable)
        self.channels = {channel.name: channel for channel in channels}
        pushing = tuple(one.name for one in channels if one.capabilities.pushes)
        self.rules = rules_of(base.settings, base.folder, pushing)
        self.calendar = calendar_of(base.settings)
        self.town = Town()
        self.papers = Papers(base.folder, base.settings)
        self._noted: View | None = None
        self.media = MediaStore(base.folder / "media", self.database, self.clock)
        self.listening = Listening(self.rules, lambda: self.papers.scams)
        self._inward = asyncio.Event()
        self.adviser = adviser
        self._deferred = Deferred(adviser, self._inward.set)
        self.worker = Worker(self.database, self.clock, self.work, self._deferred)
        self.intake = Intake(self.database, self.clock, self._inward.set)
        self.sender = Sender(self.database, self.channels, self.clock, self._wake_outward)
        self.timeline = Timeline(self.database, self.clock, hearts_of(self), self.work)
        self.stalls = Stalls()
        self.onlookers: list[Callable[[], None]] = []
        """Called after every change: open pages want to look again."""
        self._outward = {name: asyncio.Event() for name in self.channels}
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False
        self._heartbeat = Heartbeat(self.pulse)
        self._jumping = asyncio.Lock()

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
            expect=self.listening.expect,
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
        worthwhile = self.listening.worth_storing(event, self.town.hood, self.clock.now())
        if not worthwhile and beside is None:
            return True
        return await self.intake.store(event, beside, keep=worthwhile)

    async def act(self, cause: str, deed: Callable[[Work], T], event: Event | None = None) -> T:
        """Let somebody act from a page or a command: one transaction, refusals come through."""
        result = await self.database.write(
            lambda session: deed(self.work(session, f"{cause}:{next_turn(session)}", event))
        )
        self._changed()
        return result

    async def look(self, glance: Callable[[Session], T]) -> T:
        """Read in a reader thread; nothing is kept."""
        return await self.database.read(glance)

    async def advance(self, delta: timedelta) -> None:
        """Jump ahead (demo only): everything due in between happens at its own moment."""
        async with self._jumping:
            until = self.clock.now() + delta
            await self.timeline.run_until(until, self.worker.drain, self.sender)
            await self.database.write(
                lambda session: set_mark(session, "advanced_to", until.isoformat())
            )

    async def settle(self) -> None:
        """Let inbox, hearts and outbox come to rest at the present moment."""
        await self.timeline.settle(self.worker.drain, self.sender)

    # Life.

    async def open(self) -> None:
        """Make database and snapshots ready, without listening or beating yet."""
        await asyncio.to_thread(migrate.prepare, self.database.engine)
        await self.database.write(self._remember)
        await self.refresh()
        await self.sender.recover()

    async def start(self) -> None:
        """Open, then listen on every channel and keep time until `stop`."""
        await self.open()
        self._tasks = [
            asyncio.create_task(self._serve(self._inward, self._work_off)),
            *(
                asyncio.create_task(self._serve(woken, partial(self._send_off, name)))
                for name, woken in self._outward.items()
            ),
        ]
        for channel in self.channels.values():
            await channel.start(self.hear)
        self._heartbeat.start()
        self.wake()

    async def stop(self) -> None:
        """Stop listening, finish what is in hand, let the database go."""
        self._stopping = True
        if self._tasks:
            await self._heartbeat.stop()
        for channel in self.channels.values():
            await channel.stop()
        if self._tasks:
            self.wake()
            await asyncio.wait(self._tasks, timeout=GRACE)
        await self.sender.finish(GRACE)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._deferred.stop()
        self.database.close()

    def _changed(self) -> None:
        for woken in self._outward.values():
            woken.set()
        for look_again in self.onlookers:
            look_again()

    def wake(self) -> None:
        """Say that there may be something to handle or to send."""
        self._inward.set()
        for woken in self._outward.values():
            woken.set()

    def _wake_outward(self, name: str) -> None:
        self._outward[name].set()

    async def refresh(self) -> None:
        """Take in what has changed in the roster, the FAQ or the notices; tell of new errors."""
        await self.database.read(self.town.refresh)
        findings = await asyncio.to_thread(self.papers.refresh)
        if self.papers.faq.current is not self._noted:
            self._noted = self.papers.faq.current
            await self.act("files", note_files)
        if findings:
            await self.act(
                f"papers:{self.clock.now().isoformat()}", lambda work: report_files(work, findings)
            )

    async def pulse(self) -> None:
        """One heartbeat: fresh snapshots, then whatever is due by itself."""
        if self._jumping.locked():
            return
        try:
            await self.refresh()
        except Exception:
            log.exception("Fresh files could not be taken in.", action="app.refresh_failed")
        if await self.timeline.beat():
            self._changed()
        self.wake()

    def _remember(self, session: Session) -> None:
        self.demo = mark(session, "demo") is not None
        self.listening.load(session, self.clock.now())

    async def _work_off(self) -> None:
        if await self.worker.take():
            self._changed()

    async def _send_off(self, name: str) -> None:
        """Send, and come back the moment a window opens: a heartbeat is too slow for 1 a second."""
        await self.sender.step(name)
        due = await self.database.read(partial(self.sender.next_due, name=name))
        delay = (due - AHEAD - self.clock.now()).total_seconds() if due else BEAT_SECONDS
        if delay < BEAT_SECONDS:
            woken = self._outward[name]
            asyncio.get_running_loop().call_later(max(delay, SHORTEST), woken.set)

    async def _serve(self, wake: asyncio.Event, serve: Callable[[], Awaitable[object]]) -> None:
        while not self._stopping:
            await wake.wait()
            wake.clear()
            try:
                await serve()
            except Exception as fault:
                log.exception("A round failed.", action="app.round_failed", exc_info=fault)
