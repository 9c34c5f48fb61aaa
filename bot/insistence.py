"""Not letting go of what has come in until it is stored, where the platform knows no "not now"."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LONGEST_PAUSE = 10.0

log = structlog.get_logger()


async def insist(deed: Callable[[int], Awaitable[None]], action: str) -> None:
    """Do it until it works; `deed` is told how often it has failed, `action` is for the log."""
    failures = 0
    while True:
        try:
            await deed(failures)
        except Exception as fault:  # noqa: BLE001 -- an edge: what came is never dropped.
            failures += 1
            log.warning("Not stored.", action=action, why=type(fault).__name__, failures=failures)
            await asyncio.sleep(min(0.2 * 2.0**failures, LONGEST_PAUSE))
        else:
            return
