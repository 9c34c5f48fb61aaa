"""A backup every night while the service runs, and not more of them than asked for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.apphouse import AppHouse
from bot.archive.manifest import BY_HAND, NAMED, said_of
from knowledge.files.logbook import Logbook
from knowledge.store.troubles import is_away

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.app import App
    from bot.archive.manifest import Manifest

EVERY = 60.0
"""Seconds between two looks at the clock."""
FAILED = "今天的自动备份没有做成（{why}）。请看看磁盘和设置里的 [backup]，再运行 linli backup。"

log = Logbook()


class Nightly:
    """Backs up once a day at the hour of the settings, or as soon as it can after that."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._rules = app.settings.backup
        self._place = self._rules.place(app.folder)

    async def watch(self) -> None:
        """Look at the clock until cancelled, whatever fails; it is told to the administrators once a day."""
        while self._rules.nightly is not None and not self._app.demo:
            try:
                if self._app.keeps_time:
                    await self.attend()
            except Exception as fault:  # an edge: the next look tries again.
                if not is_away(fault):  # that is said once, by the database
                    log.exception("A backup failed.", action="backup.failed", exc_info=fault)
            await asyncio.sleep(EVERY)

    async def attend(self) -> None:
        """Back up if today's is due and not there yet."""
        now = self._app.clock.now()
        target = self._place / f"linli-{now:%Y%m%d}.zip"
        if self._rules.nightly is None or now.time() < self._rules.nightly or target.exists():
            return
        try:
            manifest = await asyncio.to_thread(self._make, target, now)
        except Exception as trouble:  # an edge: whatever it is, the administrators are told.
            if is_away(trouble):
                raise
            log.exception("A backup failed.", action="backup.failed", why=type(trouble).__name__)
            sentence = FAILED.format(why=said_of(trouble))
            await AppHouse(self._app).report(f"backup:{now:%Y%m%d}", sentence)
        else:
            kind = manifest.engine
            log.info("A backup was made.", action="backup.made", file=target.name, kind=kind)

    def _make(self, target: Path, now: datetime) -> Manifest:
        from bot.archive.backup import back_up

        manifest = back_up(self._app.folder, self._app.database.url, target, now)
        for old in sorted(self._place.glob(NAMED))[: -self._rules.keep]:
            old.unlink()
        return manifest


def newest(place: Path) -> Path | None:
    """Return the newest backup in a folder."""
    there = [*place.glob(NAMED), *place.glob(BY_HAND)]
    return max(there, key=lambda path: path.stat().st_mtime_ns, default=None)
