"""The sender: claims what is due, keeps to the channels' windows, records true receipts.

pending → sending (claimed, slot of the window taken) → sent | failed | needs_human | unknown.
A message found in `sending` after a crash is unknown: a channel that shows a key only once gets
it again; a push to a person is repeated once, marked 补发; a broadcast is never repeated.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from handlers.messages import Button, ChatRef, Outcome, Outgoing, Receipt
from handlers.phrases.numbers import ticket_number
from knowledge.store import outbox
from scheduler.pacing import Pacer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.messages import Channel, Clock
    from knowledge.store.database import Database
    from knowledge.store.rows.messages import OutboxRow

CLAIM = 64
"""Messages claimed in one commit for channels that show a key only once."""
LOOK_AHEAD = 512
"""Due messages looked through for chats whose window is open."""
LONGEST_PAUSE = timedelta(minutes=1)
"""Between two tries on a broken channel; one message that gets through wakes the others."""
AGAIN = "（补发）"

FINAL = {
    Outcome.GONE: "failed",
    Outcome.UNSUPPORTED: "failed",
    Outcome.NEEDS_HUMAN: "needs_human",
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claimed row with what its channel gets."""

    row_id: int
    out: Outgoing


class Sender:
    """Sends what the outbox holds; any number of times, each message once."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._sending = {name: asyncio.Lock() for name in channels}

    async def recover(self) -> None:
        """Settle what a dead process left half sent."""
        await self._database.write(self._settle_interrupted)

    async def run_due(self) -> int:
        """Send everything whose moment has come; return how many sendings were tried."""
        return sum(await asyncio.gather(*(self.run_channel(name) for name in self._channels)))

    async def run_channel(self, name: str) -> int:
        """Send what is due on one channel: a slow one holds up no other."""
        async with self._sending[name]:  # who finds nothing due may rely on it being sent
            return await self._send_due(name)

    async def _send_due(self, name: str) -> int:
        if not await self._database.read(partial(self._has_due, name=name)):
            return 0
        tried = 0
        claimed = await self._database.write(partial(self._claim, name=name))
        while claimed:
            receipts = await asyncio.gather(*(self._send(one.out) for one in claimed))
            tried += len(claimed)
            pairs = list(zip(claimed, receipts, strict=True))
            claimed = await self._database.write(
                partial(self._record_and_claim, name=name, pairs=pairs)
            )
        return tried

    def next_due(self, session: Session) -> datetime | None:
        """Return when the next message may be sent, windows included."""
        moment = outbox.next_moment(session, self._channels, self._clock.now())
        if moment is None:
            return None
        now = max(self._clock.now(), moment)
        pacers = self._pacers(session, now)
        rows = outbox.due(session, self._channels, now, LOOK_AHEAD)
        return min(
            (pacers[row.channel].earliest(row.channel, row.chat_id) for row in rows), default=moment
        )

    async def _send(self, out: Outgoing) -> Receipt:
        try:
            return await self._channels[out.chat.channel].send(out)
        except Exception as fault:  # noqa: BLE001 -- an edge: whatever an adapter does, we go on.
            return Receipt(Outcome.UNKNOWN, detail=type(fault).__name__)

    def _pacers(self, session: Session, now: datetime) -> dict[str, Pacer]:
        return {
            name: Pacer(session, channel.capabilities.windows, now)
            for name, channel in self._channels.items()
        }

    def _has_due(self, session: Session, *, name: str) -> bool:
        return bool(outbox.due(session, (name,), self._clock.now(), 1))

    def _record_and_claim(
        self, session: Session, *, name: str, pairs: list[tuple[Claimed, Receipt]]
    ) -> list[Claimed]:
        """Write the receipts and take the next messages with one commit."""
        self._record(session, pairs=pairs)
        session.flush()
        return self._claim(session, name=name)

    def _claim(self, session: Session, *, name: str) -> list[Claimed]:
        now = self._clock.now()
        pacers = self._pacers(session, now)
        taken: list[OutboxRow] = []
        busy: set[tuple[str, str]] = set()
        for row in outbox.due(session, (name,), now, LOOK_AHEAD):
            chat = (row.channel, row.chat_id)
            if len(taken) >= CLAIM or chat in busy or pacers[row.channel].earliest(*chat) > now:
                busy.add(chat)
                continue
            if not self._channels[row.channel].capabilities.idempotent:
                busy.add(chat)  # one at a time, so that a crash leaves one in doubt
            pacers[row.channel].count(*chat)
            row.state, row.sent_at, row.attempts = "sending", now, row.attempts + 1
            taken.append(row)
        about = {row.ticket_id for row in taken if row.ticket_id is not None}
        numbers = outbox.ticket_numbers(session, about)
        return [Claimed(row.id, _outgoing(row, numbers)) for row in taken]

    def _record(self, session: Session, *, pairs: list[tuple[Claimed, Receipt]]) -> None:
        now = self._clock.now()
        rows = outbox.by_ids(session, [claimed.row_id for claimed, _ in pairs])
        back: set[str] = set()
        for claimed, receipt in pairs:
            row = rows[claimed.row_id]
            row.receipt, row.detail = receipt.reference, receipt.detail
            if receipt.outcome is Outcome.SENT:
                row.state = "sent"
                if row.attempts > 1:  # the channel works again
                    back.add(row.channel)
            elif receipt.outcome is Outcome.LATER:
                row.state, row.sent_at = "pending", None
                row.not_before = now + _pause(receipt, row.attempts)
            elif receipt.outcome is Outcome.UNKNOWN:
                idempotent = self._channels[row.channel].capabilities.idempotent
                _doubt(row, idempotent=idempotent)
                if idempotent and row.attempts > 1:  # it may never work: give others their turn
                    row.not_before = now + _pause(receipt, row.attempts)
            else:
                row.state = FINAL[receipt.outcome]
        for channel in back:
            outbox.hurry(session, channel, now, LONGEST_PAUSE)

    def _settle_interrupted(self, session: Session) -> None:
        for name, channel in self._channels.items():
            for row in outbox.interrupted(session, name):
                _doubt(row, idempotent=channel.capabilities.idempotent)


def _pause(receipt: Receipt, attempts: int) -> timedelta:
    if receipt.retry_after is not None:
        return timedelta(seconds=receipt.retry_after)
    return min(timedelta(seconds=2 ** min(attempts, 6)), LONGEST_PAUSE)


def _doubt(row: OutboxRow, *, idempotent: bool) -> None:
    """Decide about a message of which nobody knows whether it arrived."""
    if idempotent:
        row.state, row.sent_at = "pending", None
    elif row.repeatable and not row.text.startswith(AGAIN):
        row.state, row.text = "pending", AGAIN + row.text
    else:
        row.state = "unknown"


def _outgoing(row: OutboxRow, numbers: Mapping[int, int]) -> Outgoing:
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
