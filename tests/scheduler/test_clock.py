"""The heartbeat: regular, never two at once, over when it is stopped."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
import time_machine

from knowledge.community.days.zone import ZONE
from scheduler import clock
from scheduler.clock import Heartbeat

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A beat every hundredth of a second."""
    monkeypatch.setattr(clock, "BEAT_SECONDS", 0.01)


async def test_it_beats_until_it_is_stopped() -> None:
    beaten = asyncio.Event()
    beats = 0

    async def pulse() -> None:
        nonlocal beats
        beats += 1
        if beats == 3:
            beaten.set()

    heart = Heartbeat(pulse)
    heart.start()
    await asyncio.wait_for(beaten.wait(), 5)
    await heart.stop()

    counted = beats
    await asyncio.sleep(0.05)
    assert beats == counted


async def test_a_slow_beat_is_never_overtaken_and_is_let_end() -> None:
    begun, together, most, ended = asyncio.Event(), 0, 0, 0

    async def pulse() -> None:
        nonlocal together, most, ended
        together += 1
        most = max(most, together)
        begun.set()
        await asyncio.sleep(0.05)
        together -= 1
        ended += 1

    heart = Heartbeat(pulse)
    heart.start()
    await asyncio.wait_for(begun.wait(), 5)
    await heart.stop()

    assert (most, together) == (1, 0)
    assert ended >= 1


async def test_a_beat_that_fails_does_not_stop_the_heart() -> None:
    recovered = asyncio.Event()
    beats = 0

    async def pulse() -> None:
        nonlocal beats
        beats += 1
        if beats == 1:
            raise RuntimeError
        recovered.set()

    heart = Heartbeat(pulse)
    heart.start()
    await asyncio.wait_for(recovered.wait(), 5)
    await heart.stop()


async def test_it_goes_on_beating_when_the_wall_clock_is_put_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "SILENT", 0.1)
    beaten = asyncio.Event()

    async def pulse() -> None:
        beaten.set()

    heart = Heartbeat(pulse)
    heart.start()
    await asyncio.wait_for(beaten.wait(), 5)
    with time_machine.travel(datetime.now(ZONE) - timedelta(hours=1)):  # noqa: TID251 -- the machine's own.
        await asyncio.sleep(0.05)  # the beat that was waiting already
        beaten.clear()
        await asyncio.wait_for(beaten.wait(), 5)
        beaten.clear()
        await asyncio.wait_for(beaten.wait(), 5)
    await heart.stop()


async def test_a_beat_that_is_late_because_all_stood_still_is_no_clock_put_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock, "SILENT", 0.1)
    beaten = asyncio.Event()

    async def pulse() -> None:
        beaten.set()

    heart = Heartbeat(pulse)
    heart.start()
    for _ in range(20):
        beaten.clear()
        await asyncio.wait_for(beaten.wait(), 5)
        time.sleep(0.15)  # noqa: ASYNC251 -- as something of ours might.
    await asyncio.sleep(0.3)
    await heart.stop()

    assert "clock.pushed" not in capsys.readouterr().out


async def test_a_heart_that_cannot_be_read_tries_again(monkeypatch: pytest.MonkeyPatch):
    """As on a machine without a file to spare."""
    beaten = asyncio.Event()
    refused: list[str] = []

    def read(name: str) -> ModuleType:
        if not refused:
            refused.append(name)
            raise OSError
        return import_module(name)

    async def pulse() -> None:
        beaten.set()

    monkeypatch.setattr(clock, "import_module", read)
    heart = Heartbeat(pulse)
    heart.start()
    await asyncio.wait_for(beaten.wait(), 30)
    await heart.stop()
    assert refused
