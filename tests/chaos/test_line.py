"""A long connection among several processes: whoever sends has it, and it goes over to the next."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from knowledge.store.rows.marks import MarkRow
from knowledge.store.seats import SEAT
from tests.channels.fake_aibot import FakeAibot
from tests.chaos.roles import on_trial

if TYPE_CHECKING:
    from pathlib import Path

    from tests.chaos.roles import Trials

pytestmark = [pytest.mark.chaos, pytest.mark.postgres]
"""It names its databases itself, whatever the run stands on."""
PATIENCE = 120.0
AGAIN_AFTER = 30
"""Tenths of a second after which the platform delivers a message again."""
CREW = ("worker1", "sender1", "sender2")
BOT, SECRET = "aibChaos", "chaos-on-one-line"
THROWN_OUT = text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks"
    " WHERE locktype = 'advisory' AND granted AND classid = :seat"
)


async def answers(fake: FakeAibot, one: Trials, number: int) -> None:
    """Somebody asks in private until it has been answered; what fell on a dying line comes again."""
    before = len(fake.shown)
    body = {
        "msgid": f"m{number}",
        "aibotid": BOT,
        "chattype": "single",
        "from": {"userid": "resident"},
        "msgtype": "text",
        "text": {"content": f"{number}栋1单元楼道灯不亮"},
    }
    while len(fake.shown) == before:
        with suppress(ConnectionError):  # it is just closing
            await fake.call("aibot_msg_callback", body)
        for _ in range(AGAIN_AFTER):
            await asyncio.sleep(0.1)
            if len(fake.shown) > before:
                break
    await one.rest()


async def connected(fake: FakeAibot, times: int) -> None:
    while fake.subscribed < times or fake.connection is None:  # noqa: ASYNC110
        await asyncio.sleep(0.1)


async def test_the_line_goes_over_to_the_next_sender_and_nobody_cries_thief(
    postgres_server: str, tmp_path: Path
) -> None:
    ticks = count()
    fake = FakeAibot(BOT, SECRET, lambda: next(ticks))  # type: ignore[arg-type,return-value]
    await fake.start()
    besides = (
        f'[channels.wecom_bot]\nbot_id = "{BOT}"\nsecret = "{SECRET}"\nurl = "{fake.address}"\n'
    )
    async with (
        asyncio.timeout(PATIENCE),
        on_trial(postgres_server, tmp_path, *CREW, buildings=5, besides=besides) as one,
    ):
        await connected(fake, 1)
        await answers(fake, one, 1)
        assert fake.subscribed == 1, "one process only"

        for victim in ("sender1", "sender2"):  # one of them has the line, or takes it meanwhile
            await one.fleet.kill(victim)
            await answers(fake, one, 2 if victim == "sender1" else 3)
            await one.start(victim)
        after_kills = fake.subscribed
        assert after_kills >= 2

        await one.database.write(lambda session: session.execute(THROWN_OUT, {"seat": SEAT}))
        for number in (
            4,
            5,
        ):  # whoever had the seat takes it again, or leaves line and seat to the other
            await answers(fake, one, number)
        assert fake.subscribed <= after_kills + 3, "they do not fight"

        told = select(MarkRow.name).where(MarkRow.name.startswith("told.wecom_bot.kicked"))
        assert await one.database.read(lambda session: list(session.scalars(told))) == []
        assert not any(one.fleet.fails(name) for name in CREW)
    await fake.stop()
