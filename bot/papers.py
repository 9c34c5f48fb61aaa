"""The files that editors keep, as this process has read them last."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from bot.bars import bars_of
from knowledge.community.notices.grounds import check_grounds, resting
from knowledge.community.notices.notice_folder import notice_of, read_notice_sheet
from knowledge.community.notices.timetable import NO_TIMETABLE, Timetable, read_activity
from knowledge.community.words.scams import NO_SCAMS, KnownScams, read_scam
from knowledge.faq.shelf import Shelf
from knowledge.files.lastgood import LastGood
from knowledge.files.standing import Standing
from knowledge.files.watch import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.notice_folder import NoticeSheet
    from knowledge.files.problem import Problem


class Papers:
    """FAQ, notices and known swindles, read again when a file changes; the last good version goes on serving."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._links = settings.faq.allow_links
        self.faq = Shelf(
            folder / "faq",
            folder / "state" / "faq.json",
            links=self._links,
            bars=bars_of(settings),
        )
        self._kept = LastGood(folder / "state" / "notices.json")
        self.notices: tuple[Notice, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self._scams = Standing(folder / "scams", folder / "state" / "scams.json", read_scam)
        self.scams = NO_SCAMS
        memory = folder / "state" / "timetable.json"
        self._activities = Standing(folder / "timetable", memory, read_activity)
        self.timetable = NO_TIMETABLE
        self._written: tuple[Notice, ...] = ()
        self.sheet: NoticeSheet | None = None
        """The files of the notices with their lines; None before the first reading."""
        self._notices_folder = folder / "notices"
        self._watch = Watch(self._notices_folder)
        self._reading = Lock()

    @property
    def links(self) -> tuple[str, ...]:
        """The domains that answers and notices may link to."""
        return self._links

    def refresh(self) -> None:
        """Read what has changed."""
        with self._reading:  # a page that has just saved, and the heartbeat
            self._refresh()

    def errors(self) -> dict[str, str]:
        """What is left out and why: a line each, by what makes it the same wherever it has moved to."""
        found = (
            *self.faq.current.problems,
            *self.problems,
            *self._scams.problems,
            *self._activities.problems,
        )
        return {
            f"{one.file} {one.field} {one.message}": str(one)
            for one in found
            if one.level == "error"
        }

    def _refresh(self) -> None:
        entries = self.faq.reload()
        if self._read_notices() or entries:
            self._rest()
        self._read_scams()
        self._read_timetable()

    def _read_notices(self) -> bool:
        if not self._watch.changed():
            return False
        sheet = read_notice_sheet(self._notices_folder, links=self._links)
        old = self._kept.merge(sheet.blocks, sheet.broken, sheet.unreadable)
        standing = (*sheet.notices, *(notice_of(block) for block in old.values()))
        self._written = tuple(sorted(standing, key=lambda one: (one.file, one.line)))
        self.sheet = sheet
        return True

    def _read_scams(self) -> None:
        if self._scams.refresh():
            self.scams = KnownScams(self._scams.entries)

    def _read_timetable(self) -> None:
        if self._activities.refresh():
            self.timetable = Timetable(self._activities.entries)

    def _rest(self) -> None:
        """Let the notices follow the entries on which they rest."""
        entries = self.faq.current.entries
        self.notices = resting(self._written, entries)
        found = check_grounds(self.sheet, entries) if self.sheet else ()
        self.problems = (*(self.sheet.problems if self.sheet else ()), *found)
