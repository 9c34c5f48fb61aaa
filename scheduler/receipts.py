"""What a channel's receipt makes of a message: sent, later, given up, or in honest doubt.

A message found in `sending` after a crash is in doubt too: a channel that shows a key only once
gets it again; a push to a person is repeated once, marked 补发; a broadcast is never repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.messages import Outcome
from handlers.phrases.quarantine import AGAIN
from knowledge.store import outbox
from scheduler.detours import detour

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.messages import Channel, Receipt
    from knowledge.store.rows.messages import OutboxRow

FIRST_PAUSE = timedelta(seconds=0.25)
"""Before a message that was cut off is tried again; each further pause is four times as long."""
LONGEST_PAUSE = timedelta(minutes=1)
"""Between two tries on a broken channel; one message that gets through wakes the others."""

FINAL = {
    Outcome.GONE: "failed",
    Outcome.UNSUPPORTED: "failed",
    Outcome.NEEDS_HUMAN: "needs_human",
}


@dataclass(frozen=True, slots=True)
class Landed:
    """A message that has landed: when it left, at which attempt, the receipt and when it came."""

    left: datetime
    attempt: int
    receipt: Receipt
    at: datetime | None = None


def write_receipts(
    session: Session,
    channel: Channel,
    landed: Mapping[int, Landed],
    now: datetime,
    order: Sequence[str] = (),
) -> None:
    """Write down what became of the messages, by their row ids.

    What can never be delivered here goes on to the person's next channel in the `order` of pushes.
    One that another process has taken up since, because we seemed dead, is its own now.
    """
    arrived = {row_id for row_id, one in landed.items() if one.receipt.outcome is Outcome.SENT}
    outbox.note_arrivals(session, (_arrival(row_id, landed[row_id]) for row_id in arrived))
    rows = outbox.by_ids(session, landed.keys() - arrived)
    for row_id, row in rows.items():
        one = landed[row_id]
        if row.attempts == one.attempt:
            row.sent_at, row.landed_at = one.left, one.at
            _write(row, one.receipt, now, idempotent=channel.capabilities.idempotent)
            if row.state == "failed":
                detour(session, row, order)
    if any(landed[row_id].attempt > 1 for row_id in arrived):  # it works again
        outbox.hurry(session, channel.name, now, LONGEST_PAUSE)
    session.flush()


def _arrival(row_id: int, one: Landed) -> outbox.Arrival:
    told = one.receipt
    return outbox.Arrival(row_id, one.attempt, one.left, one.at, told.reference, told.detail)


def settle_interrupted(session: Session, channel: Channel, now: datetime) -> None:
    """Decide about what a dead process left half sent; for the windows it left just now."""
    for row in outbox.interrupted(session, channel.name):
        _doubt(row, idempotent=channel.capabilities.idempotent)
        row.sent_at = now


def settle(session: Session, channel: str, reference: str, receipt: Receipt) -> None:
    """Write down what became of a message after its channel had handed it over."""
    for row in outbox.by_receipt(session, channel, reference):
        row.detail = receipt.detail
        row.state = "sent" if receipt.outcome is Outcome.SENT else FINAL[receipt.outcome]


def _write(row: OutboxRow, receipt: Receipt, now: datetime, *, idempotent: bool) -> None:
    row.receipt, row.detail = receipt.reference, receipt.detail
    if receipt.outcome is Outcome.LATER:
        row.state, row.sent_at = "pending", None
        row.not_before = now + _pause(receipt, row.attempts)
    elif receipt.outcome is Outcome.UNKNOWN:
        _doubt(row, idempotent=idempotent)
        if idempotent and row.attempts > 1:  # it may never work: give others their turn
            row.not_before = now + _pause(receipt, row.attempts)
    else:
        row.state = FINAL[receipt.outcome]


def _pause(receipt: Receipt, attempts: int) -> timedelta:
    if receipt.retry_after is not None:
        return timedelta(seconds=receipt.retry_after)
    return min(FIRST_PAUSE * 4.0 ** min(attempts - 1, 6), LONGEST_PAUSE)


def _doubt(row: OutboxRow, *, idempotent: bool) -> None:
    """Decide about a message of which nobody knows whether it arrived."""
    if idempotent:
        row.state, row.sent_at = "pending", None
    elif row.repeatable and not row.text.startswith(AGAIN):
        row.state, row.text = "pending", AGAIN + row.text
    else:
        row.state = "unknown"
