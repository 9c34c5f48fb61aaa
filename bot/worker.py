"""The worker: takes stored events in batches, one commit a batch.

A batch is handled in one savepoint. An event that does not get through (a refusal, a fault, another
process at the same rows) undoes it: that one is then handled in a savepoint of its own and the
others anew together; after a few of them each is handled alone. A bad one stops nobody else. What
the database refuses may have been laid by an event before the one whose statement shows it: then
each is handled alone at once, and it shows where it belongs.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from handlers.actions.foresight import foresee
from handlers.actions.telling import tell_chat
from handlers.actions.trouble import report_quarantine
from handlers.anticipating import anticipate
from handlers.messages import event_from_payload
from handlers.phrases.trouble import APOLOGY
from handlers.routing import answer
from knowledge.community.refusals import Refusal
from knowledge.faq.opinion import OpinionWanted
from knowledge.files.logbook import Logbook
from knowledge.store import inbox
from knowledge.store.bell import OUTBOX, ring
from knowledge.store.troubles import is_away, is_busy

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.semantic.deferred import Deferred
    from handlers.messages import Clock, Event
    from handlers.work import Work
    from knowledge.faq.opinion import Doubtful
    from knowledge.store.database import Database
    from knowledge.store.rows.messages import InboxRow

    MakeWork = Callable[[Session, str, Event | None], Work]

MAX_FAILURES = 3
"""Failures of the handler after which an event is set aside."""
STUMBLES = 3
"""Events of a batch that are taken out of it one after the other, before each is handled alone."""
PAUSE = 0.05
"""Seconds of rest while another process is at every row that waits: about as long as its batch."""

log = Logbook()


class Stumbled(Exception):
    """An event of a batch did not get through: which one, and why."""

    def __init__(self, row: InboxRow, fault: Exception) -> None:
        super().__init__()
        self.row = row
        self.fault = fault


class Worker:
    """Handles what the inbox holds; chats keep their order, a bad message stops nobody else."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        make_work: MakeWork,
        deferred: Deferred,
        look_about: Callable[[Session], object],
        *,
        at_once: int = inbox.BATCH,
    ) -> None:
        """Make a worker; `look_about` takes in, before a batch, what others have changed.

        `at_once` = most events handled in one commit.
        """
        self._database = database
        self._clock = clock
        self._make_work = make_work
        self._deferred = deferred
        self._look_about = look_about
        self._at_once = at_once
        self._wanted: dict[int, Doubtful] = {}
        self._held_up = False
        self._more_wait = False
        self._draining = asyncio.Lock()

    async def drain(self) -> int:
        """Handle everything, also what is put off meanwhile; return how many were taken."""
        taken = await self.take()
        while await self._deferred.one_is_ready():
            taken += await self.take()
        return taken

    async def take(self) -> int:
        """Handle everything that waits but for what is put off; return how many were taken."""
        taken = 0
        async with self._draining:  # who finds nothing waiting may rely on it being handled
            waiting = await self._database.read(inbox.any_waiting)
            while waiting:  # an idle beat waits for no writer
                batch = partial(self._batch, self._deferred.rows)
                count = await self._database.write(batch)
                wanted, self._wanted = self._wanted, {}
                self._deferred.put_off(wanted)
                taken += count
                waiting = self._more_wait
                if self._held_up and waiting:
                    await asyncio.sleep(PAUSE)
        return taken

    def _batch(self, besides: frozenset[int], session: Session) -> int:
        self._look_about(session)
        rows = inbox.claim(session, self._at_once, besides=besides)
        self._wanted = {}
        tries = sum(row.attempts for row in rows)
        acted = self._all(session, rows)
        moved = {*acted.values()} != {None} or sum(row.attempts for row in rows) > tries
        self._held_up = not moved and not self._wanted
        handled = [row.id for row in rows if acted[row.id]]
        chatter = [row.id for row in rows if acted[row.id] is False]
        inbox.finish(session, handled, chatter, self._clock.now())
        if handled:
            ring(session, OUTBOX)
        self._more_wait = bool(rows) and inbox.any_waiting(session)
        return len(rows)

    def _all(self, session: Session, rows: list[InboxRow]) -> dict[int, bool | None]:
        """Row id → whether it was acted upon, False for chatter; None when it has to come again."""
        alone: dict[int, bool | None] = {}
        left = list(rows)
        while len(left) > 1 and len(alone) < STUMBLES:
            try:
                return alone | self._together(session, left)
            except Stumbled as stop:
                left.remove(stop.row)
                # who was in somebody's way comes again, not before the others: they would wait too
                alone[stop.row.id] = (
                    None if is_busy(stop.fault) else self._handle(session, stop.row)
                )
            except Exception as fault:  # none of them by itself: it shows one by one
                if is_away(fault):
                    raise
                break
        return alone | {row.id: self._handle(session, row) for row in left}

    def _together(self, session: Session, rows: list[InboxRow]) -> dict[int, bool | None]:
        """The same of all of them; nothing is kept when one raises Stumbled.

        What they write reaches the database in a few statements: that is most of the speed.
        """
        acted: dict[int, bool | None] = {}
        with session.begin_nested():
            works = [self._work_of(session, row) for row in rows]
            foresee(session, works)
            anticipate(session, works)
            for row, work in zip(rows, works, strict=True):
                acted[row.id] = _tried(row, work)
        return acted

    def _work_of(self, session: Session, row: InboxRow) -> Work:
        event = event_from_payload(row.channel, row.event_id, row.payload)
        return self._make_work(session, _cause(row), event)

    def _handle(self, session: Session, row: InboxRow) -> bool | None:
        """Whether the event was acted upon, False for chatter; None when it has to come again."""
        event: Event | None = None
        try:
            event = event_from_payload(row.channel, row.event_id, row.payload)
            with session.begin_nested():
                work = self._make_work(session, _cause(row), event)
                return answer(work)
        except Refusal as refusal:
            return self._say(session, row, event, refusal.say)
        except OpinionWanted as question:
            self._wanted[row.id] = question.doubtful
            return None
        except Exception as fault:  # an edge: one bad message stops nobody else.
            if is_away(fault):
                raise  # no fault of the message
            if not is_busy(fault):  # else somebody was at the same rows: it comes again
                self._fail(session, row, event, fault)
            return None

    def _say(self, session: Session, row: InboxRow, event: Event | None, text: str) -> bool:
        if event is None:
            return False
        work = self._make_work(session, f"{_cause(row)}:refusal", event)
        tell_chat(work, event.chat, text)
        return True

    def _fail(self, session: Session, row: InboxRow, event: Event | None, fault: Exception) -> None:
        row.attempts += 1
        row.fault = type(fault).__name__
        log.error(
            "A handler failed.",
            action="inbox.failed",
            inbox=row.id,
            attempts=row.attempts,
            exc_info=fault,
        )
        if row.attempts < MAX_FAILURES:
            return
        row.state = "quarantined"
        work = self._make_work(session, f"{_cause(row)}:quarantine:{row.attempts}", event)
        if event is not None:
            tell_chat(work, event.chat, APOLOGY.format(number=row.id))
        report_quarantine(work, row.id)


def _tried(row: InboxRow, work: Work) -> bool:
    """Whether the event was acted upon; raises Stumbled, or what the database refuses."""
    try:
        return answer(work)
    except Exception as fault:
        if is_away(fault) or (isinstance(fault, DBAPIError) and not is_busy(fault)):
            raise
        raise Stumbled(row, fault) from fault


def _cause(row: InboxRow) -> str:
    """Name what made us act, for ever: SQLite gives the id of a row again that was swept away."""
    return f"inbox:{row.id}:{int(row.received_at.timestamp())}"
