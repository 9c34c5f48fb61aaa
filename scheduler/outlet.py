"""One channel's way out: claims what may be sent now and never waits for a slow message.

pending → sending (claimed, slot of the window taken) → sent | failed | needs_human | unknown.
Every message flies by itself; as one lands its receipt is written and the next ones start. While a
message is in the air the later ones of its chat wait, so that a chat is told in order.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from handlers.messages import Button, ChatRef, Outcome, Outgoing, Receipt
from handlers.phrases.numbers import ticket_number
from knowledge.store import outbox
from scheduler.pacing import Pacer
from scheduler.receipts import write_receipts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.messages import Channel, Clock
    from knowledge.store.database import Database
    from knowledge.store.rows.messages import OutboxRow

IN_THE_AIR = 64
"""Messages of one channel that may be on their way at once."""
LOOK_AHEAD = 512
"""Due messages looked through for chats whose window is open."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claimed row with what its channel gets."""

    row_id: int
    out: Outgoing


class Outlet:
    """Sends what the outbox holds for one channel; `landed` is called as each receipt comes in."""

    def __init__(
        self, database: Database, channel: Channel, clock: Clock, landed: Callable[[], None]
    ) -> None:
        self._database = database
        self._channel = channel
        self._clock = clock
        self._landed = landed
        self._flying: dict[asyncio.Task[Receipt], Claimed] = {}
        self._stepping = asyncio.Lock()

    async def run(self) -> int:
        """Send what is due and wait until all of it has landed; return how many were tried."""
        tried = await self.step()
        while self._flying:
            await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
            tried += await self.step()
        return tried

    async def step(self) -> int:
        """Write down what has landed and start what may be sent now; waits for no message.

        Returns how many were started.
        """
        async with self._stepping:
            pairs = self._take_landed()
            if not pairs and not await self._database.read(self._has_due):
                return 0
            change = partial(self._record_and_claim, pairs=pairs) if pairs else self._claim
            claimed = await self._database.write(change)
            for one in claimed:
                task = asyncio.create_task(self._send(one.out))
                self._flying[task] = one
                task.add_done_callback(lambda _: self._landed())
            return len(claimed)

    async def finish(self, seconds: float) -> None:
        """Wait for what is in the air, write it down, start nothing; the rest stays in doubt."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=seconds)
        async with self._stepping:
            if pairs := self._take_landed():
                await self._database.write(partial(self._record, pairs=pairs))
        for task in self._flying:
            task.cancel()

    def next_due(self, session: Session) -> datetime | None:
        """Return when the next message may start, windows included; None while nothing may."""
        now = self._clock.now()
        moment = outbox.next_moment(session, (self._channel.name,), now)
        if moment is None:
            return None
        now = max(now, moment)
        pacer = self._pacer(session, now)
        opening, busy = pacer.open_at(self._channel.name), self._busy()
        first: datetime | None = None if busy else moment
        for number, row in enumerate(self._waiting(session, now, busy)):
            at = pacer.earliest(row.channel, row.chat_id)
            first = at if first is None or not number else min(first, at)
            if first <= opening:
                break
        return first

    def _take_landed(self) -> list[tuple[Claimed, Receipt]]:
        done = [task for task in self._flying if task.done()]
        return [(self._flying.pop(task), task.result()) for task in done]

    def _busy(self) -> set[str]:
        return {one.out.chat.id for one in self._flying.values()}

    def _pacer(self, session: Session, now: datetime) -> Pacer:
        return Pacer(session, self._channel.capabilities.windows, now)

    async def _send(self, out: Outgoing) -> Receipt:
        try:
            return await self._channel.send(out)
        except Exception as fault:  # noqa: BLE001 -- an edge: whatever an adapter does, we go on.
            return Receipt(Outcome.UNKNOWN, detail=type(fault).__name__)

    def _waiting(self, session: Session, now: datetime, busy: set[str]) -> Iterator[OutboxRow]:
        """The messages that may be next, without those of chats to which one is on its way."""
        rows = outbox.due(session, (self._channel.name,), now, LOOK_AHEAD)
        return (row for row in rows if row.chat_id not in busy)

    def _has_due(self, session: Session) -> bool:
        return bool(outbox.due(session, (self._channel.name,), self._clock.now(), 1))

    def _record_and_claim(
        self, session: Session, *, pairs: list[tuple[Claimed, Receipt]]
    ) -> list[Claimed]:
        """Write the receipts and take the next messages with one commit."""
        self._record(session, pairs=pairs)
        return self._claim(session)

    def _record(self, session: Session, *, pairs: list[tuple[Claimed, Receipt]]) -> None:
        receipts = {claimed.row_id: receipt for claimed, receipt in pairs}
        write_receipts(session, self._channel, receipts, self._clock.now())

    def _claim(self, session: Session) -> list[Claimed]:
        now, name = self._clock.now(), self._channel.name
        outbox.take_turn(session, name)
        pacer, busy = self._pacer(session, now), self._busy()
        taken: list[OutboxRow] = []
        for row in self._waiting(session, now, busy):
            if len(taken) + len(self._flying) >= IN_THE_AIR or pacer.open_at(name) > now:
                break
            if pacer.earliest(name, row.chat_id) > now:
                busy.add(row.chat_id)
                continue
            if not self._channel.capabilities.idempotent:
                busy.add(row.chat_id)  # one at a time, so that a crash leaves one in doubt
            pacer.count(name, row.chat_id)
            row.state, row.sent_at, row.attempts = "sending", now, row.attempts + 1
            taken.append(row)
        return _outgoing(session, taken)


def _outgoing(session: Session, taken: Collection[OutboxRow]) -> list[Claimed]:
    """What the channel gets, in the order in which it was told."""
    about = {row.ticket_id for row in taken if row.ticket_id is not None}
    numbers = outbox.ticket_numbers(session, about)
    in_order = sorted(taken, key=lambda row: row.id)
    return [Claimed(row.id, _message(row, numbers)) for row in in_order]


def _message(row: OutboxRow, numbers: Mapping[int, int]) -> Outgoing:
    no = numbers.get(row.ticket_id) if row.ticket_id is not None else None
    return Outgoing(
        key=row.key,
        chat=ChatRef(row.channel, row.chat_id),
        text=row.text,
        buttons=tuple(Button(**button) for button in row.buttons),
        images=tuple(row.images),
        ticket=ticket_number(no) if no is not None else None,
        notice=row.notice_id,
        lane=row.lane,
    )
