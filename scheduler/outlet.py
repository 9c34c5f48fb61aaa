"""One channel's way out: claims what may be sent now and never waits for a slow message.

pending → sending (claimed, slot of the window taken) → sent | failed | needs_human | unknown.
Every message flies by itself; as one lands its receipt is written and the next ones start. While a
message is in the air the later ones of its chat wait, so that a chat is told in order.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from handlers.messages import Outcome, Receipt
from knowledge.store import outbox, queue
from scheduler.claimed import Claimed, is_late, outgoing
from scheduler.pacing import Pacer
from scheduler.receipts import Landed, settle_interrupted, write_receipts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.messages import Channel, Clock
    from knowledge.store.database import Database
    from knowledge.store.queue import Queued

IN_THE_AIR = 64
"""Messages of one channel that may be on their way at once."""
MARGIN = timedelta(milliseconds=5)
"""Later than its window opens a message leaves: threads and clocks may be that far apart, so that
on the platform's clock too no window holds one too many (ten thousand messages were measured)."""
LOOK_AHEAD = 512
"""Due messages looked through for chats whose window is open."""


class Step(NamedTuple):
    """How many messages were claimed, and when the next one may start; None while none may."""

    tried: int
    due: datetime | None


class Claim(NamedTuple):
    """The messages that were claimed, and when the next one may start."""

    messages: list[Claimed]
    due: datetime | None


class Outlet:
    """Sends what the outbox holds for one channel; `landed` is called as each receipt comes in."""

    def __init__(
        self,
        database: Database,
        channel: Channel,
        clock: Clock,
        landed: Callable[[], None],
        order: Sequence[str] = (),
    ) -> None:
        """Take the channel's messages; `order` = where people are pushed to, one after the other."""
        self._database = database
        self._channel = channel
        self._clock = clock
        self._landed = landed
        self._order = order
        self._flying: dict[asyncio.Task[Receipt], Claimed] = {}
        self._receipts: list[tuple[Claimed, Receipt]] = []
        """What has landed and is not written down yet, maybe because the database is away."""
        self._stepping = asyncio.Lock()
        self._reign: int | None = None
        self._deposed = False

    @property
    def reigns(self) -> bool:
        """Whether this process sends for the channel, as far as it knows."""
        return self._reign is not None and not self._deposed

    async def begin(self) -> None:
        """Send for the channel from now on, and settle what a dead process left half sent."""
        self._reign = await self._database.write(self._begin)
        self._deposed = False

    async def run(self) -> int:
        """Send what is due and wait until all of it has landed; return how many were tried."""
        tried = (await self.step()).tried
        while self._flying:
            await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
            tried += (await self.step()).tried
        return tried

    async def step(self, ahead: timedelta = timedelta()) -> Step:
        """Write down what has landed and claim what may start now or a little `ahead`.

        Waits for no message; what was claimed ahead starts by itself the moment its window opens.
        """
        async with self._stepping:
            pairs = self._take_landed()
            if not pairs:
                due = await self._database.read(self.next_due)
                if due is None or due > self._clock.now() + ahead:
                    return Step(0, due)
            change: Callable[[Session], Claim] = partial(self._claim, ahead=ahead)
            if pairs:
                change = partial(self._record_and_claim, pairs=pairs, ahead=ahead)
            claimed, due = await self._database.write(change)
            del self._receipts[: len(pairs)]
            newest = {one.out.chat.id: task for task, one in self._flying.items()}
            for one in claimed:
                chat_id = one.out.chat.id
                task = asyncio.create_task(self._send(one, newest.get(chat_id)))
                self._flying[task] = one
                newest[chat_id] = task
                task.add_done_callback(lambda _: self._landed())
            return Step(len(claimed), due)

    async def finish(self, seconds: float) -> None:
        """Wait for what is in the air, write it down, start nothing; the rest stays in doubt."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=seconds)
        async with self._stepping:
            if pairs := self._take_landed():
                await self._database.write(partial(self._record, pairs=pairs))
                self._receipts.clear()
        for task in self._flying:
            task.cancel()

    def next_due(self, session: Session) -> datetime | None:
        """Return when the next message may start, windows included; None while nothing may."""
        now = self._clock.now()
        return self._next_start(session, self._pacer(session, now), now, self._busy())

    def _next_start(
        self, session: Session, pacer: Pacer, now: datetime, busy: set[str]
    ) -> datetime | None:
        if (start := self._first_start(session, pacer, now, busy)) is not None:
            return start
        moment = queue.next_moment(session, self._channel.name, now)
        if moment is None or moment <= now:  # what waits for one in the air wakes nobody
            return None
        return self._first_start(session, self._pacer(session, moment), moment, busy) or moment

    def _first_start(
        self, session: Session, pacer: Pacer, now: datetime, busy: set[str]
    ) -> datetime | None:
        """When the first of the messages due at that moment may start; None when there is none."""
        name = self._channel.name
        opening, first = pacer.open_at(name), None
        for chat_id in queue.chats_due(session, name, now, LOOK_AHEAD):
            if chat_id not in busy:
                start = pacer.earliest(name, chat_id)
                first = min(start, first or start)
                if first <= opening:
                    break
        return first

    def _take_landed(self) -> list[tuple[Claimed, Receipt]]:
        done = [task for task in self._flying if task.done()]
        self._receipts += [(self._flying.pop(task), task.result()) for task in done]
        return list(self._receipts)

    def _busy(self) -> set[str]:
        return {one.out.chat.id for one in self._flying.values()}

    def _pacer(self, session: Session, now: datetime) -> Pacer:
        return Pacer(session, self._channel.capabilities.windows, now)

    async def _send(self, one: Claimed, before: asyncio.Task[Receipt] | None) -> Receipt:
        """Send it when its slot comes and the one `before` it in its chat has arrived."""
        if before is not None and (await asyncio.shield(before)).outcome is Outcome.LATER:
            return Receipt(Outcome.LATER, retry_after=0, detail="behind")
        early = one.start - self._clock.now()
        if early > timedelta():
            await asyncio.sleep((early + MARGIN).total_seconds())
        one.left = self._clock.now()  # what a window counts
        try:
            return await self._channel.send(one.out)
        except Exception as fault:  # noqa: BLE001 -- an edge: whatever an adapter does, we go on.
            return Receipt(Outcome.UNKNOWN, detail=type(fault).__name__)
        finally:
            one.landed = self._clock.now()

    def _waiting(self, session: Session, now: datetime, busy: set[str]) -> Iterator[Queued]:
        """The messages that may be next, without those of chats to which one is on its way."""
        rows = queue.due(session, self._channel.name, now, LOOK_AHEAD)
        return (row for row in rows if row.chat_id not in busy)

    def _begin(self, session: Session) -> int:
        reign = outbox.begin_reign(session, self._channel.name)
        settle_interrupted(session, self._channel, self._clock.now())
        return reign

    def _claim(self, session: Session, *, ahead: timedelta) -> Claim:
        reign = outbox.take_turn(session, self._channel.name)
        return self._take(session, reign, ahead)

    def _record_and_claim(
        self, session: Session, *, pairs: list[tuple[Claimed, Receipt]], ahead: timedelta
    ) -> Claim:
        """Write the receipts and take the next messages with one commit."""
        reign = outbox.take_turn(session, self._channel.name)  # before any row is locked
        self._record(session, pairs=pairs)
        return self._take(session, reign, ahead)

    def _record(self, session: Session, *, pairs: list[tuple[Claimed, Receipt]]) -> None:
        landed = {
            one.row_id: Landed(one.left or one.start, one.attempt, what, one.landed)
            for one, what in pairs
        }
        write_receipts(session, self._channel, landed, self._clock.now(), self._order)

    def _take(self, session: Session, reign: int, ahead: timedelta) -> Claim:
        self._deposed = self._reign not in (reign, None)
        if self._deposed:  # another process has taken over
            return Claim([], None)
        self._reign = reign
        now, name = self._clock.now(), self._channel.name
        left = {one.row_id: one.left or now for one in self._flying.values() if is_late(one, now)}
        outbox.note_departures(session, left)
        pacer, busy = self._pacer(session, now), self._busy()
        chosen: list[tuple[Queued, datetime]] = []
        for row in self._waiting(session, now, busy):
            full = len(chosen) + len(self._flying) >= IN_THE_AIR
            if full or pacer.open_at(name) > now + ahead:
                break
            start = pacer.earliest(name, row.chat_id)
            if start > now + ahead:
                busy.add(row.chat_id)
                continue
            if not self._channel.capabilities.idempotent:
                busy.add(row.chat_id)  # one at a time, so that a crash leaves one in doubt
            pacer.count(name, row.chat_id, start)
            chosen.append((row, start))
        claimed = outgoing(session, name, chosen)
        if len(claimed) < len(chosen):  # somebody was faster: their slots are free
            pacer = self._pacer(session, now)
        in_the_air = self._busy() | {one.out.chat.id for one in claimed}
        return Claim(claimed, self._next_start(session, pacer, now, in_the_air))
