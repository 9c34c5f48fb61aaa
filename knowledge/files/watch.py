"""Notice that a folder of entry files was saved, without being told by the system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.files.folder import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

    Prints = tuple[tuple[str, int, int], ...]


class Watch:
    """Compares a folder with how it was when last looked at; works on network drives too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: Prints | None = None
        self._doubted: Prints | None = None

    def changed(self) -> bool:
        """Whether there is something to read.

        A file that has just become empty gets a second look: many editors empty a file before they
        write it, and in between nothing of it may be taken for deleted.
        """
        now = fingerprint(self._folder)
        if now == self._seen:
            return False
        if now != self._doubted and self._emptied(now):
            self._doubted = now
            return False
        self._seen, self._doubted = now, None
        return True

    def wrote(self) -> None:
        """Take what was just written by ourselves for seen."""
        self._seen = fingerprint(self._folder)

    def _emptied(self, now: Prints) -> bool:
        before = {name: size for name, size, _ in self._seen or ()}
        return any(size == 0 and before.get(name) for name, size, _ in now)
