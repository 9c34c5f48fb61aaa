"""Is it alive, and is it ready."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.house import Watched
from bot.roles.role import SHARED, Role
from knowledge.store.rows.messages import InboxRow
from knowledge.store.seats import present
from knowledge.store.troubles import why

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.web.visit import Visit
    from handlers.messages import Channel

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
        "database": SLOW if slow else app.database.unwritable or "ok",
        "inbox": "stuck" if stuck else "ok",
        "clock": "missing" if Role.CLOCK in missing or app.silence > SILENCE else "ok",
    }
    if app.role is not Role.ALL:
        checks["roles"] = seen.roles
    well = not missing and all(checks[name] == "ok" for name in ("database", "inbox", "clock"))
    return _report(checks, visit, ok=well)


def _glance(session: Session) -> _Seen:
    waiting = select(func.min(InboxRow.received_at)).where(InboxRow.state == "new")
    return _Seen(session.scalar(waiting), present(session, SHARED))


def _report(checks: Mapping[str, Any], visit: Visit, *, ok: bool) -> web.Response:
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
