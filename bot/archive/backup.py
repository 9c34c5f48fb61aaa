"""Making a backup while the service runs, and making sure that it is one."""

from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

from bot import __version__
from bot.archive.manifest import (
    BROKEN,
    DATABASE,
    DUMP,
    NAME,
    PARTS,
    BadArchive,
    Manifest,
    manifest_of,
    sum_of,
)
from bot.archive.taking import compare, take
from bot.archive.workplace import workplace
from knowledge.store import migrate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from bot.archive.taking import Taken

STORED = frozenset({".jpg"})
"""Endings of files that are packed already."""


def back_up(
    folder: Path,
    url: str,
    target: Path,
    now: datetime,
    tell: Callable[[str], None] = lambda _: None,
    *,
    portable: bool = False,
) -> Manifest:
    """Write everything of a data folder into one file and read it back; only then it is there.

    `tell` is told what is being done. `portable` = the database as SQLite, whatever it is.

    Raises:
        OSError: the disk is full, or the place cannot be written.
        NotTaken: the database could not be written down.
        BadArchive: what was written cannot be read back.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with workplace(target.parent) as scratch:
        tell("复制数据库、文件和照片")

        def database(package: zipfile.ZipFile) -> Taken:
            return take(url, package, scratch, portable=portable)

        half = scratch / "half.zip"
        manifest = _write(folder, database, half, now)
        tell("读回来核对")
        verify(half, scratch / "again")
        half.replace(target)
    return manifest


def verify(archive: Path, scratch: Path) -> Manifest:
    """Unpack a backup into `scratch` and compare every file and every count.

    Raises:
        BadArchive: it is not whole.
    """
    try:
        manifest = _unpack(archive, scratch)
    except BROKEN:
        raise BadArchive("这不是邻里的备份，或者没有写完整") from None
    for name, expected in manifest.files.items():
        path = scratch / name
        if not path.is_file() or sum_of(path) != expected:
            raise BadArchive(f"备份里的 {name} 坏了")
    compare(manifest, scratch)
    return manifest


def _write(
    folder: Path, database: Callable[[zipfile.ZipFile], Taken], half: Path, now: datetime
) -> Manifest:
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds phone numbers
    with os.fdopen(handle, "wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
            taken = database(package)
            files = {taken.name: taken.digest}
            for name, path in _beside(folder):
                how = zipfile.ZIP_STORED if path.suffix in STORED else zipfile.ZIP_DEFLATED
                try:
                    files[name] = sum_of(path)
                    package.write(path, name, how)
                except FileNotFoundError:
                    files.pop(name, None)  # a picture that was swept away meanwhile
            manifest = Manifest(
                made_at=now.isoformat(timespec="seconds"),
                program=__version__,
                schema=migrate.HEAD,
                rows=taken.rows,
                files=files,
                sums=taken.sums,
            )
            package.writestr(NAME, manifest.as_json())
        raw.flush()
        os.fsync(raw.fileno())
    return manifest


def _beside(folder: Path) -> Iterator[tuple[str, Path]]:
    for part in PARTS:
        path = folder / part
        if path.is_file():
            yield part, path
        for below in sorted(path.rglob("*")):
            if below.is_file() and below.suffix != ".part":
                yield below.relative_to(folder).as_posix(), below


def _unpack(archive: Path, scratch: Path) -> Manifest:
    with zipfile.ZipFile(archive) as package:
        manifest = manifest_of(package)
        for name in manifest.files:
            if name not in {DATABASE, DUMP} and name.split("/")[0] not in PARTS:
                raise BadArchive(f"备份里有不该有的文件：{name[:80]}")
            package.extract(name, scratch)  # never outside: zipfile drops .. and roots
    return manifest
