"""A notice written on the page: it stands in the pages' own file and is sent like any other."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.web.office.notice_editor import draft_in_form, form, must_reach
from handlers.actions.notices.sending import note_change
from knowledge.community.notices.notice_draft import CannotStand, NoticeDraft, text_of
from knowledge.faq.editing import ADDED, CannotEdit, append_block, find_entry
from knowledge.files.blocks import parse_blocks
from knowledge.files.bodies import Bodies

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit

SOON = timedelta(hours=1)
"""When it is to go out unless something else is written: time enough to read it once more."""
_MARK = re.compile("[0-9a-f]{8}")


async def blank(visit: Visit) -> web.Response:
    """Show the form with a moment that is near; to whom, somebody has to say."""
    at = visit.app.rules.manners.first_loud(visit.now + SOON)
    draft = NoticeDraft(
        title="",
        topic="",
        triggers=(f"{at:%Y-%m-%d %H:%M}",),
        audience="",
        bodies=Bodies("", "", ""),
        source="",
        valid_until="长期",
    )
    return form(visit, draft, version=uuid4().hex[:8])


async def add(visit: Visit) -> web.Response:
    """Write the notice; the same form twice is one notice."""
    draft = await draft_in_form(visit)
    mark = str((await visit.request.post()).get("version", ""))
    if not _MARK.fullmatch(mark):
        mark = uuid4().hex[:8]
    notice_id, me = f"n-{mark}", visit.me.id
    folder = visit.app.folder / "notices"
    if await asyncio.to_thread(find_entry, folder, notice_id) is None:
        try:
            must_reach(visit, draft)
            empty = parse_blocks(f"##\n编号：{notice_id}\n", ADDED)[0]
            text = text_of(empty, draft, visit.app.papers.links)
            await asyncio.to_thread(append_block, folder, notice_id, text)
        except (CannotStand, CannotEdit) as reason:
            return form(visit, draft, trouble=str(reason), version=mark)
        await visit.act(lambda work: note_change(work, me, notice_id, "", text.rstrip()))
        await visit.app.refresh()
    return visit.back(f"/notices/{notice_id}?added=1")
