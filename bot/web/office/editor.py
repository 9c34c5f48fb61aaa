"""The editor of one entry: what is saved is live at once, or waits for a second editor."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.web.forms import cleaned
from bot.web.office.editor_desk import Desk, desk_of, draft_of_questions
from bot.web.visit import NOTHING_HERE
from handlers.actions.faq.entries import Change, change
from handlers.phrases.answers import answered
from knowledge.community.hood.access import Act
from knowledge.community.refusals import NotFound
from knowledge.faq.editing import (
    CannotEdit,
    Draft,
    Found,
    checked_draft,
    draft_of,
    find_entry,
    new_text,
    restated,
    rewritten,
)
from knowledge.faq.entry import DRAFT, STATE, derived_id, entry_of
from knowledge.files.blocks import parse_blocks
from knowledge.files.checks import is_id
from knowledge.files.dates import is_past
from knowledge.store.rows.faq import ProposalRow
from knowledge.store.rows.questions import QuestionRow

if TYPE_CHECKING:
    from pathlib import Path

    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.faq.entry import Entry

_NUMBER = re.compile(r"[0-9]{1,15}")
EMPTY = Draft("", (), "", "", "", "长期")
PREVIEWED = "街坊"
"""Who is spoken to in the preview."""
PROPOSED = "这一条已经有一份修改等着发布。请刷新，在那份上接着改。"


async def entry(visit: Visit) -> web.Response:
    """Show an entry's form as its file has it now, or as it waits to be published."""
    found = await found_entry(visit)
    saved = visit.request.query.get("saved", "")
    desk = await visit.glance(lambda work: desk_of(work, entry_id(visit)))
    block = parse_blocks(desk.proposal.text, "")[0] if desk.proposal else found.block
    return await _form(visit, draft_of(block), found=found, saved=saved)


async def save(visit: Visit) -> web.Response:
    """Save the changed entry; what cannot be written stays in the form with the reason."""
    found = await found_entry(visit)
    form = await visit.request.post()
    draft = await draft_in_form(visit)
    try:
        live = await visit.act(lambda work: _save(work, visit, found, draft, dict(form)))
    except CannotEdit as reason:
        version = str(form.get("version", ""))
        return await _form(visit, draft, found=found, trouble=str(reason), version=version)
    await visit.app.refresh()
    return visit.back(f"/admin/faq/{entry_id(visit)}?saved={'live' if live else 'waits'}")


async def blank(visit: Visit) -> web.Response:
    """Show an empty form, with the words of unanswered questions where such are named."""
    asked = tuple(filter(_NUMBER.fullmatch, visit.request.query.getall("question", [])))
    draft = await visit.app.look(lambda session: draft_of_questions(session, asked))
    return await _form(visit, draft or EMPTY, asked=",".join(asked) if draft else "")


async def add(visit: Visit) -> web.Response:
    """Write a new entry into the pages' own file."""
    draft = await draft_in_form(visit)
    form = await visit.request.post()
    asked = str(form.get("asked", ""))
    faq_id = derived_id(draft.question)
    try:
        live = await visit.act(lambda work: _add(work, visit.me.id, draft, asked))
    except CannotEdit as reason:
        return await _form(visit, draft, asked=asked, trouble=str(reason))
    await visit.app.refresh()
    if not live:
        return visit.back("/admin/waiting")
    return visit.back(f"/admin/faq/{faq_id}?saved=live")


async def preview(visit: Visit) -> web.Response:
    """Show what stands in the form as a phone shows it; without a script the form comes along."""
    draft = await draft_in_form(visit)
    form = await visit.request.post()
    faq_id = str(form.get("id", ""))
    found = await asyncio.to_thread(find_entry, folder(visit), faq_id) if faq_id else None
    if visit.partial:
        return visit.page("piece_preview.html", bubbles=bubbles(draft, found))
    version = str(form.get("version", ""))
    return await _form(visit, draft, found=found, asked=str(form.get("asked", "")), version=version)


def bubbles(draft: Draft, found: Found | None = None) -> tuple[str, ...]:
    """Return the draft's answer as residents get it: the first message, and that behind 更多."""
    try:
        draft = checked_draft(draft)
        text = rewritten(found.block, draft) if found else new_text("preview", draft)
    except CannotEdit as reason:
        return (str(reason),) if draft.short.strip() else ()
    shown: Entry = entry_of(parse_blocks(text, "")[0])
    return tuple(filter(None, (answered(PREVIEWED, shown), shown.long)))


async def found_entry(visit: Visit) -> Found:
    """Return the entry of the address in its file; raises NotFound."""
    found = await asyncio.to_thread(find_entry, folder(visit), entry_id(visit))
    if found is None:
        raise NotFound(NOTHING_HERE)
    return found


def folder(visit: Visit) -> Path:
    """Return where the entries stand."""
    return visit.app.rules.faq_folder


def entry_id(visit: Visit) -> str:
    """Return the 编号 of the address; raises NotFound for what can be none."""
    faq_id = visit.request.match_info["id"]
    if not is_id(faq_id):
        raise NotFound(NOTHING_HERE)
    return faq_id


def is_draft(found: Found | None) -> bool:
    """Whether the entry waits for an editor."""
    state = found.block.first(STATE) if found else None
    return state is not None and state.value == DRAFT


def _save(work: Work, visit: Visit, found: Found, draft: Draft, form: dict[str, object]) -> bool:
    version = str(form.get("version", ""))
    waiting = work.session.get(ProposalRow, entry_id(visit))
    block, base = found.block, version
    if waiting is not None:
        proposed = Found(found.path, parse_blocks(waiting.text, found.block.file)[0])
        if proposed.version != version:
            raise CannotEdit(PROPOSED)
        block, base = proposed.block, waiting.base
    text = rewritten(block, checked_draft(draft))
    if form.get("do") in ("publish", "resume"):
        text = restated(parse_blocks(text, "")[0], "")
    wanted = Change(
        entry_id(visit),
        text,
        base,
        "draft" if is_draft(found) else "page",
        telling=bool(form.get("telling")),
        words=cleaned(str(form.get("words", "")))[:80],
    )
    return change(work, visit.me.id, wanted)


def _add(work: Work, who: str, draft: Draft, asked: str) -> bool:
    faq_id = derived_id(draft.question)
    live = change(work, who, Change(faq_id, new_text(faq_id, draft), ""))
    for number in filter(_NUMBER.fullmatch, asked.split(",")):
        row = work.session.get(QuestionRow, int(number))
        if row is not None:
            row.drafted, row.entry_id = True, faq_id
            row.settled_by, row.settled_at = who, work.now
    return live


async def _form(
    visit: Visit,
    draft: Draft,
    *,
    found: Found | None = None,
    asked: str = "",
    trouble: str = "",
    saved: str = "",
    version: str = "",
) -> web.Response:
    faq_id = _value(found, "编号")
    desk = await visit.glance(lambda work: desk_of(work, faq_id)) if found else Desk()
    problems = [
        one
        for one in visit.app.papers.faq.current.problems
        if found and f"《{found.block.title}》" in one.message
    ]
    return visit.page(
        "faq_editor.html",
        status=409 if trouble else 200,
        draft=draft,
        desk=desk,
        entry_id=faq_id,
        version=version or _version(found, desk),
        is_overtaken=bool(version) and version != _version(found, desk),
        state=_value(found, STATE),
        topic=_value(found, "主题"),
        checked=_value(found, "核对"),
        asked=asked,
        trouble=trouble,
        saved=saved,
        is_past=is_past(draft.valid_until, visit.now.date()),
        problems=problems,
        bubbles=bubbles(draft, found),
        notices=[one.title for one in visit.app.papers.notices if faq_id in one.grounds],
        two_person=visit.app.rules.two_person,
        may_edit=visit.can(Act.FAQ_EDIT),
    )


def _version(found: Found | None, desk: Desk) -> str:
    """Return the mark of the text in the form."""
    if found is None:
        return ""
    if desk.proposal is None:
        return found.version
    return replace(found, block=parse_blocks(desk.proposal.text, found.block.file)[0]).version


async def draft_in_form(visit: Visit) -> Draft:
    """Return what stands in the editor's form."""
    form = await visit.request.post()

    def said(name: str) -> str:
        return cleaned(str(form.get(name, "")))

    return Draft(
        question=said("question"),
        variants=tuple(filter(None, (line.strip() for line in said("variants").split("\n")))),
        short=said("short"),
        long=said("long"),
        source=said("source"),
        valid_until=said("valid_until"),
        checked=visit.now.date() if form.get("checked") else None,
    )


def _value(found: Found | None, name: str) -> str:
    one = found.block.first(name) if found else None
    return one.value if one else ""
