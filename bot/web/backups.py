"""The backups that lie in their folder, and the one that is being made or checked just now."""

from __future__ import annotations

import asyncio
import zipfile
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.archive.manifest import BROKEN, BY_HAND, NAMED, BadArchive, manifest_of, said_of
from handlers.actions.auditing import note
from knowledge.community.days.zone import ZONE
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.archive.manifest import Manifest
    from bot.web.application import Application

log = Logbook()


@dataclass(slots=True)
class Job:
    """What is being done: `fine` is None until it has ended."""

    deed: str
    """backup.made or backup.checked"""
    name: str
    began: datetime
    step: str
    fine: bool | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup as it lies there."""

    name: str
    bytes: int
    at: datetime
    manifest: Manifest | None
    """None = it cannot be read."""


class Backups:
    """Makes and checks one backup at a time, in the background."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._rules = app.settings.backup
        self.place = self._rules.place(app.folder)
        self.job: Job | None = None
        self._task: asyncio.Task[None] | None = None
        self._known: dict[tuple[str, int, int], Manifest | None] = {}

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._task is not None and not self._task.done()

    def make(self, who: str) -> None:
        """Begin a backup, unless something is being done."""
        now = self._app.clock.now()
        self._begin("backup.made", f"manual-{now:%Y%m%d-%H%M%S}.zip", who, self._make)

    def check(self, name: str, who: str) -> None:
        """Begin to unpack a backup and to compare every file, unless something is being done."""
        self._begin("backup.checked", name, who, self._check)

    def path(self, name: str) -> Path | None:
        """Return the file of a backup that is there; nothing else can be named."""
        return next((path for path in self._files() if path.name == name), None)

    def kept(self) -> list[Kept]:
        """Return the backups, the newest first."""
        found = []
        for path in self._files():
            about = path.stat()
            at = datetime.fromtimestamp(about.st_mtime, ZONE)
            found.append(Kept(path.name, about.st_size, at, self._manifest(path)))
        return sorted(found, key=lambda one: one.at, reverse=True)

    async def finished(self) -> None:
        """Wait until nothing is being done."""
        if self._task is not None:
            await self._task

    async def stop(self) -> None:
        """Let go of what is being done."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _begin(self, deed: str, name: str, who: str, work: Callable[[Job], str]) -> None:
        if not self.busy:
            self.job = Job(deed, name, self._app.clock.now(), "准备")
            self._task = asyncio.create_task(self._run(self.job, who, work))

    async def _run(self, job: Job, who: str, work: Callable[[Job], str]) -> None:
        deed = job.deed
        try:
            said = await asyncio.to_thread(work, job)
            job.fine, job.step = True, said
            log.info("A backup was seen to.", action=deed, file=job.name)
        except Exception as trouble:  # an edge: whoever pressed the button is told.
            said = said_of(trouble)
            job.fine, job.step = False, said
            deed = "backup.failed" if deed == "backup.made" else deed
            log.exception("A backup failed.", action="backup.failed", why=type(trouble).__name__)
        deed_done = partial(note, who=who, deed=deed, subject=job.name, detail=said)
        await self._app.act(f"backup:{job.name}", deed_done)

    def _make(self, job: Job) -> str:
        from bot.archive.backup import back_up
        from bot.archive.taking import why_copied

        def tell(step: str) -> None:
            job.step = step

        app = self._app
        target = self.place / job.name
        lack = why_copied(app.database.url)
        manifest = back_up(app.folder, app.database.url, target, job.began, tell)
        for old in sorted(self.place.glob(BY_HAND))[: -self._rules.keep]:
            old.unlink()
        said = f"读回来核对过：{manifest.rows['ticket']} 件诉求、{len(manifest.files)} 个文件"
        return f"{said}；数据库抄成了 SQLite（{lack}）" if lack else said

    def _check(self, job: Job) -> str:
        from bot.archive.backup import verify
        from bot.archive.workplace import workplace

        job.step = "解开，逐个文件核对"
        path = self.path(job.name)
        if path is None:
            raise BadArchive("文件不见了")
        with workplace(self.place) as scratch:
            manifest = verify(path, scratch)
        return f"完好：{manifest.rows['ticket']} 件诉求、{len(manifest.files)} 个文件"

    def _files(self) -> list[Path]:
        return [*self.place.glob(NAMED), *self.place.glob(BY_HAND)]

    def _manifest(self, path: Path) -> Manifest | None:
        about = path.stat()
        key = (path.name, about.st_size, about.st_mtime_ns)
        if key not in self._known:
            self._known[key] = _read(path)
        return self._known[key]


def _read(path: Path) -> Manifest | None:
    try:
        with zipfile.ZipFile(path) as package:
            return manifest_of(package)
    except (OSError, *BROKEN, BadArchive):
        return None
