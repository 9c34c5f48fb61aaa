"""From a report to a committed ticket with its push, from many chats at once."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from typing_extensions import override

from bot.app import App
from bot.benches import postgres
from bot.benches.stage import MONDAY, Silent, running_app
from bot.intake import Intake
from bot.worker import Worker
from handlers.messages import ChatRef, Event
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.base import Base
    from handlers.messages import Channel
    from knowledge.store.base import Model

CHATS = 64
EACH = 12
MATTERS = ("水管爆了往楼下灌", "下水道堵了冒出来", "路面塌陷了一块")
"""Logged at once, each of another kind: what is reported twice of a place would only be counted."""
BUILDINGS = 2 * CHATS
FIRST = 21
"""Number of the first building that is built for the run; each has two units."""


class OneArrival(Intake):
    """The peer's intake: every event is stored with a commit of its own."""

    @override
    async def _flush(self) -> None:
        while self._waiting:
            await self._write([self._waiting.pop(0)])


class CommitEach(App):
    """The very same work with a commit for each: what the batches are measured by."""

    def __init__(self, base: Base, channels: tuple[Channel, ...] = ()) -> None:
        super().__init__(base, channels)
        self.worker = Worker(
            self.database, self.clock, self.work, self._deferred, self.town.refresh, at_once=1
        )
        self.intake = OneArrival(self.database, self.clock, self.wake)


def measure(*, quick: bool = False) -> dict[str, Any]:
    """Return reports committed in one second (SQLite, synchronous=FULL, 64 private chats).

    Ours and the peer take turns, two each (with `quick` one); the better turn of both counts.
    `postgresql` is the same there, synchronous_commit=on; `quick` leaves it out.
    """
    turns = 1 if quick else 2
    found = {"reports": CHATS * EACH, "chats": CHATS, **_beside_the_peer(turns, lambda _turn: None)}
    return found if quick else found | {"postgresql": _on_postgresql(turns)}


def ours_alone() -> dict[str, int]:
    """Return one run without the peer."""
    return asyncio.run(_measure(App))


def _on_postgresql(turns: int) -> dict[str, Any]:
    """Return the same figures from a PostgreSQL of our own, or how to get one."""
    if not postgres.is_here():
        return {"left_out": postgres.MISSING}
    with postgres.served() as server:
        return _beside_the_peer(turns, lambda turn: postgres.new_database(server, f"report{turn}"))


def _beside_the_peer(turns: int, address: Callable[[int], str | None]) -> dict[str, Any]:
    """Let both take turns, each in the empty database at the address of its turn."""
    makes = (App, CommitEach) * turns
    runs = [asyncio.run(_measure(make, address(turn))) for turn, make in enumerate(makes)]
    ours = max(runs[0::2], key=_speed)
    peer = max(runs[1::2], key=_speed)
    return {
        **ours,
        "peer": "the same work with a commit each",
        "peer_per_second": peer["per_second"],
        "times_the_peer": round(ours["per_second"] / peer["per_second"], 2),
    }


def _speed(figures: dict[str, int]) -> int:
    return figures["per_second"]


async def _measure(make: type[App], url: str | None = None) -> dict[str, int]:
    async with running_app(Silent(), make, url=url, furnish=build) as app:
        for n, matter in enumerate(MATTERS):  # the first of each kind compiles its statements
            await _say(app, f"early{n}", 0, f"桂花园{n + 1}栋3单元{matter}")
        await app.worker.drain()
        begun = time.perf_counter()
        await asyncio.gather(*(_report(app, n) for n in range(CHATS)))
        await app.worker.drain()
        spent = time.perf_counter() - begun
        rows = {"tickets": TicketRow, "events": TicketEventRow, "pushes": OutboxRow}
        counted = {name: await app.look(partial(_count, row=row)) for name, row in rows.items()}
    return {**counted, "per_second": round(CHATS * EACH / spent)}


def _count(session: Session, row: type[Model]) -> int:
    return session.scalar(select(func.count()).select_from(row)) or 0


def build(folder: Path) -> None:
    """Add two buildings for every chat: a report of its own is a ticket of its own."""
    with (folder / "roster" / "places.csv").open("a", encoding="utf-8") as file:
        for number in range(FIRST, FIRST + BUILDINGS):
            file.write(f"gh-{number},gh-w1,楼栋,{number}栋,,\n")
            file.writelines(
                f"gh-{number}-{unit},gh-{number},单元,{unit}单元,,\n" for unit in (1, 2)
            )


async def _report(app: App, n: int) -> None:
    places = [(FIRST + 2 * n + turn % 2, turn // 2 % 2 + 1) for turn in range(EACH)]
    for turn, (building, unit) in enumerate(places):
        text = f"桂花园{building}栋{unit}单元{MATTERS[turn // 4]}"
        await _say(app, f"guest{n}", turn, text)


async def _say(app: App, who: str, turn: int, text: str) -> None:
    chat = ChatRef("web", f"@{who}")
    await app.hear(Event("web", f"{who}-{turn}", chat, who, MONDAY, text=text))
