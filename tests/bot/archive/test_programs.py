"""How pg_dump and pg_restore are run: secrets, and what goes wrong in the middle."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from bot.archive.backup import back_up, verify
from knowledge.store.pgtools import tools_for
from knowledge.store.troubles import is_away
from tests.bot.archive.telling import half, linli
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_password_is_given_to_the_programs_and_stands_on_no_command_line_and_in_no_log(
    lived: Path, url: str, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, noted = "s3 cret'@/%", tmp_path / "noted"
    note = f'echo "$0 $@" >> {noted}; echo "given=$PGPASSWORD" >> {noted}'
    place = _acting(url, tmp_path / "bin", {"pg_dump": note, "pg_restore": note})
    monkeypatch.setenv("PATH", str(place), prepend=os.pathsep)
    urls = [make_url(one).set(password=secret) for one in (url, empty)]
    mine, theirs = (one.render_as_string(hide_password=False) for one in urls)

    done = linli(
        lived, mine, "--now", "2026-11-23T09:00:00+08:00", "backup", str(tmp_path / "b.zip")
    )
    back = linli(tmp_path / "there", theirs, "restore", str(tmp_path / "b.zip"))

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
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    ended = f'{tools_for(url).folder}/psql -c "{away}"; exit 1'
    place = _acting(url, tmp_path / "bin", {"pg_dump": ended})
    monkeypatch.setenv("PATH", str(place), prepend=os.pathsep)
    with pytest.raises(DBAPIError) as trouble:
        back_up(lived, url, tmp_path / "b.zip", MONDAY)
    assert is_away(trouble.value), "the next look tries again, and nobody is told of a bad disk"
    assert half(tmp_path) == []


async def test_what_pg_dump_gives_up_is_said_in_its_words_and_leaves_nothing(
    lived: Path, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = _acting(
        url, tmp_path / "bin", {"pg_dump": "head -c 3000 /dev/zero; echo no >&2; exit 1"}
    )
    monkeypatch.setenv("PATH", str(place), prepend=os.pathsep)
    done = linli(lived, url, "backup", str(tmp_path / "b.zip"))
    assert (done.exit_code, "没有备份：pg_dump 没有做成（no）" in done.stderr) == (1, True)
    assert half(tmp_path) == []


async def test_a_kill_in_the_middle_leaves_nothing_under_the_name(
    lived: Path, url: str, tmp_path: Path
) -> None:
    target = tmp_path / "b.zip"
    place = _acting(url, tmp_path / "bin", {"pg_dump": "head -c 300000 /dev/zero; kill -9 $PPID"})
    done = await _process(lived, url, target, f'PATH="{place}:$PATH"')
    assert (done.returncode != 0, target.exists()) == (True, False)
    assert len(half(tmp_path)) == 1, "it was in the middle"
    back_up(lived, url, target, MONDAY)
    assert verify(target, tmp_path / "s").engine == "PostgreSQL"
    assert half(tmp_path) == [target]


@pytest.mark.skipif(os.name == "nt", reason="a limit of the shell")
async def test_a_disk_that_is_full_is_said_in_one_sentence(
    lived: Path, url: str, tmp_path: Path
) -> None:
    done = await _process(lived, url, tmp_path / "b.zip", "ulimit -f 32;")
    assert (done.returncode, "写不了" in done.stderr) == (1, True), done.stderr
    assert ("Traceback" in done.stderr, half(tmp_path)) == (False, [])


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
