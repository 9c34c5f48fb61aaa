"""备份: made and checked by a button in the background, taken along by an administrator."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web
from sqlalchemy import select

from bot.web.keys import BACKUPS
from bot.web.visit import NOTHING_HERE
from handlers.actions.auditing import note
from knowledge.community.refusals import NotFound
from knowledge.store.rows.audit import AuditRow

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.web.backups import Backups
    from bot.web.visit import Visit

REMEMBERED = 200
"""Lines of the log in which a backup's last check is looked for."""


async def show(visit: Visit) -> web.Response:
    """Show the backups with size and last check, and what is being done."""
    backups = _backups(visit)
    kept = await asyncio.to_thread(backups.kept)
    return visit.page(
        "backups.html",
        kept=kept,
        checked=await visit.app.look(_checked),
        job=backups.job,
        busy=backups.busy,
        place=backups.place,
        nightly=visit.app.settings.backup.nightly,
        keep=visit.app.settings.backup.keep,
    )


async def progress(visit: Visit) -> web.Response:
    """Return how far it is; once it has ended, the browser gets the whole page again."""
    backups = _backups(visit)
    response = visit.page("piece_job.html", job=backups.job, busy=backups.busy)
    if visit.partial and not backups.busy:
        response.headers["HX-Refresh"] = "true"
    return response


async def begin(visit: Visit) -> web.Response:
    """Make one now, or check one; nothing while another is being done."""
    form = await visit.request.post()
    backups, name = _backups(visit), str(form.get("name", ""))
    if not name:
        backups.make(visit.me.id)
    elif backups.path(name) is not None:
        backups.check(name, visit.me.id)
    return visit.back("/admin/backups")


async def take(visit: Visit) -> web.StreamResponse:
    """Send a backup; who took it along is written down first."""
    path: Path | None = _backups(visit).path(visit.request.match_info["file"])
    if path is None:
        raise NotFound(NOTHING_HERE)
    me, name = visit.me.id, path.name
    await visit.act(lambda work: note(work, me, "backup.taken", name))
    return web.FileResponse(path, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _backups(visit: Visit) -> Backups:
    return visit.request.app[BACKUPS]


def _checked(session: Session) -> dict[str, AuditRow]:
    """Return the last check of each backup; making one is a check, too."""
    query = select(AuditRow).where(AuditRow.kind == "backup", AuditRow.deed != "backup.taken")
    rows = session.scalars(query.order_by(AuditRow.at.desc()).limit(REMEMBERED)).all()
    return {row.subject: row for row in reversed(rows)}
