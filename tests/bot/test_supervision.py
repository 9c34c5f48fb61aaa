"""What systemd hears of the service."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot import supervision
from tests.bot.test_service import linli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def supervisor(folder: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(folder / "notify"))
        ear.settimeout(20)
        yield ear


def test_the_supervisor_hears_that_it_is_ready_that_it_lives_and_that_it_stops(
    tmp_path: Path, monkeypatch
) -> None:
    with supervisor(tmp_path) as ear:
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "200000")
        command = linli("--data", str(tmp_path / "data"), "run", "--demo", "--port", "0")
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                heard = [ear.recv(64).decode() for _ in range(3)]
                process.send_signal(signal.SIGTERM)
                while (said := ear.recv(64).decode()) == "WATCHDOG=1":
                    heard.append(said)
                assert process.wait(timeout=10) == 0
            finally:
                process.kill()  # else whoever waits for a silent one waits for ever
    assert {"READY=1", "WATCHDOG=1"} == set(heard)
    assert said == "STOPPING=1"


async def test_a_database_that_never_answers_is_not_called_alive(
    tmp_path: Path, monkeypatch
) -> None:
    asked = asyncio.Event()

    async def hangs() -> None:
        asked.set()
        await asyncio.Event().wait()

    with supervisor(tmp_path) as ear:
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "1000")
        saying = asyncio.create_task(supervision.keep_saying_alive(hangs))
        await asked.wait()
        ear.setblocking(False)
        supervision.say("X=1")
        assert ear.recv(64) == b"X=1"
        saying.cancel()
