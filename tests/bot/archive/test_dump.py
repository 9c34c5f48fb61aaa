"""PostgreSQL in a backup: pg_dump's own archive, and what is done where there is no pg_dump."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import insert, make_url
from sqlalchemy.exc import DBAPIError

from bot.__main__ import main
from bot.archive.backup import back_up, verify
from bot.archive.manifest import DATABASE, DUMP, BadArchive
from bot.archive.restore import restore
from knowledge.store import migrate
from knowledge.store.database import Database
from knowledge.store.dumping import (
    one_moment,
    spare_database,
    sums_of_archive,
    sums_of_database,
)
from knowledge.store.pgtools import fits, folders, server_of, tools_for
from knowledge.store.rows.roster import StampRow
from knowledge.store.troubles import is_away
from tests.conftest import MONDAY
from tests.postgres import contents_of, database_of
from tests.world import open_world

if TYPE_CHECKING:
    from collections.abc import Iterator

SHAPE = """  -- checks by name alone: PostgreSQL spells them in another way when they are read in
SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT concat(conrelid::regclass, conname, CASE contype WHEN 'c' THEN '' ELSE pg_get_constraintdef(oid) END)
    FROM pg_constraint
UNION ALL SELECT concat(attrelid::regclass, attname, atttypid, attnotnull, attnum) FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
ORDER BY 1
"""
PLAIN = """
CREATE ROLE plain LOGIN;
GRANT ALL ON ALL TABLES IN SCHEMA public TO plain;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO plain;
"""


@pytest.fixture
def url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """A PostgreSQL database with all tables and nothing in them."""
    with database_of(postgres_server, postgres_template) as made:
        yield made


@pytest.fixture
def empty(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database without a table, to restore into."""
    with database_of(postgres_server) as made:
        yield made


@pytest.fixture
async def lived(tmp_path: Path, url: str) -> Path:
    """A data folder with a life in its database, and JSON that somebody has spelt by hand."""
    async with open_world(tmp_path, url) as world:
        await world["李娭毑"].says("小助手 1栋2单元停电了\n\\.\n真的\t停了")
    spelt = """UPDATE outbox SET buttons = '[ {"b" :1, "a": "\\u597d"} ]'"""
    assert _run(url, spelt), "there is something told"
    return tmp_path / "world"


def _line(url: str) -> psycopg.Connection[Any]:
    address = make_url(url).set(drivername="postgresql")
    return psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)


def _run(url: str, statement: str) -> int:
    with _line(url) as line:
        return line.execute(statement).rowcount


def _asked(url: str, query: str) -> list[Any]:
    with _line(url) as line:
        return line.execute(query).fetchall()


def _linli(data: Path, url: str, *words: str) -> Any:
    environment = {"LINLI_DATABASE__URL": url or None}
    return CliRunner().invoke(main, ["--data", str(data), *words], env=environment)


def _half(folder: Path) -> list[Path]:
    """What is left of a backup that was not finished."""
    return [path for path in folder.iterdir() if path.name.startswith(("b.zip", "linli-"))]


def _parts(folder: Path) -> list[Path]:
    return list(folder.glob("*.part"))


def _older() -> list[str]:
    """Where the wheel has the programs of a version that is older than its server."""
    return [folder for folder in folders() if Path(folder).parts[-2:] == ("pginstall", "bin")]


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
    assert _half(tmp_path) == [target]

    told, kept = restore(target, there, empty, MONDAY)

    assert (told, kept) == (made, None)
    assert contents_of(empty) == contents_of(url)
    assert _asked(empty, SHAPE) == _asked(url, SHAPE)
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
    _run(url, "UPDATE ticket SET matter = 'another'")
    back_up(lived, url, tmp_path / "other.zip", MONDAY)
    _run(url, "UPDATE alembic_version SET version_num = '9999'")
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


async def test_postgresql_goes_to_sqlite_and_back_by_a_portable_backup(
    lived: Path, url: str, empty: str, tmp_path: Path
) -> None:
    dump, portable, there = tmp_path / "dump.zip", tmp_path / "portable.zip", tmp_path / "there"
    _name_in_settings(lived, url)
    assert _linli(lived, "", "backup", str(dump)).exit_code == 0
    done = _linli(lived, "", "backup", "--portable", str(portable))
    assert (done.exit_code, "pg_dump" in done.stdout) == (0, False)

    for words in (("restore",), ("restore", "--dry-run")):
        refused = _linli(there, f"sqlite:///{there / DATABASE}", *words, str(dump))
        assert refused.exit_code == 1
        assert "linli backup --portable" in refused.stderr
        assert not there.exists() or [path.name for path in there.iterdir()] == ["linli.lock"]

    taken = _linli(there, "", "restore", str(portable))
    assert "1 件诉求" in taken.stdout
    assert "启动前先改 [database] url" in taken.stdout, "its settings name the PostgreSQL"
    assert (there / DATABASE).is_file()
    _name_in_settings(there, f"sqlite:///{there / DATABASE}")
    assert _linli(there, "", "backup", str(tmp_path / "sqlite.zip")).exit_code == 0
    taken = _linli(tmp_path / "again", empty, "restore", str(tmp_path / "sqlite.zip"))
    assert "启动前先改 [database] url" not in taken.stdout, "the environment wins"
    spelt_anew = "outbox"
    mine, theirs = contents_of(url), contents_of(empty)
    assert {n for n in mine.rows if _lines(mine, n) != _lines(theirs, n)} == {spelt_anew}
    values = "SELECT id, text, buttons::jsonb, images::jsonb, sent_at FROM outbox ORDER BY id"
    assert _asked(url, values) == _asked(empty, values), "another spelling, the same values"


def _name_in_settings(data: Path, url: str) -> None:
    """Let the settings of a folder name this database alone."""
    (data / "linli.toml").write_text(f'[database]\nurl = "{url}"\n', "utf-8")


def _lines(contents: Any, name: str) -> list[bytes]:
    return sorted(contents.rows[name].splitlines())


def test_where_pg_dump_is_missing_or_older_the_rows_are_copied_and_it_is_said(
    url: str, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, server = tmp_path / "data", server_of(url)
    target = data / "backups" / "manual-1.zip"
    assert _linli(data, url, "init").exit_code == 0
    for n, (places, says) in enumerate(
        {
            ("nowhere",): "这里没有 pg_dump",
            tuple(_older()): f"这里的 pg_dump 是 16，服务器是 {server}",
        }.items()
    ):
        monkeypatch.setattr("knowledge.store.pgtools.folders", lambda places=places: [*places])
        done = _linli(data, url, "backup", str(target))
        assert done.exit_code == 0, done.output
        assert says in done.stdout
        assert f"postgresql-client-{server}" in done.stdout
        assert verify(target, tmp_path / str(n)).engine == "SQLite"
        assert says in _findings(data, url)["备份工具"]["fix"]
        assert "演练恢复成功" in _findings(data, url)["备份"]["message"]
    restore(target, tmp_path / "there", empty, MONDAY)
    assert migrate.current(empty) == migrate.HEAD


def test_a_program_that_writes_what_the_server_could_not_read_back_does_not_fit() -> None:
    assert [fits(18, 18), fits(18, 17), fits(17, 16), fits(16, 17), fits(15, 15)] == [
        True,
        True,
        False,
        False,
        True,
    ]


def _findings(data: Path, url: str) -> dict[str, Any]:
    return {one["name"]: one for one in json.loads(_linli(data, url, "doctor", "--json").stdout)}


def test_the_drill_restores_into_a_database_of_its_own_and_leaves_none(
    postgres_server: str, url: str, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    assert _linli(data, url, "init").exit_code == 0
    target = data / "backups" / "manual-1.zip"
    assert _linli(data, url, "backup", str(target)).exit_code == 0
    killed = f"linli_drill_{make_url(url).database}"
    _run(postgres_server, f'CREATE DATABASE "{killed}"')
    assert "演练恢复成功" in _findings(data, url)["备份"]["message"]
    assert _findings(data, url)["备份工具"]["ok"]
    drills = "SELECT datname FROM pg_database WHERE starts_with(datname, 'linli_drill_')"
    assert _asked(url, drills) == []

    with spare_database(url) as spare:
        kept = f'ALTER DATABASE "{make_url(spare).database}" IS_TEMPLATE'
        _run(url, f"{kept} true")
        assert "另一次演练" in _findings(data, url)["备份"]["message"]
        _run(url, f"{kept} false")
    _run(url, PLAIN)
    plain = make_url(url).set(username="plain").render_as_string(hide_password=False)
    found = _findings(data, plain)["备份"]
    assert (found["ok"], "CREATEDB" in found["message"]) == (True, True)
    assert _linli(data, plain, "backup", str(target)).exit_code == 0, "it need not be the owner"
    monkeypatch.setattr("knowledge.store.pgtools.folders", lambda: ["nowhere"])
    found = _findings(data, url)["备份"]
    assert (found["ok"], "没有演练恢复" in found["message"]) == (True, True)
    refused = _linli(tmp_path / "there", empty, "restore", str(target))
    assert (refused.exit_code, "没法恢复 pg_dump 的备份" in refused.stderr) == (1, True)
    monkeypatch.undo()
    _run(url, "DROP OWNED BY plain; DROP ROLE plain")


def _acting(url: str, place: Path, deeds: dict[str, str]) -> Path:
    """Put programs into a folder that do something before or instead of the real ones."""
    real = tools_for(url).folder
    place.mkdir()
    for name in ("pg_dump", "pg_restore"):
        deed = deeds.get(name, "")
        script = f'#!/bin/sh\n[ "$1" = --version ] || {{ :; {deed}\n}}\nexec {real}/{name} "$@"\n'
        (place / name).write_text(script)
        (place / name).chmod(0o755)
    return place


async def test_a_password_is_given_to_the_programs_and_stands_on_no_command_line_and_in_no_log(
    lived: Path, url: str, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, noted = "s3 cret'@/%", tmp_path / "noted"
    note = f'echo "$0 $@" >> {noted}; echo "given=$PGPASSWORD" >> {noted}'
    place = _acting(url, tmp_path / "bin", {"pg_dump": note, "pg_restore": note})
    monkeypatch.setenv("PATH", str(place), prepend=os.pathsep)
    urls = [make_url(one).set(password=secret) for one in (url, empty)]
    mine, theirs = (one.render_as_string(hide_password=False) for one in urls)

    done = _linli(
        lived, mine, "--now", "2026-11-23T09:00:00+08:00", "backup", str(tmp_path / "b.zip")
    )
    back = _linli(tmp_path / "there", theirs, "restore", str(tmp_path / "b.zip"))

    assert (done.exit_code, back.exit_code) == (0, 0), done.output + back.output
    lines = noted.read_text().splitlines()
    assert [line for line in lines if line == f"given={secret}"] == [f"given={secret}"] * 2
    told = [line for line in lines if not line.startswith("given=")]
    assert len(told) == 4, "dumped, read back, read again, restored"
    assert "s3" not in "".join(told) + done.output + back.output


async def test_a_server_that_goes_away_meanwhile_is_no_fault_of_pg_dump(
    lived: Path, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    )
    ended = f'{tools_for(url).folder}/psql -c "{away}"; exit 1'
    place = _acting(url, tmp_path / "bin", {"pg_dump": ended})
    monkeypatch.setenv("PATH", str(place), prepend=os.pathsep)
    with pytest.raises(DBAPIError) as trouble:
        back_up(lived, url, tmp_path / "b.zip", MONDAY)
    assert is_away(trouble.value), "the next look tries again, and nobody is told of a bad disk"
    assert _half(tmp_path) == []


async def test_what_pg_dump_gives_up_is_said_in_its_words_and_leaves_nothing(
    lived: Path, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = _acting(
        url, tmp_path / "bin", {"pg_dump": "head -c 3000 /dev/zero; echo no >&2; exit 1"}
    )
    monkeypatch.setenv("PATH", str(place), prepend=os.pathsep)
    done = _linli(lived, url, "backup", str(tmp_path / "b.zip"))
    assert (done.exit_code, "没有备份：pg_dump 没有做成（no）" in done.stderr) == (1, True)
    assert _half(tmp_path) == []


async def test_a_kill_in_the_middle_leaves_nothing_under_the_name(
    lived: Path, url: str, tmp_path: Path
) -> None:
    target = tmp_path / "b.zip"
    place = _acting(url, tmp_path / "bin", {"pg_dump": "head -c 300000 /dev/zero; kill -9 $PPID"})
    done = await _process(lived, url, target, f'PATH="{place}:$PATH"')
    assert (done.returncode != 0, target.exists()) == (True, False)
    assert target.with_name("b.zip.part").exists(), "it was in the middle"
    back_up(lived, url, target, MONDAY)
    assert (verify(target, tmp_path / "s").engine, len(_parts(tmp_path))) == ("PostgreSQL", 0)


@pytest.mark.skipif(os.name == "nt", reason="a limit of the shell")
async def test_a_disk_that_is_full_is_said_in_one_sentence(
    lived: Path, url: str, tmp_path: Path
) -> None:
    done = await _process(lived, url, tmp_path / "b.zip", "ulimit -f 32;")
    assert (done.returncode, "写不了" in done.stderr) == (1, True), done.stderr
    assert ("Traceback" in done.stderr, _half(tmp_path)) == (False, [])


async def _process(
    data: Path, url: str, target: Path, before: str = ""
) -> subprocess.CompletedProcess[str]:
    """Back up in a process of its own, with something said to the shell first."""
    words = f'{before} "{sys.executable}" -m bot --data "{data}" backup "{target}"'
    return await asyncio.to_thread(
        subprocess.run,
        ["/bin/sh", "-c", words],
        env={**os.environ, "LINLI_DATABASE__URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
