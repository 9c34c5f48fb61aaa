"""The interpreter, tuned for a process that serves for weeks."""

from __future__ import annotations

import gc
import sys

SWITCH_SECONDS = 0.001
"""Longest time one thread holds the others up: with Python's own 5 ms the event loop waited for
the database thread again and again (`bench answer`: p99 46 ms, with this 36 ms)."""


def settle_down() -> None:
    """Call once all that lives as long as the process has been made."""
    gc.enable()
    gc.freeze()
    sys.setswitchinterval(SWITCH_SECONDS)
