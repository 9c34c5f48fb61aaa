"""The notices in force: read again when a file changes, the last good version in place of slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.notice_folder import notice_of, read_notice_sheet
from knowledge.files.folder import fingerprint
from knowledge.files.lastgood import LastGood

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from knowledge.community.notice import Notice
    from knowledge.files.problem import Problem


class NoticeBoard:
    """Holds the notices of a folder; `memory` is the file of last good versions (None: no file).

    `current` is replaced as a whole, so a reader keeps a consistent view; `problems` belong to it.
    """

    def __init__(
        self, folder: Path, memory: Path | None = None, *, links: Collection[str] = ()
    ) -> None:
        self._folder = folder
        self._links = links
        self._last_good = LastGood(memory)
        self._seen: object = None
        self.current: tuple[Notice, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.reload()

    def reload(self) -> bool:
        """Read the folder again if a file has changed; True when it did."""
        seen = fingerprint(self._folder)
        if seen == self._seen:
            return False
        sheet = read_notice_sheet(self._folder, links=self._links)
        old = self._last_good.merge(sheet.blocks, sheet.broken, sheet.unreadable)
        notices = [*sheet.notices, *(notice_of(block) for block in old.values())]
        notices.sort(key=lambda notice: (notice.file, notice.line))
        self._seen, self.problems, self.current = seen, sheet.problems, tuple(notices)
        return True
