"""What a backup says of itself: when, by which program, how much of everything."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "manifest.json"
DATABASE, DUMP = "linli.db", "linli.dump"
"""The database in a backup is one of them: a file of SQLite, or an archive of pg_dump."""
NAMED, BY_HAND = "linli-*.zip", "manual-*.zip"
"""Backups made every night, and by the button of the page."""
PARTS = ("linli.toml", "faq", "notices", "roster", "scams", "timetable", "media", "state")
"""What stands in a data folder beside the database, in the order of a backup."""
LONGEST = 256 * 2**20
"""Bytes of the table of contents: a million photos have 100 MB; more was made to harm."""

_TABLE = re.compile(r"[a-z_]+")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
"""What zipfile raises of a file that is none, is cut off, or has a bit turned."""


class BadArchive(Exception):
    """A file that is no whole backup; the Chinese message says what is wrong with it."""


class NotTaken(BadArchive):
    """The database could not be written down; the Chinese message says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of a backup; `files` are SHA-256 sums by the name in it.

    `sums` = checksums of the tables in an archive of pg_dump (knowledge/store/sums).
    """

    made_at: str
    program: str
    schema: str
    rows: Mapping[str, int]
    files: Mapping[str, str]
    sums: Mapping[str, str] = field(default_factory=dict)

    @property
    def engine(self) -> str:
        """Return what the database in it is made for; SQLite can be restored into both."""
        return "PostgreSQL" if DUMP in self.files else "SQLite"

    def as_json(self) -> str:
        """Return it as it stands in the file; older programs know a copy in SQLite as it was."""
        told = {name: value for name, value in asdict(self).items() if name != "sums" or value}
        return json.dumps(told, ensure_ascii=False, indent=1)


def manifest_of(package: zipfile.ZipFile) -> Manifest:
    """Read it back; raises BadArchive, and what zipfile raises (`BROKEN`)."""
    if package.getinfo(NAME).file_size > LONGEST:
        raise BadArchive("备份的目录太大，不是邻里写的")
    try:
        found = Manifest(**json.loads(package.read(NAME).decode("utf-8")))
    except (ValueError, TypeError, RecursionError):
        raise BadArchive("备份的目录读不懂") from None
    named = all(isinstance(part, dict) for part in (found.files, found.rows, found.sums))
    if not named or not all(map(_TABLE.fullmatch, (*found.rows, *found.sums))):
        raise BadArchive("备份的目录读不懂")
    return found


def said_of(trouble: Exception) -> str:
    """Return why there is no backup, as it is shown to the administrators."""
    if isinstance(trouble, OSError):
        return trouble.strerror or type(trouble).__name__
    return str(trouble) if isinstance(trouble, BadArchive) else type(trouble).__name__


def sum_of(path: Path) -> str:
    """Return the SHA-256 sum of a file, read piece by piece."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
