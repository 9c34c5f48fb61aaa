"""One notice to many groups through a paced channel, with an urgent push in the middle."""

from __future__ import annotations

import asyncio
import math
import random
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.benches.stage import Silent, running_app
from bot.channels import wecom_webhook
from bot.channels.telegram import adapter as telegram
from bot.clocks import SystemClock
from handlers.actions.telling import About, tell_chat
from handlers.messages import Capabilities, ChatRef, Outcome, Outgoing, Receipt, Window
from knowledge.community.days.zone import ZONE
from knowledge.store.rows.roster import ChatRow
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.work import Work

GROUPS, ALL_GROUPS = 1_000, 10_000
ROBOT_GROUPS = 121
TELEGRAM = next(one for one in telegram.CAPABILITIES.windows if not one.per_chat)
(ROBOT,) = wecom_webhook.CAPABILITIES.windows
"""The windows of the two platforms that have one for all chats together."""
SHORTER = 10
"""How many times shorter the robot's minute is where not everything is measured."""
EVENING = datetime(2026, 12, 2, 19, 29, 59, tzinfo=ZONE)
"""Just before the shipped fire notice of a Wednesday (19:30)."""
URGENT = "@leader"
LATENCY = 0.05
"""Seconds that the invented platform takes for one message."""
REFUSED, CUT_OFF, NO_RECEIPT = 0.01, 0.02, 0.03
"""Shares, added up: too many requests; cut before the message arrived; cut before its receipt."""
RETRY_AFTER = 1.0
"""Seconds that a refusal names."""


class Paced(Silent):
    """A platform with one strict window; notes every arrival."""

    name = "bench"

    def __init__(self, allowed: Window) -> None:
        super().__init__()
        self.allowed = allowed
        self.capabilities: Capabilities = replace(
            Silent.capabilities, windows=(allowed,), idempotent=False
        )
        self.log: list[tuple[float, str]] = []
        self.held_until = 0.0
        """Until then the platform has kept one message back: no sender could be done sooner."""

    async def send(self, out: Outgoing) -> Receipt:
        """Take it as a platform over a network does."""
        self.log.append((asyncio.get_running_loop().time(), out.chat.id))
        await asyncio.sleep(LATENCY)
        return await super().send(out)


class Rough(Paced):
    """The same where some are refused (429) and some connections break, before or after arrival."""

    def __init__(self, allowed: Window) -> None:
        super().__init__(allowed)
        self._chance = random.Random(1)  # noqa: S311 -- the same run every time.
        self.refused = self.cut = self.unsure = 0

    async def send(self, out: Outgoing) -> Receipt:
        """Take it, or fail as the dice say; what is refused or cut off has not arrived."""
        thrown = self._chance.random()
        if thrown < REFUSED:
            self.refused += 1
            self.held_until = asyncio.get_running_loop().time() + RETRY_AFTER
            return Receipt(Outcome.LATER, detail="429", retry_after=RETRY_AFTER)
        if thrown < CUT_OFF:
            self.cut += 1
            return Receipt(Outcome.LATER, detail="not connected")
        receipt = await super().send(out)
        if thrown < NO_RECEIPT:
            self.unsure += 1
            raise ConnectionResetError
        return receipt


def measure(*, full: bool = False) -> dict[str, Any]:
    """Return how near the round comes to the allowed rate, what was lost or doubled (SQLite FULL).

    `full` = ten thousand groups and the robot's whole minute, which takes seven minutes.
    """
    return asyncio.run(_measure_all(full=full))


async def _measure_all(*, full: bool) -> dict[str, Any]:
    """The first platform alone; then it on a rough day, beside the other one."""
    groups = ALL_GROUPS if full else GROUPS
    robot = ROBOT if full else replace(ROBOT, seconds=ROBOT.seconds / SHORTER)
    figures = await _measure(Paced(TELEGRAM), groups)
    rough, wecom = Rough(TELEGRAM), Rough(robot)
    both = asyncio.gather(_measure(rough, groups), _measure(wecom, ROBOT_GROUPS))
    figures["rough"], figures["wecom_robot"] = await both
    return figures


async def _measure(channel: Paced, groups: int) -> dict[str, Any]:
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
    windows = (math.ceil((groups + 1) / channel.allowed.count) - 1) * channel.allowed.seconds
    held = min(channel.held_until - notices[0][0], windows + RETRY_AFTER)
    least = max(windows, held)
    return {
        "groups": groups,
        "allowed_per_second": round(channel.allowed.count / channel.allowed.seconds, 2),
        "seconds": round(spent, 2),
        "achieved_of_allowed": round(least / spent, 4),
        "lost": groups - len(chats),
        "doubled": len(notices) - len(chats),
        "allowed_in_window": channel.allowed.count,
        "most_in_window": _most([at for at, _ in channel.log], channel.allowed.seconds),
        "urgent_push_ms": round((urgent - asked) * 1000),
        **(_troubles(channel) if isinstance(channel, Rough) else {}),
    }


def _troubles(channel: Rough) -> dict[str, int]:
    return {"refused": channel.refused, "cut_off": channel.cut, "no_receipt": channel.unsure}


def _most(moments: list[float], seconds: float) -> int:
    """The most arrivals inside any window of that length."""
    most = first = 0
    for last, at in enumerate(moments):
        while at - moments[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
