"""The editor of one notice: writes the file, comments and all other lines kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.web.posting import cleaned
from bot.web.visit import NOTHING_HERE
from handlers.actions.auditing import note
from knowledge.community.notice_draft import CannotStand, NoticeDraft, draft_of, text_of
from knowledge.community.refusals import NotFound
from knowledge.faq.editing import CannotEdit, find_entry, replace_block
from knowledge.files.bodies import Bodies

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from knowledge.faq.editing import Found


async def edit(visit: Visit) -> web.Response:
    """Show the form as the file has the notice now."""
    found = await _found(visit)
    return _form(visit, found, draft_of(found.block))


async def save(visit: Visit) -> web.Response:
    """Write the changed notice; what cannot be written stays in the form with the reason."""
    found = await _found(visit)
    draft = await _draft(visit)
    version = str((await visit.request.post()).get("version", ""))
    try:
        changed = text_of(found.block, draft, visit.app.papers.links)
        await asyncio.to_thread(replace_block, found, changed, version)
    except (CannotStand, CannotEdit) as reason:
        return _form(visit, found, draft, trouble=str(reason))
    me, notice_id = visit.me.id, visit.request.match_info["id"]
    await visit.act(lambda work: note(work, me, "notice.edit", notice_id))
    await visit.app.refresh()
    return visit.back(f"/notices/{notice_id}/edit?saved=1")


def _form(visit: Visit, found: Found, draft: NoticeDraft, trouble: str = "") -> web.Response:
    return visit.page(
        "notice_editor.html",
        status=409 if trouble else 200,
        draft=draft,
        notice_id=visit.request.match_info["id"],
        version=found.version,
        file=found.path.name,
        trouble=trouble,
        saved="saved" in visit.request.query,
    )


async def _found(visit: Visit) -> Found:
    folder = visit.app.folder / "notices"
    found = await asyncio.to_thread(find_entry, folder, visit.request.match_info["id"])
    if found is None:
        raise NotFound(NOTHING_HERE)
    return found


async def _draft(visit: Visit) -> NoticeDraft:
    form = await visit.request.post()

    def said(name: str) -> str:
        return cleaned(str(form.get(name, ""))).strip()

    triggers = (line.strip() for line in said("triggers").split("\n"))
    return NoticeDraft(
        title=said("title"),
        topic=said("topic"),
        triggers=tuple(filter(None, triggers)),
        audience=said("audience"),
        bodies=Bodies(said("short"), said("long"), said("broadcast")),
        source=said("source"),
        valid_until=said("valid_until"),
        checked=visit.now.date() if form.get("checked") else None,
    )
