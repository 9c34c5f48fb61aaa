"""Not letting go of what has come in until it is stored, where the platform knows no "not now"."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LONGEST_PAUSE = 10.0
OUTAGE = (OperationalError, InterfaceError, PoolTimeoutError, OSError)
"""The database is the trouble, not what has come in."""

log = Logbook()


def pause(tries: int) -> float:
    """Return the seconds before the next try."""
    return min(0.2 * 2.0 ** min(tries, 10), LONGEST_PAUSE)


async def insist(
    deed: Callable[[int], Awaitable[None]],
    action: str,
    pausing: Callable[[int], float] = pause,
) -> None:
    """Do it until it works; `action` is for the log.

    `deed` is told how often it has failed by itself: while the database is away, what has come in
    is not to blame, however long it takes.
    """
    failures = tries = 0
    while True:
        try:
            await deed(failures)
        except Exception as fault:  # noqa: BLE001 -- an edge: what came is never dropped.
            tries += 1
            failures += not isinstance(fault, OUTAGE)
            log.warning("Not stored.", action=action, why=type(fault).__name__, tries=tries)
            await asyncio.sleep(pausing(tries))
        else:
            return
