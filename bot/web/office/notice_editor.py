"""The editor of one notice: writes the file, all other lines kept, and every change can be put back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.web.forms import cleaned
from bot.web.visit import NOTHING_HERE
from handlers.actions.notices.sending import note_change
from knowledge.community.notices.audience import AudienceError, chats_of
from knowledge.community.notices.notice_draft import CannotStand, NoticeDraft, draft_of, text_of
from knowledge.community.notices.notice_review import HOW_TO_ADDRESS
from knowledge.community.refusals import NotFound
from knowledge.faq.editing import CannotEdit, find_entry, replace_block
from knowledge.faq.rewording import pieces, shortened
from knowledge.files.blocks import split_list
from knowledge.files.bodies import Bodies
from knowledge.store.notice_changes import changes_of

if TYPE_CHECKING:
    from datetime import datetime

    from aiohttp import web

    from bot.web.visit import Visit
    from knowledge.faq.editing import Found
    from knowledge.store.rows.notices import NoticeChangeRow


@dataclass(frozen=True, slots=True)
class Step:
    """One change: `pieces` are (same | gone | new, text); before the `first` there was no such notice."""

    id: int
    at: datetime
    who: str
    pieces: list[tuple[str, str]]
    first: bool


async def edit(visit: Visit) -> web.Response:
    """Show the form as the file has the notice now."""
    found = await _found(visit)
    return form(visit, draft_of(found.block), found)


async def save(visit: Visit) -> web.Response:
    """Write the changed notice; what cannot be written stays in the form with the reason."""
    found = await _found(visit)
    draft = await draft_in_form(visit)
    version = str((await visit.request.post()).get("version", ""))
    try:
        must_reach(visit, draft)
        changed = text_of(found.block, draft, visit.app.papers.links)
        await asyncio.to_thread(replace_block, found, changed, version)
    except (CannotStand, CannotEdit) as reason:
        return form(visit, draft, found, trouble=str(reason), version=version)
    return await _changed(visit, found, changed)


async def history(visit: Visit) -> web.Response:
    """Show what was changed on this page, the newest first, each with the way back."""
    found = await _found(visit)
    return await _history(visit, found)


async def put_back(visit: Visit) -> web.Response:
    """Write the notice as it stood before a change; that is a change like any other."""
    found = await _found(visit)
    number = str((await visit.request.post()).get("change", ""))
    row = next((one for one in await _rows(visit) if str(one.id) == number), None)
    if row is None:
        raise NotFound(NOTHING_HERE)
    try:
        await asyncio.to_thread(_restore, found, row.before)
    except CannotEdit as reason:
        return await _history(visit, found, str(reason))
    return await _changed(visit, found, row.before)


def _restore(found: Found, before: str) -> None:
    """Write what stood there; a file with nothing left goes, an empty one is somebody's half-saved."""
    replace_block(found, before, found.version)
    if not found.path.read_bytes().strip():
        found.path.unlink()


async def _changed(visit: Visit, found: Found, after: str) -> web.Response:
    """Write down what stood there before, and show the notice as it stands now."""
    me, notice_id = visit.me.id, visit.request.match_info["id"]
    before = found.block.text.rstrip()
    await visit.act(lambda work: note_change(work, me, notice_id, before, after.rstrip()))
    await visit.app.refresh()
    return visit.back(f"/notices/{notice_id}/edit?saved=1" if after else "/notices")


async def _history(visit: Visit, found: Found, trouble: str = "") -> web.Response:
    names = {person.id: person.called for person in visit.hood.people.values()}
    return visit.page(
        "notice_history.html",
        status=409 if trouble else 200,
        notice_id=visit.request.match_info["id"],
        title=found.block.title,
        steps=[
            Step(
                row.id,
                row.at,
                names.get(row.who, ""),
                shortened(pieces(row.before, row.after)),
                first=not row.before,
            )
            for row in await _rows(visit)
        ],
        trouble=trouble,
    )


async def _rows(visit: Visit) -> list[NoticeChangeRow]:
    notice_id = visit.request.match_info["id"]
    return await visit.app.look(lambda session: changes_of(session, notice_id))


def form(
    visit: Visit,
    draft: NoticeDraft,
    found: Found | None = None,
    *,
    trouble: str = "",
    version: str = "",
) -> web.Response:
    """Show a draft: of a notice that stands in a file, or (None) of a new one whose mark is `version`."""
    now = found.version if found else version
    return visit.page(
        "notice_editor.html",
        status=409 if trouble else 200,
        draft=draft,
        notice_id=visit.request.match_info.get("id", ""),
        version=version or now,
        is_overtaken=bool(version) and version != now,
        file=found.path.name if found else "",
        trouble=trouble,
        saved="saved" in visit.request.query,
    )


async def _found(visit: Visit) -> Found:
    folder = visit.app.folder / "notices"
    found = await asyncio.to_thread(find_entry, folder, visit.request.match_info["id"])
    if found is None:
        raise NotFound(NOTHING_HERE)
    return found


def must_reach(visit: Visit, draft: NoticeDraft) -> None:
    """Raise CannotStand for an audience that is nothing here: nobody would be told, or notice it."""
    for word in split_list(draft.audience):
        try:
            chats_of(word, visit.hood)
        except AudienceError as wrong:
            raise CannotStand(f"没有保存。{wrong}。{HOW_TO_ADDRESS}。") from wrong


async def draft_in_form(visit: Visit) -> NoticeDraft:
    """Return what stands in the form."""
    sent = await visit.request.post()

    def said(name: str) -> str:
        return cleaned(str(sent.get(name, "")))

    triggers = (line.strip() for line in said("triggers").split("\n"))
    return NoticeDraft(
        title=said("title"),
        topic=said("topic"),
        triggers=tuple(filter(None, triggers)),
        audience=said("audience"),
        bodies=Bodies(said("short"), said("long"), said("broadcast")),
        source=said("source"),
        valid_until=said("valid_until"),
        checked=visit.now.date() if sent.get("checked") else None,
    )
