"""The rhythm of a long connection: its heartbeat, its patience, its pauses after a fall."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

BEAT = 30.0
"""Seconds between two heartbeats, as the platform asks."""
PATIENCE = 10.0
"""Seconds in which an answer of the platform is waited for."""
LONGEST_PAUSE = 60.0
REFUSED_PAUSE = 60.0
"""Seconds after a refused subscription, at the least: subscribing is itself rate-limited."""


def pause(failures: int, *, refused: bool = False) -> float:
    """Return the seconds before the next try: doubling, with jitter, so that not all come at once.

    After a connection that had worked, the first try comes within a second.
    """
    longest = min(2.0**failures, LONGEST_PAUSE)
    waited = random.uniform(longest / 2, longest) if failures else random.random()  # noqa: S311 -- no secret.
    return REFUSED_PAUSE + waited if refused else waited


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often it beats, how long it waits for an answer, and how long before the next try."""

    beat: float = BEAT
    patience: float = PATIENCE
    pausing: Callable[..., float] = pause
