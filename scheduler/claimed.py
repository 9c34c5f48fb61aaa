"""A message that was claimed: what goes out, and when it may start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.messages import Button, ChatRef, Outgoing
from handlers.phrases.numbers import ticket_number
from knowledge.store import queue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from knowledge.store.queue import Queued


@dataclass(slots=True)
class Claimed:
    """One claimed row with what its channel gets; when it really left, and when its receipt came."""

    row_id: int
    attempt: int
    out: Outgoing
    start: datetime
    left: datetime | None = None
    landed: datetime | None = None


def is_late(one: Claimed, now: datetime) -> bool:
    """Whether it left, or is still to leave, later than its row says."""
    return (one.left or now) > one.start


def outgoing(
    session: Session, channel: str, chosen: Sequence[tuple[Queued, datetime]]
) -> list[Claimed]:
    """Claim the messages, each for its start; return what the channel gets, in the order of telling."""
    in_order = sorted(queue.take(session, channel, chosen), key=lambda one: one[0].id)
    return [Claimed(row.id, row.attempts + 1, _message(row), start) for row, start in in_order]


def _message(row: Queued) -> Outgoing:
    return Outgoing(
        key=row.key,
        chat=ChatRef(row.channel, row.chat_id),
        text=row.text,
        buttons=tuple(Button(**button) for button in row.buttons),
        images=tuple(row.images),
        ticket=ticket_number(row.no) if row.no is not None else None,
        notice=row.notice_id,
        lane=row.lane,
        replaces=row.replaces,
    )
