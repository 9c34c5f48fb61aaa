"""The administrators' pages over 100,000 tickets: milliseconds of the server for each."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web
from sqlalchemy import insert

from bot.app import App
from bot.base import Base
from bot.benches.archive import fill
from bot.channels.web import WebChannel
from bot.clocks import VirtualClock
from bot.config import read_settings
from bot.pack import copy_pack
from bot.stocking import stock
from bot.web.keys import IDENTITIES
from bot.web.server import build_web
from handlers.messages import ChatRef, Event
from knowledge.community.zone import ZONE
from knowledge.store.rows.audit import AuditRow
from knowledge.store.rows.messages import InboxRow, OutboxRow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from sqlalchemy.orm import Session

    from knowledge.community.neighbourhood import Neighbourhood

TICKETS, TOLD, HEARD, DEEDS = 100_000, 200_000, 30_000, 50_000
NOW = datetime(2026, 11, 23, 9, 5, tzinfo=ZONE)
TURNS = 20
PAGES = (
    "/admin",
    "/admin/roster",
    "/admin/roster/history",
    "/admin/people",
    "/admin/people/zhang",
    "/admin/channels",
    "/admin/silence",
    "/admin/silence?last=50",
    "/admin/silence?chat=web:g-w4",
    "/admin/quarantine",
    "/admin/audit",
    "/admin/audit?who=张师傅",
    "/admin/audit?kind=ticket&day=2026-03-01",
    "/admin/audit?subject=50000",
    "/admin/audit?who=谢主任&kind=export",
    "/admin/settings",
    "/admin/backups",
)
AT_ONCE = 5000


def measure() -> dict[str, Any]:
    """Return the p95 of each page in milliseconds, one request at a time."""
    return asyncio.run(_measured())


async def _measured() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as scratch:
        folder = Path(scratch) / "data"
        copy_pack(folder)
        channel = WebChannel()
        settings, _ = read_settings(folder)
        if settings is None:
            message = "the shipped settings are wrong"
            raise RuntimeError(message)
        url = f"sqlite:///{folder / 'linli.db'}"
        chance = random.Random(7)  # noqa: S311 -- the same rows every time.
        app = App(Base(folder, settings, VirtualClock(NOW), chance, url), (channel,))
        channel.attach(app.database, app.clock, app.rules.bot_name)
        try:
            await app.open()
            await stock(app, demo=True)
            hood = app.town.hood
            await app.database.write(lambda session: _fill(session, hood))
            return {"tickets": TICKETS, "p95_ms": [one async for one in _timed(app)]}
        finally:
            await app.stop()


async def _timed(app: App) -> AsyncIterator[dict[str, Any]]:
    runner = web.AppRunner(build_web(app), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    home = f"http://127.0.0.1:{runner.addresses[0][1]}/as/"
    home += runner.app[IDENTITIES].pass_of("chen")
    async with aiohttp.ClientSession() as session:
        for page in PAGES:
            took = [await _asked(session, home + page) for _ in range(TURNS + 1)][1:]
            yield {
                "page": page,
                "ms": _p95(wall for wall, _ in took),
                "cpu_ms": _p95(cpu for _, cpu in took),
            }
    await runner.cleanup()


def _p95(took: Iterable[float]) -> float:
    return round(sorted(took)[int(0.95 * TURNS) - 1], 1)


async def _asked(session: aiohttp.ClientSession, address: str) -> tuple[float, float]:
    """Return milliseconds on the wall and of this process, the asking included."""
    begin, busy = time.perf_counter(), time.process_time()
    async with session.get(address) as answer:
        answer.raise_for_status()
        await answer.read()
    return (time.perf_counter() - begin) * 1000, (time.process_time() - busy) * 1000


def _fill(session: Session, hood: Neighbourhood) -> None:
    fill(session, hood, TICKETS, NOW, 365)
    for table, rows in ((OutboxRow, _told(hood)), (InboxRow, _heard(hood)), (AuditRow, _deeds())):
        batch: list[dict[str, Any]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == AT_ONCE:
                session.execute(insert(table), batch)
                batch.clear()


def _told(hood: Neighbourhood) -> Iterator[dict[str, Any]]:
    chats = [chat.id for chat in hood.chats.values()]
    for number in range(TOLD):
        at = NOW - timedelta(days=90) * ((TOLD - number) / TOLD)
        yield {
            "key": f"clock:{number}:1",
            "channel": "web",
            "chat_id": chats[number % len(chats)],
            "kind": "group",
            "text": "收到请回复",
            "buttons": [],
            "images": [],
            "state": "failed" if number % 5000 == 0 else "sent",
            "not_before": at,
            "created_at": at,
            "sent_at": at,
            "attempts": 1,
        }


def _heard(hood: Neighbourhood) -> Iterator[dict[str, Any]]:
    chats = [chat.id for chat in hood.chats.values() if chat.channel == "web"]
    for number in range(HEARD):
        at = NOW - timedelta(days=7) * ((HEARD - number) / HEARD)
        chat = ChatRef("web", chats[number % len(chats)])
        said = ("小助手，老人坐公交要钱不", "今天天气真好", "三栋二单元楼道灯坏了")[number % 3]
        yield {
            "channel": "web",
            "event_id": f"bench:{number}",
            "chat_id": chat.id,
            "payload": Event("web", f"bench:{number}", chat, "li", at, text=said).as_payload(),
            "state": "done",
            "received_at": at,
            "done_at": at,
        }


def _deeds() -> Iterator[dict[str, Any]]:
    for number in range(DEEDS):
        yield {
            "at": NOW - timedelta(days=365) * ((DEEDS - number) / DEEDS),
            "who": ("chen", "zhang", "xie")[number % 3],
            "kind": ("sign", "export")[number % 2],
            "deed": ("sign.in", "export.report")[number % 2],
            "subject": "",
            "detail": "",
            "prev": "",
            "hash": str(number),
        }
