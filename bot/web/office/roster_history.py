"""The history of the roster: who changed what, and the way back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.web.office.audit import named_as
from bot.web.office.roster_preview import (
    LOCKED_OUT,
    OVERTAKEN,
    SHOWN,
    carry_out,
    compared,
    locks_out,
)
from handlers.actions.people.rostering import before
from knowledge.community.hood.access import Act
from knowledge.store.roster import load_roster
from knowledge.store.rows.audit import RosterChangeRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.web.office.roster_preview import Preview
    from bot.web.visit import Visit
    from knowledge.community.hood.neighbourhood import Neighbourhood

KEPT = 100
"""Changes that the page shows."""
NAMED = 12
HOW = {
    "import": "导入",
    "back": "放回以前的",
    "person": "改一个人",
    "command": "用命令导入",
}
KINDS = {"places": "地点", "people": "人", "chats": "群"}


@dataclass(frozen=True, slots=True)
class Step:
    """One change as the page shows it."""

    number: int
    at: datetime
    who: str
    how: str
    said: tuple[str, ...]


async def show(visit: Visit) -> web.Response:
    """Show the newest changes."""
    steps = await visit.app.look(lambda session: _steps(session, visit.hood))
    return visit.page(
        "roster_history.html", steps=steps, may_edit=visit.can(Act.ROSTER_EDIT), kept=KEPT
    )


async def look_back(visit: Visit) -> web.Response:
    """Show what putting the roster back to before that change would change now."""
    return await _preview(visit)


async def put_back(visit: Visit) -> web.Response:
    """Put it back; what happened since then is undone as well, as the preview said."""
    number = _number(visit)
    wanted = await visit.app.look(lambda session: before(session, number))
    if locks_out(visit, wanted):
        return await _preview(visit)
    if not await carry_out(visit, lambda work: before(work.session, number), "back"):
        return await _preview(visit, OVERTAKEN)
    return visit.back("/admin/roster?done=1")


async def _preview(visit: Visit, trouble: str = "") -> web.Response:
    number = _number(visit)
    old, new = await visit.app.look(lambda session: (load_roster(session), before(session, number)))
    found: Preview | None = await asyncio.to_thread(compared, old, new)
    if locks_out(visit, new):
        found, trouble = None, LOCKED_OUT
    return visit.page(
        "roster_preview.html",
        status=409 if trouble else 200,
        title=f"放回到第 {number} 次改动以前",
        upload=None,
        to=f"/admin/roster/history/{number}",
        found=found,
        problems=(),
        trouble=trouble,
        shown=SHOWN,
    )


def _number(visit: Visit) -> int:
    return int(visit.request.match_info["change"])


def _steps(session: Session, hood: Neighbourhood) -> list[Step]:
    query = select(RosterChangeRow).order_by(RosterChangeRow.id.desc()).limit(KEPT)
    return [
        Step(
            row.id,
            row.at,
            named_as(row.who, hood),
            HOW.get(row.how, row.how),
            tuple(_said(row.before, row.after)),
        )
        for row in session.scalars(query)
    ]


def _said(was: dict[str, Any], becomes: dict[str, Any]) -> Iterator[str]:
    """Yield `人 新增 张三、李四` for each kind and fate; names only."""
    for kind, rows in becomes.items():
        fates: dict[str, list[str]] = {}
        for key, fields in rows.items():
            old = was[kind].get(key)
            fate = "停用" if fields is None else "新增" if old is None else "修改"
            fates.setdefault(fate, []).append((fields or old)["name"])
        for fate, names in fates.items():
            more = f"等 {len(names)} 个" if len(names) > NAMED else ""
            yield f"{KINDS[kind]} {fate} {'、'.join(names[:NAMED])}{more}"
