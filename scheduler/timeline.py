"""Running time: everything that is due, each thing at its own moment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from knowledge.files.logbook import Logbook
from knowledge.store.bell import OUTBOX, ring
from knowledge.store.seats import wait_for_turn
from knowledge.store.stamps import next_turn
from knowledge.store.troubles import is_away

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.store.database import Database
    from scheduler.heart import Heart
    from scheduler.outbox import Sender

log = Logbook()

CLOCKS = "clock"
"""Name of the turn of whoever keeps time: two never do the same."""
IDLE_LIMIT = 100
"""Jumps to one moment that change nothing, after which a heart is called broken."""


class MovableClock(Protocol):
    """A clock that can be moved forward."""

    def now(self) -> datetime:
        """Return the aware present moment."""
        ...

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` now; never backwards."""
        ...


class StuckHeart(RuntimeError):
    """A heart says that something is due and then does nothing about it."""


class Timeline:
    """Beats the hearts, and can jump from one due moment to the next."""

    def __init__(
        self,
        database: Database,
        clock: MovableClock,
        hearts: tuple[Heart, ...],
        make_work: Callable[[Session, str], Work],
    ) -> None:
        self._database = database
        self._clock = clock
        self._hearts = hearts
        self._make_work = make_work

    async def beat(self) -> int:
        """Do what the hearts have due now; return how many things were done.

        A heart that fails is logged and tried again at the next beat; the others go on.
        """
        done = 0
        for heart in await self._database.read(self._due):
            try:
                done += await self._database.write(partial(self._run, heart))
            except Exception as fault:
                if is_away(fault):
                    raise  # no fault of the heart
                log.exception("A heart failed.", action="heart.failed", heart=heart.name)
        return done

    async def settle(self, drain: Callable[[], Awaitable[int]], sender: Sender) -> int:
        """Repeat inbox, hearts and outbox at the present moment until all is quiet."""
        total = 0
        while True:
            moved = await drain() + await self.beat() + await sender.run_due()
            total += moved
            if not moved:
                return total

    async def run_until(
        self, until: datetime, drain: Callable[[], Awaitable[int]], sender: Sender
    ) -> None:
        """Let everything due until `until` happen at its own moment, then stand there."""
        await self.settle(drain, sender)
        idle = 0
        while (due := await self.next_due(sender)) is not None and due <= until:
            before = self._clock.now()
            self._clock.move_to(due)
            done = await self.settle(drain, sender)
            idle = 0 if done or self._clock.now() > before else idle + 1
            if idle > IDLE_LIMIT:
                raise StuckHeart(due.isoformat())
        self._clock.move_to(until)

    async def next_due(self, sender: Sender) -> datetime | None:
        """Return the next moment at which anything happens by itself."""
        return await self._database.read(lambda session: self._next(session, sender))

    def _due(self, session: Session) -> list[Heart]:
        now = self._clock.now()
        moments = ((heart, heart.next_due(session, now)) for heart in self._hearts)
        return [heart for heart, due in moments if due is not None and due <= now]

    def _run(self, heart: Heart, session: Session) -> int:
        wait_for_turn(session.connection(), CLOCKS)
        now = self._clock.now()
        due = heart.next_due(session, now)
        if due is None or due > now:
            return 0
        ring(session, OUTBOX)
        return heart.run_due(self._make_work(session, f"clock:{heart.name}:{next_turn(session)}"))

    def _next(self, session: Session, sender: Sender) -> datetime | None:
        now = self._clock.now()
        moments = [heart.next_due(session, now) for heart in self._hearts]
        moments.append(sender.next_due(session))
        return min((moment for moment in moments if moment is not None), default=None)
