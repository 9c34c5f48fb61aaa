"""Is it alive, and is it ready."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from knowledge.store.rows.messages import InboxRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.web.visit import Visit

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


def _oldest(session: Session) -> datetime | None:
    return session.scalar(select(func.min(InboxRow.received_at)).where(InboxRow.state == "new"))


def _report(checks: dict[str, str], visit: Visit, *, ok: bool) -> web.Response:
    body = {"status": "ok" if ok else "down", **checks, "channels": sorted(visit.app.channels)}
    return web.json_response(body, status=200 if ok else 503)
