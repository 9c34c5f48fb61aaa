"""Where the time goes: all threads are looked at a hundred times a second."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

EVERY = 0.01
"""Seconds between two looks."""
WAITING = {"select", "wait", "poll", "acquire", "_worker", "_wait_for_tstate_lock", "get", "epoll"}
"""Functions in which a thread only waits."""
ROOT = Path(__file__).parent.parent.parent


@contextmanager
def sampled() -> Iterator[Counter[str]]:
    """Yield what counts, for each function of ours, how often a busy thread stood in or below it."""
    seen: Counter[str] = Counter()
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(seen, done), daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def first_lines(seen: Counter[str]) -> list[str]:
    """Return the three functions in which most of the time went, with their share of it."""
    total = sum(seen.values()) or 1
    return [f"{name} {share / total:.0%}" for name, share in seen.most_common(3)]


def _watch(seen: Counter[str], done: threading.Event) -> None:
    own = threading.get_ident()
    while not done.wait(EVERY):
        for thread, frame in sys._current_frames().items():  # noqa: SLF001 -- the only way to look.
            if thread != own and frame.f_code.co_name not in WAITING:
                seen[_ours(frame)] += 1


def _ours(frame: FrameType | None) -> str:
    """The innermost function of ours on a stack."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and ".venv" not in path.parts:
            return f"{path.relative_to(ROOT)}:{frame.f_code.co_name}"
        frame = frame.f_back
    return "libraries"
