"""One notice to many groups through a paced channel, with an urgent push in the middle."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.benches.stage import Silent, running_app
from bot.clocks import SystemClock
from handlers.actions.telling import About, tell_chat
from handlers.messages import Capabilities, ChatRef, Outgoing, Receipt, Window
from knowledge.community.zone import ZONE
from knowledge.store.rows.roster import ChatRow
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.work import Work

GROUPS, ALL_GROUPS = 1_000, 10_000
PER_SECOND = 30
"""Messages a second that Telegram allows a bot."""
EVENING = datetime(2026, 12, 2, 19, 29, 59, tzinfo=ZONE)
"""Just before the shipped fire notice of a Wednesday (19:30)."""
URGENT = "@leader"
LATENCY = 0.05
"""Seconds that the invented platform takes for one message."""


class Paced(Silent):
    """A platform with one strict window a second; notes every arrival."""

    name = "bench"

    def __init__(self, per_second: int) -> None:
        super().__init__()
        self.allowed = Window(per_second, 1, per_chat=False)
        self.capabilities: Capabilities = replace(
            Silent.capabilities, windows=(self.allowed,), idempotent=False
        )
        self.log: list[tuple[float, str]] = []

    async def send(self, out: Outgoing) -> Receipt:
        """Take it as a platform over a network does."""
        self.log.append((asyncio.get_running_loop().time(), out.chat.id))
        await asyncio.sleep(LATENCY)
        return await super().send(out)


def measure(*, full: bool = False) -> dict[str, Any]:
    """Return how near the round comes to the allowed rate, what was lost or doubled (SQLite FULL).

    `full` = ten thousand groups, which takes six minutes.
    """
    return asyncio.run(_measure(ALL_GROUPS if full else GROUPS, PER_SECOND))


async def _measure(groups: int, per_second: int) -> dict[str, Any]:
    channel = Paced(per_second)
    clock = SystemClock(EVENING.replace(hour=18))
    async with running_app(channel, clock=clock) as app:
        await app.database.write(lambda session: add_groups(session, groups, Paced.name))
        await app.refresh()
        clock.move_to(EVENING)
        await channel.reached(groups // 2)
        asked = asyncio.get_running_loop().time()
        await app.act("urgent", _push)
        await channel.reached(groups + 1)
    return _figures(channel, groups, asked)


def add_groups(session: Session, groups: int, channel: str) -> None:
    """Enter so many groups of one channel into the roster."""
    session.add_all(
        ChatRow(channel=channel, chat_id=f"g{n}", name=f"群{n}", scope="gh", mode="仅@")
        for n in range(groups)
    )
    touch(session, "roster")


def _push(work: Work) -> None:
    tell_chat(work, ChatRef(Paced.name, URGENT), "【紧急】水管爆了", about=About(lane="P1"))


def _figures(channel: Paced, groups: int, asked: float) -> dict[str, Any]:
    notices = [(at, chat) for at, chat in channel.log if chat != URGENT]
    (urgent,) = (at for at, chat in channel.log if chat == URGENT)
    chats = {chat for _, chat in notices}
    spent = notices[-1][0] - notices[0][0]
    least = (math.ceil((groups + 1) / channel.allowed.count) - 1) * channel.allowed.seconds
    return {
        "groups": groups,
        "allowed_per_second": channel.allowed.count,
        "seconds": round(spent, 2),
        "achieved_of_allowed": round(least / spent, 4),
        "lost": groups - len(chats),
        "doubled": len(notices) - len(chats),
        "most_in_a_second": _most([at for at, _ in channel.log], channel.allowed.seconds),
        "urgent_push_ms": round((urgent - asked) * 1000),
    }


def _most(moments: list[float], seconds: float) -> int:
    """The most arrivals inside any window of that length."""
    most = first = 0
    for last, at in enumerate(moments):
        while at - moments[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
