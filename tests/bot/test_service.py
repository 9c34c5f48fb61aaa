"""The service as its operator meets it: a process that starts, is alone, and ends in order."""

from __future__ import annotations

import io
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import segno

from tests.patience import PATIENCE
from tests.world import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def linli(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot", *arguments]


@contextmanager
def running(
    folder: Path, *options: str, before: tuple[str, ...] = ()
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A service on a free port, with the address that it has said."""
    command = linli("--data", str(folder), *before, "run", "--port", "0", *options)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            greeting = process.stdout.readline()
            found = re.search(r"http://[\d.]+:\d+", greeting)
            assert found, greeting + (process.stderr.read() if process.stderr else "")
            yield process, found[0]
        finally:
            process.kill()


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 -- our own server.
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_it_starts_is_alone_on_its_folder_and_ends_at_once_when_told(tmp_path: Path) -> None:
    with running(tmp_path, "--demo") as (process, address):
        assert fetch(f"{address}/healthz")[0] == 200
        assert "phone-resident" in fetch(address)[1]

        second = subprocess.run(
            linli("--data", str(tmp_path), "run", "--port", "0"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 1
        assert "已经有一个邻里在运行" in second.stderr
        assert "Traceback" not in second.stderr

        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        _, complaints = process.communicate()
        assert "Traceback" not in complaints

    with running(tmp_path) as (_, address):  # the dead one's lock is no obstacle
        assert fetch(f"{address}/healthz")[0] == 200


def test_a_port_that_is_taken_is_one_sentence_with_the_mend(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = subprocess.run(
            linli("--data", str(tmp_path), "run", "--demo", "--port", port),
            capture_output=True,
            text=True,
            check=False,
        )

    assert ran.returncode == 1
    assert f"端口 {port} 用不了" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_local_network_gets_a_code_that_holds_its_address_and_lets_one_person_in(
    tmp_path: Path,
) -> None:
    with running(tmp_path, "--demo", "--lan") as (process, address):
        assert process.stdout is not None
        asked = [sys.executable, "-c", "from bot.lan import lan_address; print(lan_address())"]
        found = subprocess.check_output(asked, text=True).strip()
        said = ""
        if not found:
            while "没有找到局域网地址" not in said:
                said += process.stdout.readline()
            return
        while "防火墙" not in said:
            said += process.stdout.readline()
        join = re.search(rf"http://{re.escape(found)}:\d+(/join/\S+)", said)
        assert join, said
        code = io.StringIO()
        segno.make(join[0], micro=False).terminal(code, compact=True)
        assert code.getvalue().strip() in said
        assert "您住哪个小区" in fetch(address + join[1])[1]
        assert "phone-resident" in fetch(address)[1]  # here, at the machine itself


def test_without_demo_nobody_can_be_somebody_else(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)

    with running(folder, before=("--now", "2026-11-23T09:00:00+08:00")) as (_, address):
        assert "phone-resident" not in fetch(address)[1]
        assert fetch(f"{address}/as/nonsense/chat")[0] in (401, 403, 404)
        assert fetch(f"{address}/readyz")[0] == 200


def test_a_channel_on_one_connection_is_not_shared_by_processes(tmp_path: Path) -> None:
    (tmp_path / "linli.toml").write_text(
        '[database]\nurl = "postgresql+psycopg://nobody@127.0.0.1:1/none"\n'
        '[channels.onebot]\ntoken = "abcdefgh"\n',
        "utf-8",
    )
    ran = subprocess.run(
        linli("--data", str(tmp_path), "run", "--role", "web"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, "onebot 收和发都在同一条连接上" in ran.stderr) == (1, True), ran.stderr
