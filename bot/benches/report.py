"""From a report to a committed ticket with its push, from many chats at once."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from sqlalchemy import func, select

from bot.benches.stage import MONDAY, Silent, running_app
from handlers.messages import ChatRef, Event
from knowledge.store.rows.tickets import TicketRow

CHATS = 64
EACH = 12
MATTERS = (
    "水管爆了往楼下灌",
    "下水道堵了冒出来",
    "停水了",
    "停电了",
    "路面塌陷了一块",
    "天花板漏水",
)


def measure() -> dict[str, Any]:
    """Return reports committed in one second (SQLite, synchronous=FULL, 64 private chats)."""
    return asyncio.run(_measure())


async def _measure() -> dict[str, Any]:
    async with running_app(Silent()) as app:
        for n, matter in enumerate(MATTERS):  # the first of each kind compiles its statements
            await _say(app, f"early{n}", 0, f"桂花园{n + 1}栋3单元{matter}")
        await app.worker.drain()
        begun = time.perf_counter()
        await asyncio.gather(*(_report(app, n) for n in range(CHATS)))
        await app.worker.drain()
        spent = time.perf_counter() - begun
        tickets = await app.look(lambda s: s.scalar(select(func.count()).select_from(TicketRow)))
    return {
        "reports": CHATS * EACH,
        "tickets": tickets,
        "chats": CHATS,
        "per_second": round(CHATS * EACH / spent),
    }


async def _report(app: Any, n: int) -> None:
    for turn in range(EACH):
        building, unit = n % 7 + 1, turn % 2 + 1
        text = f"桂花园{building}栋{unit}单元{MATTERS[(n + turn) % len(MATTERS)]}"
        await _say(app, f"guest{n}", turn, text)


async def _say(app: Any, who: str, turn: int, text: str) -> None:
    chat = ChatRef("web", f"@{who}")
    await app.hear(Event("web", f"{who}-{turn}", chat, who, MONDAY, text=text))
