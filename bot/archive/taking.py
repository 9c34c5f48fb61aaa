"""The database on its way into a backup, and what a backup has of it compared with its manifest."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import make_url, text
from sqlalchemy.exc import DatabaseError

from bot.archive.manifest import DATABASE, DUMP, BadArchive, NotTaken, sum_of
from knowledge.store.copying import copy_out, counts
from knowledge.store.dumping import is_in_public, one_moment, sums_of_archive
from knowledge.store.pgtools import ToolFailed, Tools, Unfit, newest_tools, tools_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.archive.manifest import Manifest
    from knowledge.store.sums import Sum

ELSEWHERE = "表不在 public 模式里，pg_dump 的备份放不进空的数据库"
PIECE = 2**20
"""Bytes carried at a time."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The database as it lies in a backup: its name there, its SHA-256, what is in its tables."""

    name: str
    digest: str
    rows: Mapping[str, int]
    sums: Mapping[str, str] = field(default_factory=dict)


def take(url: str, package: zipfile.ZipFile, scratch: Path, *, portable: bool) -> Taken:
    """Write one moment of the database into a backup, in the best way that there is here.

    Raises:
        OSError: the disk is full.
        NotTaken: pg_dump gave up.
    """
    if not portable and is_postgres(url):
        try:
            tools = tools_for(url)
        except Unfit:
            return _copy(url, package, scratch / DATABASE)
        if is_in_public(url):
            return _dump(url, package, tools)
    return _copy(url, package, scratch / DATABASE)


def compare(manifest: Manifest, scratch: Path) -> None:
    """Compare the database of an unpacked backup with what its manifest says of each table.

    An archive of pg_dump is read where there is a pg_restore; the checksum of its file holds anyway.

    Raises:
        BadArchive: it is damaged, or another one.
    """
    if DATABASE in manifest.files:
        try:
            found = counts(scratch / DATABASE)
        except DatabaseError:
            raise BadArchive("备份里的数据库坏了") from None
        if found != manifest.rows:
            raise BadArchive("备份里的数据库行数对不上")
    elif DUMP not in manifest.files:
        raise BadArchive("备份里没有数据库")
    elif tools := newest_tools():
        try:
            agree(manifest, sums_of_archive(tools, scratch / DUMP))
        except ToolFailed as trouble:
            raise BadArchive(f"pg_restore 读不了备份里的数据库（{trouble}）") from None


def agree(manifest: Manifest, found: Mapping[str, Sum]) -> None:
    """Compare rows and checksums of all tables; raises BadArchive where they differ."""
    if {name: one.rows for name, one in found.items()} != manifest.rows:
        raise BadArchive("备份里的数据库行数对不上")
    if {name: str(one) for name, one in found.items()} != manifest.sums:
        raise BadArchive("备份里的数据库校验和对不上")


def is_postgres(url: str) -> bool:
    """Whether an address names a PostgreSQL."""
    return make_url(url).get_backend_name() == "postgresql"


def why_copied(url: str) -> str:
    """Return in one sentence why pg_dump does not serve this database; "" = it does, or need not."""
    if not is_postgres(url):
        return ""
    try:
        tools_for(url)
    except Unfit as why:
        return said_of_unfit(why)
    return "" if is_in_public(url) else ELSEWHERE


def said_of_unfit(why: Unfit) -> str:
    """Return which program is missing."""
    there = "、".join(map(str, why.found))
    lack = f"这里的 pg_dump 是 {there}，服务器是 {why.server}" if there else "这里没有 pg_dump"
    return f"{lack}，请装 PostgreSQL {why.server} 的客户端程序（如 postgresql-client-{why.server}）"


def _copy(url: str, package: zipfile.ZipFile, copy: Path) -> Taken:
    copy_out(url, copy)
    package.write(copy, DATABASE)
    return Taken(DATABASE, sum_of(copy), counts(copy))


def _dump(url: str, package: zipfile.ZipFile, tools: Tools) -> Taken:
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo(DUMP)  # stored as it is: pg_dump has packed it
    with one_moment(url) as moment:
        try:
            with (
                moment.archive(tools) as written,
                package.open(entry, "w", force_zip64=True) as raw,
            ):
                while piece := written.read(PIECE):
                    digest.update(piece)
                    raw.write(piece)
        except ToolFailed as trouble:
            moment.connection.execute(text("SELECT 1"))  # a server that is away says so itself
            raise NotTaken(f"pg_dump 没有做成（{trouble}）") from None
        sums = moment.sums()
    rows = {name: one.rows for name, one in sums.items()}
    checksums = {name: str(one) for name, one in sums.items()}
    return Taken(DUMP, digest.hexdigest(), rows, checksums)
