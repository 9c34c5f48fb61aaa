"""A roster that comes as one workbook, or as any of its three tables."""

from __future__ import annotations

import asyncio
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.uploads import Upload, upload_of
from knowledge.community.refusals import Unreadable
from knowledge.community.roster.roster import CHATS, PEOPLE, PLACES, read_roster, write_roster
from knowledge.files.office import MOST_BYTES, CannotOpen, only_excel
from knowledge.files.problem import Problem
from knowledge.store.roster import load_roster

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from bot.web.visit import Visit
    from knowledge.community.roster.roster import Roster

TABLES = (PLACES, PEOPLE, CHATS)
STRANGE = f"CSV 文件要叫 {'、'.join(TABLES)}，可以一次选几个。"
TOO_BIG = "三张表加起来超过 2 MB 了，没有导入。"
PACKED = "三张表.zip"
"""The name under which tables that came together are carried to the confirmation."""


async def rosters_of(visit: Visit) -> Upload:
    """Return the workbook of the form, or its tables packed into one; raise Unreadable."""
    fields = (await visit.request.post()).getall("file", ())
    tables = [one for one in fields if isinstance(one, web.FileField) and _is_table(one.filename)]
    if not tables:
        return await upload_of(visit)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        room = MOST_BYTES
        for one in tables:
            name = Path(one.filename.replace("\\", "/")).name.lower()
            raw = one.file.read(room + 1)
            room -= len(raw)
            if name not in TABLES or len(tables) != len(fields):
                raise Unreadable(STRANGE)
            if room < 0:
                raise Unreadable(TOO_BIG)
            package.writestr(name, raw)
    return Upload(PACKED, packed.getvalue())


async def read_upload(visit: Visit, upload: Upload) -> tuple[Roster | None, tuple[Problem, ...]]:
    """Read and check what was uploaded; of a table that is not in it the one in use stays."""
    standing = await visit.app.look(load_roster)
    return await asyncio.to_thread(_read, upload, standing)


def _read(upload: Upload, standing: Roster) -> tuple[Roster | None, tuple[Problem, ...]]:
    from knowledge.community.roster.rosterbook import read_book

    if upload.name == PACKED:
        return _read_tables(upload, standing)
    try:
        only_excel(upload.name)
    except CannotOpen as reason:
        return None, (reason.problem,)
    return read_book(upload.raw, upload.name)


def _read_tables(upload: Upload, standing: Roster) -> tuple[Roster | None, tuple[Problem, ...]]:
    with TemporaryDirectory(prefix="linli-roster-") as scratch:
        folder = Path(scratch)
        write_roster(standing, folder)
        try:
            with zipfile.ZipFile(io.BytesIO(upload.raw)) as package:
                brought = [name for name in TABLES if name in package.namelist()]
                for name in brought:
                    (folder / name).write_bytes(_unpacked(package, name))
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
            return None, (Problem(upload.name, 1, "文件", "error", "打不开", "请重新选一次文件"),)
        roster, problems = read_roster(folder)
        return roster, tuple(_told_of(problems, brought))


def _told_of(problems: Iterable[Problem], brought: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong under the names of the files that were chosen, all others only if in error."""
    for one in problems:
        name = Path(one.file).name
        if name in brought or one.level == "error":
            yield replace(one, file=name)


def _unpacked(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as file:
        return file.read(MOST_BYTES)


def _is_table(name: str) -> bool:
    return name.lower().endswith(".csv")
