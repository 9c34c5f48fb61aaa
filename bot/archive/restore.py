"""Taking in a backup: checked first, and what it replaces is kept."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.archive.backup import verify
from bot.archive.manifest import DATABASE, PARTS, BadArchive
from knowledge.store import migrate
from knowledge.store.copying import copy_in

if TYPE_CHECKING:
    from datetime import datetime

    from bot.archive.manifest import Manifest

JOURNALS = (f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal")


def look_into(archive: Path) -> Manifest:
    """Return what a backup says of itself, after checking that it is whole.

    Raises:
        BadArchive: it is not whole, or newer than this program.
    """
    with tempfile.TemporaryDirectory(prefix="linli-restore-") as scratch:
        return _checked(archive, Path(scratch) / "backup")


def restore(archive: Path, folder: Path, url: str, now: datetime) -> tuple[Manifest, Path | None]:
    """Put a backup in the place of a data folder; return it and where the old things are kept.

    Raises:
        BadArchive: it is not whole, newer than this program, or the PostgreSQL database is not
            empty; nothing was changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restore-", dir=folder) as scratch:
        there = Path(scratch) / "backup"
        manifest = _checked(archive, there)
        own = url == f"sqlite:///{folder / DATABASE}"
        if not own:
            _fill(there / DATABASE, url)
            (there / DATABASE).unlink()
        kept = _set_aside(folder, now)
        for path in there.iterdir():
            shutil.move(path, folder / path.name)
    return manifest, kept


def _checked(archive: Path, there: Path) -> Manifest:
    manifest = verify(archive, there)
    really = migrate.current(f"sqlite:///{there / DATABASE}")
    for schema in (manifest.schema, really or manifest.schema):
        if not migrate.knows(schema):
            what = f"这份备份的数据库版本是 {schema}，比这个程序新"
            raise BadArchive(f"{what}：请先升级邻里，再恢复")
    return manifest


def _fill(copy: Path, url: str) -> None:
    try:
        copy_in(copy, url)
    except LookupError:
        raise BadArchive("设置里的数据库不是空的：换一个空的数据库，再恢复") from None


def _set_aside(folder: Path, now: datetime) -> Path | None:
    """Move what stands there into a folder of its own."""
    standing = [folder / name for name in (DATABASE, *JOURNALS, *PARTS)]
    standing = [path for path in standing if path.exists()]
    if not standing:
        return None
    kept = folder / f"replaced-{now:%Y%m%d-%H%M%S}"
    kept.mkdir(mode=0o700)
    for path in standing:
        shutil.move(path, kept / path.name)
    return kept
