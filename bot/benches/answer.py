"""From a question to its stored reply, at a steady pace."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from bot.benches.machine import percentile
from bot.benches.stage import MONDAY, Silent, running_app
from handlers.messages import ChatRef, Event

PER_SECOND = 50
COUNT = 300
QUESTIONS = (
    "高龄津贴多少钱",
    "老人坐公交要钱不",
    "低保怎么申请",
    "身份证丢了怎么补办",
    "电动车能不能推进电梯",
    "居民医保怎么交",
)


def measure() -> dict[str, Any]:
    """Return p50, p95 and p99 in milliseconds at `PER_SECOND` questions a second."""
    return asyncio.run(_measure())


async def _measure() -> dict[str, Any]:
    channel = Silent()
    asked: dict[str, float] = {}
    async with running_app(channel) as app:
        for n, text in enumerate(QUESTIONS):  # the first of each kind compiles its statements
            chat = ChatRef("web", f"@early{n}")
            await app.hear(Event("web", f"e{n}", chat, f"early{n}", MONDAY, text=text))
        await channel.reached(len(QUESTIONS))
        begun = time.perf_counter()
        for n in range(COUNT):
            await asyncio.sleep(max(0.0, begun + n / PER_SECOND - time.perf_counter()))
            chat = ChatRef("web", f"@guest{n}")
            asked[chat.id] = time.perf_counter()
            text = QUESTIONS[n % len(QUESTIONS)]
            await app.hear(Event("web", f"q{n}", chat, f"guest{n}", MONDAY, text=text))
        await channel.reached(COUNT + len(QUESTIONS))
    spent = [channel.arrived[chat] - at for chat, at in asked.items()]
    return {
        "questions": COUNT,
        "per_second": PER_SECOND,
        "p50_ms": round(percentile(spent, 0.50) * 1000, 1),
        "p95_ms": round(percentile(spent, 0.95) * 1000, 1),
        "p99_ms": round(percentile(spent, 0.99) * 1000, 1),
    }
