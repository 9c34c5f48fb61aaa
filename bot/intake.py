"""Group commit of what comes in: all that waits is stored with one fsync."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from knowledge.store import inbox
from knowledge.store.bell import INBOX, ring

if TYPE_CHECKING:
    from handlers.messages import Clock, Event
    from knowledge.store.database import Database

Beside = Callable[[Session], None]
"""What is written in the transaction that stores the event (the web chat's own bubble)."""


@dataclass(slots=True)
class Waiting:
    """One event on its way into the inbox; `keep` False = only `beside` is written."""

    event: Event
    beside: Beside | None
    keep: bool
    stored: asyncio.Future[bool]


class Intake:
    """Stores events in the order in which they came; a batch is whatever waits."""

    def __init__(self, database: Database, clock: Clock, wake: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._wake = wake
        self._waiting: list[Waiting] = []
        self._flush_task: asyncio.Task[None] | None = None

    async def store(self, event: Event, beside: Beside | None, *, keep: bool) -> bool:
        """Return once the event is on disk; False when its id was known already.

        Who gives up waiting takes nobody else's event along.
        """
        stored: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(event, beside, keep, stored))
        if self._flush_task is None or self._flush_task.done():
            self._flush_task = asyncio.create_task(self._flush())
        return await stored

    async def _flush(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            await self._write(batch)

    async def _write(self, batch: list[Waiting]) -> None:
        try:
            results = await self._database.write(lambda session: self._store_all(session, batch))
        except Exception as fault:  # noqa: BLE001 -- handed to the one whose event cannot be stored.
            if len(batch) > 1:  # who is at fault is found one by one; the others are stored
                for one in batch:
                    await self._write([one])
            elif not batch[0].stored.done():
                batch[0].stored.set_exception(fault)
            return
        for one, new in zip(batch, results, strict=True):
            if not one.stored.done():
                one.stored.set_result(new)
        self._wake()

    def _store_all(self, session: Session, batch: list[Waiting]) -> list[bool]:
        arrivals = [
            inbox.Arrival(_key(one), one.event.chat.id, one.event.as_payload())
            for one in batch
            if one.keep
        ]
        stored = inbox.store_all(session, arrivals, self._clock.now())
        if arrivals:
            ring(session, INBOX)
        results = []
        for one in batch:
            new = not one.keep or _key(one) in stored
            if one.keep:
                stored.discard(_key(one))  # the same id twice in one batch is new once
            if new and one.beside is not None:
                one.beside(session)
            results.append(new)
        return results


def _key(one: Waiting) -> tuple[str, str]:
    return one.event.channel, one.event.event_id
