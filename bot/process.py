"""The interpreter, tuned for a process that serves for weeks."""

from __future__ import annotations

import gc
import sys

SWITCH_SECONDS = 0.001
"""Longest time one thread holds the others up: with Python's own 5 ms the event loop waited for
the database thread again and again (`bench answer`: p99 46 ms, with this 36 ms)."""


FULL_COLLECTIONS = 1000
"""Collections of the middle generation before a full one, which stops every thread while it walks
all that was made since `settle_down`: 15 ms with every page looked at, 36 ms while the board is
counted for the first time, 180 ms in the middle of a report over 100,000 tickets. With Python's
own 10 one look in 150 met it and a big report six of them; now one look in 12,000. Little waits for
it: 5 objects a look that no smaller collection has found, some 10 MB from one to the next."""


def settle_down() -> None:
    """Call once all that lives as long as the process has been made."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], FULL_COLLECTIONS)
    sys.setswitchinterval(SWITCH_SECONDS)
