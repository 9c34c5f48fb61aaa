"""A folder for what is half done: whoever comes next clears it away once its owner has been killed."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.lock import Locked, hold_lock

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "linli-half-"
HELD = "held"
"""Stands in a folder once its lock is held: one without it is only just being made."""


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """Make a folder of our own in another one, and clear away there what killed ones have left.

    Raises:
        OSError: there is no room, or nothing can be written there.
    """
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=beside) as name, ExitStack() as held:
        here = Path(name)
        with suppress(Locked):  # a network share may know no locks: there nothing is cleared away
            held.enter_context(hold_lock(here))
            (here / HELD).touch()
            for left in left_in(beside, mine=here):
                shutil.rmtree(left, ignore_errors=True)
        yield here


def left_in(place: Path, mine: Path | None = None) -> list[Path]:
    """Return the folders of those that were killed: they bear the mark, and nobody holds them.

    In a place that all may write to, only those of the owner of `mine` are touched.
    """
    there = sorted(place.glob(f"{PREFIX}*"))
    owner = (mine or place).stat().st_uid if there else 0
    return [one for one in there if _is_left(one, owner)]


def _is_left(one: Path, owner: int) -> bool:
    with suppress(OSError, Locked):  # its owner has cleared it away meanwhile, or holds it
        if one.lstat().st_uid == owner and (one / HELD).is_file():
            with hold_lock(one):
                return True
    return False
