"""Twelve faults, each injected into a real folder, named in Chinese with a mend."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from click.testing import CliRunner
from sqlalchemy import text

from bot.__main__ import main
from bot.doctor import clock, machine, service
from bot.lan import ADDRESS
from bot.lock import hold_lock
from knowledge.store import migrate
from knowledge.store.database import Database, make_engine
from knowledge.store.stamps import set_mark
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    assert _linli(folder, "init").exit_code == 0
    toml = folder / "linli.toml"
    free = _free_port()
    toml.write_text(toml.read_text("utf-8").replace("port = 8080", f"port = {free}"), "utf-8")
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _linli(data: Path, *args: str) -> Any:
    return CliRunner().invoke(main, ["--data", str(data), *args], prog_name="linli")


def _examined(data: Path, *before: str) -> tuple[int, dict[str, dict[str, Any]]]:
    words = [*before, "doctor", "--json"]
    result = _linli(data, *words)
    return result.exit_code, {one["name"]: one for one in json.loads(result.stdout)}


def _ill(data: Path, name: str, *says: str, before: tuple[str, ...] = ()) -> None:
    """Exactly one thing is wrong: it is named, and there is a mend."""
    code, found = _examined(data, *before)
    assert code == 1
    assert [one for one, told in found.items() if not told["ok"]] == [name]
    told = found[name]
    assert told["fix"]
    for words in says:
        assert words in told["message"] + told["fix"], told


def test_a_healthy_folder_has_nothing_and_ends_with_zero(data: Path) -> None:
    code, found = _examined(data)
    assert (code, [one for one in found.values() if not one["ok"]]) == (0, [])
    assert {"Python", "时钟", "时区", "磁盘", "数据库", "渠道", "备份"} <= found.keys()
    assert "项有毛病" in _linli(data, "doctor").stdout


def test_a_wrong_toml(data: Path) -> None:
    (data / "linli.toml").write_text('[web]\nport = "门"\n', "utf-8")
    code, found = _examined(data)
    assert code == 1
    assert "linli.toml:2" in found["文件"]["message"]


def test_a_port_that_is_taken(data: Path) -> None:
    port = int((data / "linli.toml").read_text("utf-8").split("port = ")[1].split()[0])
    with closing(socket.create_server(("127.0.0.1", port))):
        _ill(data, "端口", str(port), "linli run --port")


def test_a_lock_that_was_left_behind_does_no_harm_and_one_that_is_held_is_said(data: Path) -> None:
    (data / "linli.lock").write_text("")
    assert "不碍事" in _examined(data)[1]["端口"]["message"]
    with hold_lock(data):
        assert "正在" in _examined(data)[1]["端口"]["message"]


def test_a_clock_that_is_off(data: Path) -> None:
    _ill(data, "时钟", "timedatectl", before=("--now", "2001-01-01T00:00:00+08:00"))


@pytest.fixture
def url(data: Path, on_postgres: str) -> str:
    """Address of the folder's database, with its tables."""
    found = on_postgres or f"sqlite:///{data / 'linli.db'}"
    migrate.upgrade(found)
    return found


def _changed(url: str, statement: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_clock_that_was_turned_back_behind_what_was_written(data: Path, url: str) -> None:
    _changed(
        url,
        "INSERT INTO inbox (channel, event_id, chat_id, payload, state, attempts, fault,"
        " received_at) VALUES ('web', '1', '@a', '{}', 'done', 0, '', '2090-01-01 00:00:00')",
    )
    _ill(data, "时钟与记录", "2090", "timedatectl")


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_wrong_time_zone(data: Path, new_york: None) -> None:
    del new_york
    _ill(data, "时区", "Asia/Shanghai")


def test_a_full_disk(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "ROOM_MB", 10**9)
    _ill(data, "磁盘", "腾出")


def test_a_folder_that_cannot_be_written(data: Path) -> None:
    if os.geteuid() == 0:
        _ill_on_a_read_only_mount(data)
        return
    data.chmod(0o500)
    code, found = _examined(data)
    data.chmod(0o700)
    assert (code, found["资料夹"]["ok"]) == (1, False)


def _ill_on_a_read_only_mount(data: Path) -> None:
    """Root may write everywhere but on a disk that is mounted read-only."""
    script = f"mount --bind {data} {data} && mount -o remount,ro,bind {data} && "
    command = script + f"{sys.executable} -m bot --data {data} doctor --json"
    asked = subprocess.run(
        ["/usr/bin/unshare", "-m", "/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
    )
    if "[" not in asked.stdout:
        pytest.fail(asked.stderr)
    found = {one["name"]: one for one in json.loads(asked.stdout)}
    assert not found["资料夹"]["ok"]
    assert "写不了" in found["资料夹"]["message"]
    assert "remount" in found["资料夹"]["fix"]
    assert "restore" not in found["数据库"]["fix"], "the records are whole"
    assert "linli.lock" not in found["端口"]["fix"]


def test_a_database_that_does_not_answer_is_no_reason_to_restore_a_backup(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = f"postgresql+psycopg://linli:canary@127.0.0.1:{_free_port()}/linli"
    monkeypatch.setenv("LINLI_DATABASE__URL", nobody)

    found = _examined(data)[1]["数据库"]

    assert not found["ok"]
    assert "数据库服务" in found["fix"]
    assert "restore" not in found["fix"]
    assert "canary" not in json.dumps(found)


def test_a_service_that_hangs_is_told_from_one_that_answers(
    data: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PATIENCE", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as deaf, hold_lock(data):
        port = deaf.getsockname()[1]
        database = Database(url)
        with database.transaction() as session:
            set_mark(session, ADDRESS, f"http://127.0.0.1:{port}")
        database.close()
        _ill(data, "服务", str(port), "再启动")
    assert "服务" not in _examined(data)[1], "nothing runs"


def test_no_chinese_font(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "fc-list"
    tool.write_text("#!/bin/sh\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    _ill(data, "字体", "fonts-wqy-microhei")


def test_an_old_schema_and_a_new_one(data: Path, url: str) -> None:
    migrate.downgrade(url, "0001")
    _ill(data, "数据库版本", "0001", "linli db upgrade")
    _changed(url, "UPDATE alembic_version SET version_num = '9999'")
    _ill(data, "数据库版本", "9999", "升级邻里")


@pytest.mark.sqlite("a file that is damaged; an address where nobody answers is below")
def test_a_damaged_database(data: Path) -> None:
    (data / "linli.db").write_bytes(b"SQLite format 3\x00" + os.urandom(8192))
    _ill(data, "数据库", "linli restore")


def test_a_python_outside_its_environment(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    _ill(data, "Python", "start.py")


def test_a_dead_channel_and_a_missing_secret(data: Path) -> None:
    toml = data / "linli.toml"
    before = toml.read_text("utf-8")
    dead = f'\n[channels.hook.alarm]\nsecret = "s"\nout_url = "http://127.0.0.1:{_free_port()}/x"\n'
    toml.write_text(before + dead, "utf-8")
    _ill(data, "渠道 alarm", "out_url")
    toml.write_text(before + '\n[channels.telegram]\ntoken = "1:a"\nmode = "webhook"\n', "utf-8")
    _ill(data, "渠道", "secret")


@asynccontextmanager
async def _telegram(
    data: Path, answer: web.Response, *, slow: timedelta = timedelta()
) -> AsyncIterator[None]:
    """A platform that answers everything so, by a clock that is so far ahead of ours."""

    async def say(_request: web.Request) -> web.Response:
        date = {"Date": formatdate(time.time() + slow.total_seconds(), usegmt=True)}
        return web.Response(
            status=answer.status, body=answer.body, headers={**answer.headers, **date}
        )

    server = web.Application()
    server.router.add_get("/{rest:.*}", say)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api = f"http://127.0.0.1:{runner.addresses[0][1]}"
    table = f'\n[channels.telegram]\ntoken = "42:canary"\napi = "{api}"\n'
    (data / "linli.toml").write_text((data / "linli.toml").read_text("utf-8") + table, "utf-8")
    try:
        yield
    finally:
        await runner.cleanup()


async def test_a_token_that_telegram_does_not_know_is_said_without_showing_it(data: Path) -> None:
    async with _telegram(data, web.json_response({"ok": False}, status=401)):
        result = await asyncio.to_thread(_linli, data, "doctor", "--json")
    assert "token 不对" in result.stdout
    assert "canary" not in result.stdout


@pytest.mark.parametrize(
    ("minutes", "says"), [(0, ""), (60, "慢了 60 分钟"), (-60, "快了 60 分钟")]
)
async def test_a_clock_that_differs_from_the_platforms(
    data: Path, minutes: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "PATIENCE", PATIENCE)
    me = {"id": 42, "is_bot": True, "first_name": "x", "can_read_all_group_messages": True}
    answer = web.json_response({"ok": True, "result": me})
    async with _telegram(data, answer, slow=timedelta(minutes=minutes)):
        if says:
            await asyncio.to_thread(_ill, data, "时钟与平台", says, "timedatectl")
        else:
            assert (await asyncio.to_thread(_examined, data))[1]["时钟与平台"]["ok"]


@pytest.mark.usefixtures("url")
def test_the_newest_backup_is_restored_as_a_drill(data: Path) -> None:
    place = data / "backups"
    assert _linli(data, "backup", str(place / "linli-20261123.zip")).exit_code == 0
    assert "演练恢复成功" in _examined(data)[1]["备份"]["message"]
    whole = (place / "linli-20261123.zip").read_bytes()
    (place / "linli-20261124.zip").write_bytes(whole[: len(whole) // 2])
    _ill(data, "备份", "linli-20261124.zip")
    shutil.rmtree(place)
