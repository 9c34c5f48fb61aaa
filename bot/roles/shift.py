"""What a process does for as long as it is up: the rounds of its role, and a beat every second."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Protocol

from bot.roles.hearing import Hearing, Neighbour
from bot.roles.role import Role
from knowledge.files.logbook import Logbook
from knowledge.store.troubles import is_away
from scheduler.clock import Heartbeat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.intake import Beside
    from bot.roles.dispatch import Dispatch
    from bot.roles.round import Round
    from handlers.messages import Channel, Event
    from knowledge.store.seats import Seats
    from scheduler.timeline import Timeline

GRACE = 5.0
"""Seconds in which what is in hand at the end may still be finished and written down."""

log = Logbook()


class Parts(Neighbour, Protocol):
    """The parts of the application that work by themselves."""

    channels: Mapping[str, Channel]
    seats: Seats
    inward: Round
    outward: Dispatch
    timeline: Timeline
    jumping: asyncio.Lock

    async def hear(self, event: Event, beside: Beside | None = None) -> bool:
        """Store an event."""
        ...

    async def is_seated(self, seat: str) -> bool:
        """Whether this process does what only one may do."""
        ...


class Shift:
    """Starts and ends the work of one process."""

    def __init__(self, app: Parts) -> None:
        self._app = app
        self._hearing = Hearing(app)
        self._heartbeat = Heartbeat(self.beat)
        self._begun = False
        self._beaten = time.monotonic()

    @property
    def silence(self) -> float:
        """Seconds since the last heartbeat."""
        return time.monotonic() - self._beaten

    async def start(self) -> None:
        """Do what the role asks for, listen on the channels, keep time."""
        app, role = self._app, self._app.role
        self._begun = True
        if role.does(Role.WORKER):
            app.inward.start()
        if role.does(Role.SENDER):
            app.outward.start()
        if role.does(Role.SENDER) or role.does(Role.WEB):
            for channel in app.channels.values():
                await channel.start(app.hear)
        self._hearing.start()
        self._heartbeat.start()
        app.wake()

    async def stop(self) -> None:
        """Hear nothing more, finish what is in hand."""
        if self._begun:
            await self._heartbeat.stop()
            await self._hearing.stop()
        await asyncio.gather(self._app.inward.stop(GRACE), self._app.outward.stop(GRACE))
        for channel in self._app.channels.values():
            await channel.stop()

    async def beat(self) -> None:
        """One heartbeat: fresh snapshots, then whatever is due by itself."""
        self._beaten = time.monotonic()
        if self._app.jumping.locked():
            return
        try:
            await asyncio.to_thread(self._app.seats.check)
            await self._app.refresh()
            await self._keep_time()
        except Exception as fault:  # an edge: the next beat tries again.
            if not is_away(fault):  # that is said once, by the database
                log.exception("A beat failed.", action="app.beat_failed", exc_info=fault)
        self._app.wake()

    async def _keep_time(self) -> None:
        app = self._app
        if not app.role.does(Role.CLOCK) or not await app.is_seated(Role.CLOCK):
            return
        if await app.timeline.beat():
            app.changed()
