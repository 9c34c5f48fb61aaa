"""PostgreSQL in a backup: pg_dump's own archive, compared to the last row."""

from __future__ import annotations

import hashlib
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

from bot.archive.backup import back_up
from bot.archive.manifest import DATABASE, DUMP, BadArchive
from bot.archive.restore import restore
from knowledge.store import migrate
from knowledge.store.database import Database
from knowledge.store.dumping import one_moment, sums_of_archive, sums_of_database
from knowledge.store.pgtools import tools_for
from knowledge.store.rows.roster import StampRow
from tests.bot.archive.telling import asked, half, linli, run
from tests.conftest import MONDAY
from tests.postgres import contents_of

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = """  -- checks by name alone: PostgreSQL spells them in another way when they are read in
SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT concat(conrelid::regclass, conname, CASE contype WHEN 'c' THEN '' ELSE pg_get_constraintdef(oid) END)
    FROM pg_constraint
UNION ALL SELECT concat(attrelid::regclass, attname, atttypid, attnotnull, attnum) FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
ORDER BY 1
"""


async def test_what_is_restored_into_postgresql_is_the_same_to_the_last_row_number_and_index(
    lived: Path, url: str, empty: str, tmp_path: Path
) -> None:
    target, there = tmp_path / "b.zip", tmp_path / "there"
    made = back_up(lived, url, target, MONDAY)
    with zipfile.ZipFile(target) as package:
        held = set(package.namelist())
        assert package.read(DUMP).startswith(b"PGDMP")
        assert DATABASE not in held
        assert {"linli.toml", "manifest.json"} < held
    assert (made.rows["ticket"], made.engine) == (1, "PostgreSQL")
    assert target.stat().st_mode & 0o077 == 0, "it holds phone numbers"
    assert half(tmp_path) == [target]

    told, kept = restore(target, there, empty, MONDAY)

    assert (told, kept) == (made, None)
    assert contents_of(empty) == contents_of(url)
    assert asked(empty, SHAPE) == asked(url, SHAPE)
    assert not (there / DUMP).exists()
    assert (there / "linli.toml").read_bytes() == (lived / "linli.toml").read_bytes()
    with pytest.raises(BadArchive, match="不是空的"):
        restore(target, there, empty, MONDAY)
    assert contents_of(empty) == contents_of(url)


def test_the_archive_and_the_checksums_are_of_one_moment(url: str, tmp_path: Path) -> None:
    database, tools, archive = Database(url), tools_for(url), tmp_path / "moment.dump"

    def write(name: str) -> None:
        with database.transaction() as session:
            session.execute(insert(StampRow).values(name=name, value=1))

    write("before")
    with one_moment(url) as moment:
        write("after")
        with moment.archive(tools) as written:
            archive.write_bytes(written.read())
        sums = moment.sums()
    database.close()

    read = sums_of_archive(tools, archive)
    assert read == sums
    now = sums_of_database(url, sums)
    assert (now["stamp"].rows, sums["stamp"].rows) == (2, 1)
    assert {name for name in sums if now[name] != sums[name]} == {"stamp"}


async def test_a_damaged_another_or_a_newer_archive_is_refused_and_nothing_is_there(
    lived: Path, url: str, empty: str, tmp_path: Path
) -> None:
    good, there = tmp_path / "good.zip", tmp_path / "there"
    there.mkdir()
    made = back_up(lived, url, good, MONDAY)
    run(url, "UPDATE ticket SET matter = 'another'")
    back_up(lived, url, tmp_path / "other.zip", MONDAY)
    run(url, "UPDATE alembic_version SET version_num = '9999'")
    newer = back_up(lived, url, tmp_path / "newer.zip", MONDAY)
    dumps = {
        name: zipfile.ZipFile(tmp_path / f"{name}.zip").read(DUMP)
        for name in ("good", "other", "newer")
    }
    whole = dumps["good"]
    bad = {
        _rewritten(good, tmp_path / "1.zip", {DUMP: dumps["other"]}): "校验和对不上",
        _rewritten(good, tmp_path / "2.zip", {DUMP: whole[:-2000]}): "读不了备份里的数据库",
        _rewritten(good, tmp_path / "3.zip", {}, rows={**made.rows, "ticket": 2}): "行数对不上",
        _rewritten(good, tmp_path / "4.zip", {}, schema="9999"): "先升级邻里",
        _rewritten(good, tmp_path / "5.zip", {}, files={}): "没有数据库",
        _rewritten(
            tmp_path / "newer.zip", tmp_path / "6.zip", {}, schema=made.schema
        ): "先升级邻里",
    }
    assert newer.schema == made.schema, "the last of them lies"
    for path, says in bad.items():
        with pytest.raises(BadArchive, match=says):
            restore(path, there, empty, MONDAY)
        assert (list(there.iterdir()), contents_of(empty).rows) == ([], {}), path.name
        assert migrate.current(empty) is None, path.name
    restore(good, there, empty, MONDAY)


def _rewritten(good: Path, target: Path, changes: dict[str, bytes], **told: object) -> Path:
    """A copy of a backup with other files, whose manifest has the right sums of them."""
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(target, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        for name, data in changes.items():
            manifest["files"][name] = hashlib.sha256(data).hexdigest()
        for name in manifest["files"]:
            new.writestr(name, changes.get(name) or old.read(name))
        new.writestr("manifest.json", json.dumps(manifest | told))
    return target


async def test_postgresql_goes_to_sqlite_and_back_by_a_portable_backup(
    lived: Path, url: str, empty: str, tmp_path: Path
) -> None:
    dump, portable, there = tmp_path / "dump.zip", tmp_path / "portable.zip", tmp_path / "there"
    _name_in_settings(lived, url)
    assert linli(lived, "", "backup", str(dump)).exit_code == 0
    done = linli(lived, "", "backup", "--portable", str(portable))
    assert (done.exit_code, "pg_dump" in done.stdout) == (0, False)

    for words in (("restore",), ("restore", "--dry-run")):
        refused = linli(there, f"sqlite:///{there / DATABASE}", *words, str(dump))
        assert refused.exit_code == 1
        assert "linli backup --portable" in refused.stderr
        assert not there.exists() or [path.name for path in there.iterdir()] == ["linli.lock"]

    taken = linli(there, "", "restore", str(portable))
    assert "1 件诉求" in taken.stdout
    assert "启动前先改 [database] url" in taken.stdout, "its settings name the PostgreSQL"
    assert (there / DATABASE).is_file()
    _name_in_settings(there, f"sqlite:///{there / DATABASE}")
    assert linli(there, "", "backup", str(tmp_path / "sqlite.zip")).exit_code == 0
    taken = linli(tmp_path / "again", empty, "restore", str(tmp_path / "sqlite.zip"))
    assert "启动前先改 [database] url" not in taken.stdout, "the environment wins"
    spelt_anew = "outbox"
    mine, theirs = contents_of(url), contents_of(empty)
    assert {n for n in mine.rows if _lines(mine, n) != _lines(theirs, n)} == {spelt_anew}
    values = "SELECT id, text, buttons::jsonb, images::jsonb, sent_at FROM outbox ORDER BY id"
    assert asked(url, values) == asked(empty, values), "another spelling, the same values"


def _name_in_settings(data: Path, url: str) -> None:
    """Let the settings of a folder name this database alone."""
    (data / "linli.toml").write_text(f'[database]\nurl = "{url}"\n', "utf-8")


def _lines(contents: Any, name: str) -> list[bytes]:
    return sorted(contents.rows[name].splitlines())
