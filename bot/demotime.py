"""A demo's time, run ahead by 快进: after a restart it goes on there, and never runs backwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.clocks import SystemClock
from knowledge.store.stamps import mark, set_mark

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

REACHED, AHEAD = "advanced_to", "advanced_by"
"""The moment to which it was advanced, and how many seconds that was ahead of the machine."""


def remember(session: Session, until: datetime) -> None:
    """Keep how far time has been run ahead."""
    set_mark(session, REACHED, until.isoformat())
    set_mark(session, AHEAD, str((until - SystemClock().now()).total_seconds()))


def go_on(session: Session, clock: SystemClock) -> None:
    """Set the clock of a demo that was advanced as far ahead as before: what it did is not to come."""
    reached, ahead = mark(session, REACHED), mark(session, AHEAD)
    if reached:
        clock.move_to(datetime.fromisoformat(reached))
    if ahead:
        clock.move_to(SystemClock().now() + timedelta(seconds=float(ahead)))
