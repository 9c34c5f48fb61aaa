"""One service a data folder: a second one is told so instead of doubling everything."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "linli.lock"


class Locked(Exception):
    """Another service holds the folder."""


@contextmanager
def hold_lock(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the folder for this process; the system lets go when the process dies, however.

    Processes of one service hold it `shared`; one that does everything wants it alone.
    """
    handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle, shared=shared)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, *, shared: bool) -> None:
    try:
        if os.name == "nt":
            import msvcrt

            if shared:
                return  # this system knows no shared lock; the database's own tells who is there
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        raise Locked from None
