"""Taking in a backup: checked first, and what it replaces is kept."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from bot.archive.backup import verify
from bot.archive.manifest import DATABASE, DUMP, PARTS, BadArchive
from bot.archive.taking import agree, is_postgres, said_of_unfit
from bot.archive.workplace import workplace
from knowledge.store import migrate
from knowledge.store.copying import copy_in
from knowledge.store.dumping import clear, put_back, sums_of_database
from knowledge.store.pgtools import ToolFailed, Unfit, tools_for

if TYPE_CHECKING:
    from datetime import datetime

    from bot.archive.manifest import Manifest

JOURNALS = (f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal")


NOT_EMPTY = "设置里的数据库不是空的：换一个空的数据库，再恢复"
ONLY_POSTGRES = (
    "这份备份里是 PostgreSQL 的数据（pg_dump 做的），设置里的数据库是 SQLite："
    "在原来的机器上运行 linli backup --portable 文件，那样的一份到处能恢复"
)
ANYWHERE = "linli backup --portable 做的备份，哪个版本都能恢复"


def look_into(archive: Path, url: str) -> Manifest:
    """Return what a backup says of itself, after checking that it is whole and can go there.

    Raises:
        BadArchive: it is not whole, newer than this program, or made for another kind of database.
    """
    with workplace(Path(gettempdir())) as scratch:
        return _checked(archive, scratch / "backup", url)


def restore(archive: Path, folder: Path, url: str, now: datetime) -> tuple[Manifest, Path | None]:
    """Put a backup in the place of a data folder; return it and where the old things are kept.

    Raises:
        BadArchive: it is not whole, newer than this program, made for another kind of database, or
            the PostgreSQL database is not empty; nothing was changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with workplace(folder) as scratch:
        there = scratch / "backup"
        manifest = _checked(archive, there, url)
        if DUMP in manifest.files:
            put_dump(there, manifest, url)
            (there / DUMP).unlink()
        elif url != f"sqlite:///{folder / DATABASE}":
            _fill(there / DATABASE, url)
            (there / DATABASE).unlink()
        kept = _set_aside(folder, now)
        for path in there.iterdir():
            shutil.move(path, folder / path.name)
    return manifest, kept


def put_dump(there: Path, manifest: Manifest, url: str) -> None:
    """Put the archive of pg_dump of an unpacked backup into an empty database, and compare it.

    Raises:
        BadArchive: the database is not empty, pg_restore gave up, or something differs; it is as
            empty as it was.
    """
    if migrate.current(url) is not None:
        raise BadArchive(NOT_EMPTY)
    try:
        put_back(tools_for(url), there / DUMP, url)
    except Unfit as why:
        raise BadArchive(f"没法恢复 pg_dump 的备份，{said_of_unfit(why)}") from None
    except ToolFailed as trouble:
        raise BadArchive(f"pg_restore 没有做成（{trouble}）；{ANYWHERE}") from None
    try:
        _refuse_newer(migrate.current(url) or manifest.schema)
        agree(manifest, sums_of_database(url, manifest.rows))
    except BaseException:  # whatever cuts this short: a half-known database is left to nobody
        with suppress(DBAPIError):
            clear(url, list(manifest.rows))
        raise


def _checked(archive: Path, there: Path, url: str) -> Manifest:
    manifest = verify(archive, there)
    _refuse_newer(manifest.schema)
    if DATABASE in manifest.files:
        _refuse_newer(migrate.current(f"sqlite:///{there / DATABASE}") or manifest.schema)
    elif not is_postgres(url):
        raise BadArchive(ONLY_POSTGRES)
    return manifest


def _refuse_newer(schema: str) -> None:
    if not migrate.knows(schema):
        what = f"这份备份的数据库版本是 {schema}，比这个程序新"
        raise BadArchive(f"{what}：请先升级邻里，再恢复")


def _fill(copy: Path, url: str) -> None:
    try:
        copy_in(copy, url)
    except LookupError:
        raise BadArchive(NOT_EMPTY) from None


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
