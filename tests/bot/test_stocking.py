"""What a database begins with, and what is said when the roster cannot be taken in."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

from bot.app import App
from bot.base import Base
from bot.clocks import VirtualClock
from bot.config import Settings
from bot.stocking import stock
from tests.conftest import MONDAY
from tests.world import DATA

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_a_faulty_roster_is_said_at_every_start_until_it_is_mended(
    tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    people = data / "roster" / "people.csv"
    right = people.read_text("utf-8")
    base = Base(data, Settings(), VirtualClock(MONDAY), random.Random(7), database_url)
    heard = []
    for written in (right.replace("管理员", "管家"), right):
        people.write_text(written, "utf-8")
        app = App(base, ())
        await app.open()
        try:
            await stock(app)
            heard.append((capsys.readouterr().err, len(app.town.hood.people)))
        finally:
            await app.stop()

    assert "花名册没有导入：roster/people.csv:4 角色" in heard[0][0]
    assert heard[0][1] == 0
    assert "花名册" not in heard[1][0]
    assert heard[1][1] > 0
