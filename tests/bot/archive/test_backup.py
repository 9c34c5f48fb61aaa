"""Everything in one file while the service works, and back again."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.archive.backup import back_up
from bot.archive.manifest import BadArchive
from bot.archive.nightly import Nightly, newest
from bot.archive.restore import restore
from bot.archive.taking import take
from bot.archive.workplace import left_in
from bot.settings.backup import BackupSection
from knowledge.community.days.hours import Hours
from knowledge.store.copying import copy_in, copy_out, counts
from knowledge.store.database import Database
from knowledge.store.proof import verify_all
from knowledge.store.rows.roster import PlaceRow
from tests.conftest import MONDAY
from tests.patience import PATIENCE
from tests.postgres import database_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.world import World

REPORT = "小助手 1栋2单元停电了"


async def _busy(world: World) -> str:
    """Have a life in the database, and return its address."""
    await world["李娭毑"].says(REPORT)
    return world.app.database.url


async def test_what_is_restored_elsewhere_is_the_same_to_the_last_row_and_hash(
    world: World, tmp_path: Path
) -> None:
    url = await _busy(world)
    folder, target, there = world.app.folder, tmp_path / "b.zip", tmp_path / "there"
    made = back_up(folder, url, target, MONDAY, portable=True)
    assert made.rows["ticket"] == 1
    assert target.stat().st_mode & 0o077 == 0, "it holds phone numbers"

    told, kept = restore(target, there, f"sqlite:///{there / 'linli.db'}", MONDAY)

    assert (told.rows, kept) == (made.rows, None)
    assert counts(there / "linli.db") == made.rows
    for name in ("faq", "notices", "roster"):
        mine = {p.name: p.read_bytes() for p in (folder / name).iterdir()}
        assert {p.name: p.read_bytes() for p in (there / name).iterdir()} == mine
    with closing(sqlite3.connect(there / "linli.db")) as copy:
        [(due,)] = copy.execute("SELECT count(*) FROM ticket WHERE next_at IS NOT NULL")
    assert due == 1, "clocks go on where they stood"


async def test_whatever_an_admin_may_write_and_all_that_was_kept_comes_along(
    world: World, tmp_path: Path
) -> None:
    url, mine = await _busy(world), world.app.folder
    folders = ("faq", "notices", "roster", "scams", "timetable", "media/ab", "state")
    beside = ("linli.toml", *(f"{folder}/own.txt" for folder in folders))
    for name in beside:
        (mine / name).parent.mkdir(parents=True, exist_ok=True)
        (mine / name).write_text(f"# {name}", "utf-8")
    there = tmp_path / "there"
    for name in beside:
        (there / name).parent.mkdir(parents=True, exist_ok=True)
        (there / name).write_text("旧", "utf-8")
    back_up(mine, url, tmp_path / "b.zip", MONDAY, portable=True)

    _, kept = restore(tmp_path / "b.zip", there, f"sqlite:///{there / 'linli.db'}", MONDAY)

    assert kept is not None
    for name in beside:
        assert (there / name).read_text("utf-8") == f"# {name}"
        assert (kept / name).read_text("utf-8") == "旧"


async def test_a_backup_waits_for_nobody_and_is_one_moment(world: World, tmp_path: Path) -> None:
    url = await _busy(world)

    async def write() -> None:
        for n in range(12):
            await world.stranger(f"s{n}").says(f"小助手 2栋1单元路灯坏了 第{n}盏")

    make = partial(back_up, world.app.folder, url, tmp_path / "b.zip", MONDAY, portable=True)
    making = asyncio.to_thread(make)
    await asyncio.gather(write(), making)
    there = tmp_path / "there"
    restore(tmp_path / "b.zip", there, f"sqlite:///{there / 'linli.db'}", MONDAY)

    database = Database(f"sqlite:///{there / 'linli.db'}")
    with database.view() as session:
        count, flaws = verify_all(session, world.app.calendar, Hours())
    assert (count > 0, flaws) == (True, [])
    database.close()


async def test_what_is_replaced_is_kept(world: World, tmp_path: Path) -> None:
    url = await _busy(world)
    back_up(world.app.folder, url, tmp_path / "b.zip", MONDAY, portable=True)
    there = tmp_path / "there"
    (there / "faq").mkdir(parents=True)
    (there / "faq" / "mine.md").write_text("## 我的", "utf-8")
    (there / "linli.db").write_bytes(b"old")
    (there / "linli.db-wal").write_bytes(b"of the old one")

    _, kept = restore(tmp_path / "b.zip", there, f"sqlite:///{there / 'linli.db'}", MONDAY)

    assert kept is not None
    assert (kept / "faq" / "mine.md").read_text("utf-8") == "## 我的"
    assert (kept / "linli.db").read_bytes() == b"old"
    assert (kept / "linli.db-wal").read_bytes() == b"of the old one"
    assert not (there / "linli.db-wal").exists(), "it would be played into the new one"
    assert not (there / "faq" / "mine.md").exists()


async def test_a_bad_file_changes_nothing(world: World, tmp_path: Path) -> None:
    url = await _busy(world)
    good = tmp_path / "good.zip"
    back_up(world.app.folder, url, good, MONDAY, portable=True)
    there = tmp_path / "there"
    there.mkdir()
    (there / "linli.toml").write_text("# mine\n", "utf-8")

    def changed(name: str, edit: dict[str, bytes]) -> Path:
        bad = tmp_path / name
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
            for entry in old.namelist():
                new.writestr(entry, edit.get(entry, old.read(entry)))
        return bad

    manifest = json.loads(zipfile.ZipFile(good).read("manifest.json"))
    newer = json.dumps(manifest | {"schema": "9999"}).encode()
    outside = json.dumps(manifest | {"files": {"../../evil": "0"}}).encode()
    fewer = json.dumps(manifest | {"rows": manifest["rows"] | {"ticket": 7}}).encode()
    odd = json.dumps(manifest | {"files": []}).encode()
    ahead = _of_version(zipfile.ZipFile(good).read("linli.db"), "9999", tmp_path / "ahead.db")
    sums = manifest["files"] | {"linli.db": hashlib.sha256(ahead).hexdigest()}
    lying = json.dumps(manifest | {"files": sums}).encode()
    (tmp_path / "text.zip").write_text("nothing")
    (tmp_path / "half.zip").write_bytes(good.read_bytes()[:-100])
    bad = {
        tmp_path / "text.zip": "不是邻里的备份",
        tmp_path / "half.zip": "没有写完整",
        changed("newer.zip", {"manifest.json": newer}): "先升级邻里",
        changed("lying.zip", {"manifest.json": lying, "linli.db": ahead}): "先升级邻里",
        changed("odd.zip", {"manifest.json": odd}): "读不懂",
        changed("latin.zip", {"manifest.json": b"\xff"}): "读不懂",
        _turned(good, tmp_path / "turned.zip"): "没有写完整",
        changed("outside.zip", {"manifest.json": outside}): "不该有的文件",
        changed("rows.zip", {"manifest.json": fewer}): "行数对不上",
        changed("toml.zip", {"faq/elderly.md": b"changed"}): "坏了",
    }
    for path, says in bad.items():
        with pytest.raises(BadArchive, match=says):
            restore(path, there, f"sqlite:///{there / 'linli.db'}", MONDAY)
    assert [path.name for path in there.iterdir()] == ["linli.toml"]


def _turned(good: Path, target: Path) -> Path:
    """A copy of an archive in which a disk has turned the first bits of the packed database."""
    told = bytearray(good.read_bytes())
    with zipfile.ZipFile(good) as package:
        begins = package.getinfo("linli.db").header_offset + 30 + len("linli.db")
    told[begins : begins + 2] = b"\xff\xff"
    target.write_bytes(told)
    return target


def _zips(folder: Path) -> list[Path]:
    return list(folder.glob("*.zip*"))


def _of_version(database: bytes, version: str, scratch: Path) -> bytes:
    """Return a database that calls itself of a version, whatever the table of contents says."""
    scratch.write_bytes(database)
    with closing(sqlite3.connect(scratch)) as copy, copy:
        copy.execute("UPDATE alembic_version SET version_num = ?", (version,))
    return scratch.read_bytes()


async def test_a_table_of_contents_that_would_fill_the_memory_is_not_read(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await _busy(world)
    monkeypatch.setattr("bot.archive.manifest.LONGEST", 100)
    with pytest.raises(BadArchive, match="太大"):
        back_up(world.app.folder, url, tmp_path / "b.zip", MONDAY)


@pytest.mark.skipif(os.name == "nt", reason="a limit of the shell")
async def test_a_disk_that_takes_no_more_is_said_in_one_sentence(
    world: World, tmp_path: Path
) -> None:
    url = await _busy(world)
    words = f'ulimit -f 64; "{sys.executable}" -m bot --data "{world.app.folder}" backup "$1"'
    done = await asyncio.to_thread(
        subprocess.run,
        ["/bin/sh", "-c", words, "sh", str(tmp_path / "b.zip")],
        env={**os.environ, "LINLI_DATABASE__URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "写不了" in done.stderr
    assert "Traceback" not in done.stderr
    assert _zips(tmp_path) == []


async def test_a_disk_that_is_full_leaves_no_half_backup(world: World, tmp_path: Path) -> None:
    url = await _busy(world)
    place = tmp_path / "no"
    place.write_text("a file where a folder should be")
    with pytest.raises(OSError, match=r"."):
        back_up(world.app.folder, url, place / "b.zip", MONDAY)
    assert left_in(tmp_path) == _zips(tmp_path) == []


def test_rows_go_over_to_any_engine_and_back(
    database_url: str, template: Path, tmp_path: Path
) -> None:
    """On PostgreSQL the copy is carried row by row; on SQLite it is the online backup."""
    target = tmp_path / "out.db"
    copy_out(database_url, target)
    empty = tmp_path / "empty.db"
    shutil.copy(target, tmp_path / "source.db")
    copy_in(tmp_path / "source.db", f"sqlite:///{empty}")

    assert {k: v for k, v in counts(empty).items() if k != "alembic_version"} == {
        k: v for k, v in counts(template).items() if k != "alembic_version"
    }
    with pytest.raises(LookupError):
        copy_in(tmp_path / "source.db", f"sqlite:///{empty}")


async def test_every_night_one_and_no_more_than_asked_for(world: World) -> None:
    await _busy(world)
    app = world.app
    rules = BackupSection(nightly=time(3, 40), keep=2, folder="backups")
    app.settings = app.settings.model_copy(update={"backup": rules})
    nightly = Nightly(app)
    for _ in range(4):
        await nightly.attend()
        await nightly.attend()
        await world.passes(days=1)
    place = rules.place(app.folder)
    assert len(list(place.glob("*.zip"))) == 2
    assert newest(place) == max(place.iterdir())

    shutil.rmtree(place)
    place.write_text("in the way")
    await nightly.attend()
    await nightly.attend()
    await app.settle()
    told = [out for out in world.news if "自动备份没有做成" in out.text]
    assert len(told) == len({out.chat for out in told}), "each administrator once"
    assert told


async def test_a_night_without_the_database_is_not_the_last(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _busy(world)
    app = world.app
    rules = BackupSection(nightly=time(0), keep=2, folder="backups")
    app.settings = app.settings.model_copy(update={"backup": rules})
    monkeypatch.setattr("bot.archive.nightly.EVERY", 0)
    gone = OperationalError("SELECT 1", {}, ConnectionError())
    monkeypatch.setattr("bot.archive.backup.take", _once(gone, take))

    watching = asyncio.create_task(Nightly(app).watch())
    async with asyncio.timeout(PATIENCE):
        while not watching.done() and newest(rules.place(app.folder)) is None:  # noqa: ASYNC110 -- looked at.
            await asyncio.sleep(0)

    assert not watching.done()
    watching.cancel()


@pytest.mark.sqlite("a disk is read by the server of PostgreSQL")
@pytest.mark.parametrize(("said", "why"), [("IOERR_READ", "Input/output"), ("CORRUPT", "Error")])
async def test_a_disk_that_cannot_be_read_by_night_is_told_to_the_administrators(
    world: World, monkeypatch: pytest.MonkeyPatch, said: str, why: str
) -> None:
    await _busy(world)
    app = world.app
    rules = BackupSection(nightly=time(0), keep=2, folder="backups")
    app.settings = app.settings.model_copy(update={"backup": rules})
    fault = sqlite3.OperationalError()
    fault.sqlite_errorname = f"SQLITE_{said}"
    monkeypatch.setattr("knowledge.store.copying._copy_out", _once(fault, copy_out))

    await Nightly(app).attend()
    await app.settle()

    (told,) = {out.text for out in world.news if "自动备份没有做成" in out.text}
    assert why in told


def _once(fault: Exception, then: Callable[..., Any]) -> Callable[..., Any]:
    """A function that fails the first time."""
    faults = [fault]

    def call(*args: object, **options: object) -> Any:
        if faults:
            raise faults.pop()
        return then(*args, **options)

    return call


def test_a_place_is_carried_after_the_one_it_lies_in_whichever_the_database_names_first(
    postgres_server: str, postgres_template: str, tmp_path: Path
) -> None:
    with database_of(postgres_server, postgres_template) as url:
        database = Database(url)
        with database.transaction() as session:
            for place, above in (("a", None), ("b", "a"), ("c", "b")):
                row = PlaceRow(id=place, parent_id=above, kind="楼栋", name=place, aliases=[])
                session.add(row)
                session.flush()
        for place in "ba":  # what is written anew lies last
            with database.transaction() as session:
                session.get_one(PlaceRow, place).name = place * 2
        database.close()
        copy_out(url, tmp_path / "copy.db")
    with database_of(postgres_server) as empty:
        copy_in(tmp_path / "copy.db", empty)
    assert counts(tmp_path / "copy.db")["place"] == 3
