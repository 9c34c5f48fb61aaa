"""The interpreter, tuned for a process that serves for weeks."""

from __future__ import annotations

import gc
import sys

SWITCH_SECONDS = 0.001
"""Longest time one thread holds the others up: with Python's own 5 ms the event loop waited for
the database thread again and again (`bench answer`: p99 46 ms, with this 36 ms)."""


FULL_COLLECTIONS = 100
"""Collections of the middle generation before a full one. A full one walks whatever was made since
`settle_down` and stops every thread for it: 15 ms with all pages looked at (36 ms while the board
is first counted), and with Python's own 10 one in two hundred looks at a page met it. With 100 it
is one in two thousand. What only a full one finds is little, so that memory does not grow: 4 objects
a look, 1 MB between two of them (`bench pages`, 100,000 tickets)."""


def settle_down() -> None:
    """Call once all that lives as long as the process has been made, and again when more was."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], FULL_COLLECTIONS)
    sys.setswitchinterval(SWITCH_SECONDS)
