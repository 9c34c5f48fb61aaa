"""Is it alive, is it ready, and what it counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.house import Watched
from knowledge.community.ticket import OPEN
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.tickets import TicketRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from prometheus_client.core import GaugeMetricFamily
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit
    from handlers.messages import Channel

STUCK = timedelta(minutes=5)
"""An accepted message that waits longer than this means that nobody works."""


async def alive(_visit: Visit) -> web.Response:
    """Say that the process answers."""
    return web.json_response({"status": "ok"})


async def ready(visit: Visit) -> web.Response:
    """Say whether database and queues work and which channels run; 503 when they do not."""
    now = visit.now
    try:
        waiting = await visit.app.look(_oldest)
    except SQLAlchemyError as fault:
        return _report({"database": type(fault).__name__}, visit, ok=False)
    stuck = waiting is not None and now - waiting > STUCK
    return _report({"database": "ok", "inbox": "stuck" if stuck else "ok"}, visit, ok=not stuck)


async def metrics(visit: Visit) -> web.Response:
    """Return what is counted, in Prometheus text."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    counts = await visit.app.look(_counts)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(counts))
    body = generate_latest(registry)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


class _Collected:
    """Figures read from the database at the moment of asking: any process tells the same."""

    def __init__(self, counts: dict[str, dict[str, int]]) -> None:
        self._counts = counts

    def collect(self) -> Iterable[GaugeMetricFamily]:
        from prometheus_client.core import GaugeMetricFamily

        for name, by_state in self._counts.items():
            family = GaugeMetricFamily(f"linli_{name}", f"Rows by state: {name}.", labels=["state"])
            for state, count in sorted(by_state.items()):
                family.add_metric([state], count)
            yield family


def _oldest(session: Session) -> datetime | None:
    return session.scalar(select(func.min(InboxRow.received_at)).where(InboxRow.state == "new"))


def _counts(session: Session) -> dict[str, dict[str, int]]:
    inbox = session.execute(select(InboxRow.state, func.count()).group_by(InboxRow.state))
    outbox = session.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state))
    tickets = session.execute(
        select(TicketRow.state, func.count())
        .where(TicketRow.state.in_(OPEN))
        .group_by(TicketRow.state)
    )
    counted = {"inbox": inbox, "outbox": outbox, "open_tickets": tickets}
    return {name: {row[0]: row[1] for row in rows} for name, rows in counted.items()}


def _report(checks: dict[str, str], visit: Visit, *, ok: bool) -> web.Response:
    channels = visit.app.channels
    body = {
        "status": "ok" if ok else "down",
        **checks,
        "channels": sorted(channels),
        "out_of_touch": _out_of_touch(channels.values()),
    }
    return web.json_response(body, status=200 if ok else 503)


def _out_of_touch(channels: Iterable[Channel]) -> dict[str, str]:
    """Return why channels do not reach their platform: restarting us would not help them."""
    watched = ((one.name, one.health()) for one in channels if isinstance(one, Watched))
    return {name: health.detail for name, health in watched if not health.connected}
