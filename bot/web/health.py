"""Is it alive, is it ready, and what it counts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.roles.role import SHARED, Role
from knowledge.community.ticket import OPEN
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.tickets import TicketRow
from knowledge.store.seats import present
from knowledge.store.troubles import why

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from prometheus_client.core import GaugeMetricFamily
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit

STUCK = timedelta(minutes=5)
"""An accepted message that waits longer than this means that nobody works."""
PATIENCE = 2.0
"""Seconds after which a database counts as slow."""
SLOW = "slow"
SILENCE = 30.0
"""Seconds without a heartbeat after which the clock counts as missing."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Since when the oldest accepted message waits, and how many processes are there by role."""

    oldest: datetime | None
    roles: dict[str, int]


async def alive(_visit: Visit) -> web.Response:
    """Say that the process answers."""
    return web.json_response({"status": "ok"})


async def ready(visit: Visit) -> web.Response:
    """Say whether database, queues, clock and roles work and which channels run; 503 when not."""
    app = visit.app
    try:
        async with asyncio.timeout(PATIENCE):
            seen = await app.look(_glance)
    except TimeoutError:
        return _report({"database": SLOW}, visit, ok=False)
    except SQLAlchemyError as fault:
        return _report({"database": why(fault)}, visit, ok=False)
    slow = app.database.hanging > PATIENCE
    stuck = seen.oldest is not None and visit.now - seen.oldest > STUCK
    missing = (
        () if app.role is Role.ALL else [one for one, count in seen.roles.items() if not count]
    )
    checks: dict[str, Any] = {
        "database": SLOW if slow else "ok",
        "inbox": "stuck" if stuck else "ok",
        "clock": "missing" if Role.CLOCK in missing or app.silence > SILENCE else "ok",
    }
    if app.role is not Role.ALL:
        checks["roles"] = seen.roles
    well = not missing and all(checks[name] == "ok" for name in ("database", "inbox", "clock"))
    return _report(checks, visit, ok=well)


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


def _glance(session: Session) -> _Seen:
    waiting = select(func.min(InboxRow.received_at)).where(InboxRow.state == "new")
    return _Seen(session.scalar(waiting), present(session, SHARED))


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


def _report(checks: Mapping[str, Any], visit: Visit, *, ok: bool) -> web.Response:
    body = {"status": "ok" if ok else "down", **checks, "channels": sorted(visit.app.channels)}
    return web.json_response(body, status=200 if ok else 503)
