"""The default start loads only what it needs: the rest costs seconds and hundreds of megabytes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

UNNEEDED = (
    *("aiogram", "jieba", "alembic", "openpyxl", "mammoth", "cryptography", "pypinyin"),
    *("structlog", "segno", "prometheus_client", "apscheduler", "pydantic_settings"),
)

SCRIPT = """
import asyncio, random, sys
from pathlib import Path
from bot.app import App
from bot.base import Base
from bot.channels.web import WebChannel
from bot.clocks import SystemClock
from bot.config import read_settings
from bot.pack import copy_pack
from bot.stocking import stock
from bot.web.server import build_web
from handlers.messages import ChatRef, Event

async def main(folder):
    copy_pack(folder)
    settings, _ = read_settings(folder)
    clock, channel = SystemClock(), WebChannel()
    url = settings.database.address(folder)
    base = Base(folder, settings, clock, random.Random(1), url)
    app = App(base, (channel,))
    channel.attach(app.database, clock, app.rules.bot_name)
    await app.open()
    await stock(app, demo=True)
    build_web(app)
    await app.hear(Event("web", "1", ChatRef("web", "@li"), "li", clock.now(), text="高龄津贴多少钱"))
    await app.settle()
    await app.stop()

asyncio.run(main(Path(sys.argv[1])))
loaded = {name.partition(".")[0] for name in sys.modules}
print("loaded:", *sorted(loaded & set(sys.argv[2:])))
"""


@pytest.mark.sqlite("the default start: an address in the environment wants pydantic_settings")
def test_a_first_answer_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "data"), *UNNEEDED]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert done.stdout == "loaded:\n", done.stderr
