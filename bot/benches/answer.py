"""From a question to its stored reply, and to its sending, at a steady pace."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Insert, event
from sqlalchemy.orm import Session

from bot.benches.machine import percentile
from bot.benches.stage import MONDAY, Silent, running_app
from bot.benches.talk import QUESTIONS, question
from handlers.messages import ChatRef, Event
from knowledge.store.rows.messages import OutboxRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

PER_SECOND = 50
COUNT = 300


def measure() -> dict[str, Any]:
    """Return milliseconds at `PER_SECOND` questions a second: reply committed, reply sent."""
    return asyncio.run(_measure())


async def _measure() -> dict[str, Any]:
    channel = Silent()
    asked: dict[str, float] = {}
    stored: dict[str, float] = {}
    async with running_app(channel) as app:
        for n, text in enumerate(QUESTIONS):  # the first of each kind compiles its statements
            chat = ChatRef("web", f"@early{n}")
            await app.hear(Event("web", f"e{n}", chat, f"early{n}", MONDAY, text=text))
        await channel.reached(len(QUESTIONS))
        begun = time.perf_counter()
        with _noting_commits(app.database.engine, stored):
            for n in range(COUNT):
                await asyncio.sleep(max(0.0, begun + n / PER_SECOND - time.perf_counter()))
                chat = ChatRef("web", f"@guest{n}")
                asked[chat.id] = time.perf_counter()
                text = question(n)
                await app.hear(Event("web", f"q{n}", chat, f"guest{n}", MONDAY, text=text))
            await channel.reached(COUNT + len(QUESTIONS))
    spent = [stored[chat] - at for chat, at in asked.items()]
    until_sent = [channel.arrived[chat] - at for chat, at in asked.items()]
    return {
        "questions": COUNT,
        "per_second": PER_SECOND,
        "p50_ms": round(percentile(spent, 0.50) * 1000, 1),
        "p95_ms": round(percentile(spent, 0.95) * 1000, 1),
        "p99_ms": round(percentile(spent, 0.99) * 1000, 1),
        "sent_p50_ms": round(percentile(until_sent, 0.50) * 1000, 1),
        "sent_p99_ms": round(percentile(until_sent, 0.99) * 1000, 1),
    }


@contextmanager
def _noting_commits(engine: Engine, stored: dict[str, float]) -> Iterator[None]:
    """Note for each chat when the first message to it was committed."""
    written: list[str] = []

    def note(_line: object, statement: Any, many: Any, one: Any, _options: object) -> None:
        if isinstance(statement, Insert) and statement.table is OutboxRow.__table__:
            written.extend(row["chat_id"] for row in many or [one])

    def stamp(session: Session) -> None:
        if session.get_nested_transaction() is None:
            moment = time.perf_counter()
            for chat in written:
                stored.setdefault(chat, moment)
            written.clear()

    event.listen(engine, "before_execute", note)
    event.listen(Session, "after_commit", stamp)
    try:
        yield
    finally:
        event.remove(engine, "before_execute", note)
        event.remove(Session, "after_commit", stamp)
