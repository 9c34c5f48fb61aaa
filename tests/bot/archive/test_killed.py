"""A backup that is killed leaves a folder, which is named by the doctor and cleared by the next one."""

from __future__ import annotations

import asyncio
import errno
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.archive.backup import back_up
from bot.archive.workplace import left_in
from tests.bot.archive.telling import findings
from tests.conftest import MONDAY
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from tests.world import World

ENDLESS = 2**36
"""Bytes of a picture that is read for a minute and lies on no disk."""


@contextmanager
def half_done(folder: Path, url: str, place: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real backup in a process of its own, in the middle of its pictures; killed in the end."""
    picture = folder / "media" / "aa" / "endless.jpg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.touch()
    os.truncate(picture, ENDLESS)
    words = [sys.executable, "-m", "bot", "--data", str(folder), "backup"]
    words.append(str(place / "killed.zip"))
    with subprocess.Popen(words, env={**os.environ, "LINLI_DATABASE__URL": url}) as running:
        try:
            until = time.monotonic() + PATIENCE
            while not any(one.stat().st_size for one in place.glob("*/half.zip")):
                assert running.poll() is None
                assert time.monotonic() < until
                time.sleep(0.01)
            yield running
        finally:
            running.kill()
            picture.unlink()


def folders(place: Path) -> list[Path]:
    return [one for one in place.iterdir() if one.is_dir()]


async def test_what_a_killed_backup_leaves_is_named_and_cleared_by_the_next(
    world: World, tmp_path: Path
) -> None:
    app = world.app
    url, place = app.database.url, app.folder / "backups"
    place.mkdir()
    with half_done(app.folder, url, place) as running:
        (its,) = folders(place)

        back_up(tmp_path / "small", url, place / "beside.zip", MONDAY)

        assert folders(place) == [its], "nobody clears away what is in use"
        assert left_in(place) == []
        running.kill()

    assert left_in(place) == [its]
    assert not (place / "killed.zip").exists()
    told = (await asyncio.to_thread(findings, app.folder, url))["没做完的备份"]
    assert its.name in told["message"]

    back_up(app.folder, url, place / "next.zip", MONDAY)

    assert folders(place) == []
    assert "没做完的备份" not in await asyncio.to_thread(findings, app.folder, url)
    assert sorted(one.name for one in place.iterdir()) == ["beside.zip", "next.zip"]


def test_a_share_without_locks_takes_a_backup_all_the_same(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def know_no_locks(handle: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", know_no_locks)
    back_up(tmp_path / "small", database_url, tmp_path / "share" / "b.zip", MONDAY)

    assert [one.name for one in (tmp_path / "share").iterdir()] == ["b.zip"]


def test_what_others_have_put_there_is_left_alone(tmp_path: Path) -> None:
    for name in ("linli-half-new", "linli-2026", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "linli-2026" / "held").touch()

    assert left_in(tmp_path) == []
    assert left_in(tmp_path / "nowhere") == []
