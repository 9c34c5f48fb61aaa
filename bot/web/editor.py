"""The editor of one entry: writes the file, then the shelf reads it again."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from bot.web.posting import cleaned
from bot.web.visit import NOTHING_HERE
from knowledge.community.access import Act
from knowledge.community.privacy import mask
from knowledge.community.refusals import NotFound
from knowledge.faq.editing import CannotEdit, Draft, add_entry, draft_of, find_entry, save_entry
from knowledge.faq.entry import derived_id
from knowledge.store.rows.questions import QuestionRow

if TYPE_CHECKING:
    from pathlib import Path

    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.faq.editing import Found

_ID = re.compile(r"[a-z0-9-]{1,80}")
_NUMBER = re.compile(r"[0-9]{1,15}")
EMPTY = Draft("", (), "", "", "", "长期")


async def entry(visit: Visit) -> web.Response:
    """Show an entry's form as its file has it now."""
    found = await _found(visit)
    saved = "saved" in visit.request.query
    return _form(visit, draft_of(found.block), found=found, saved=saved)


async def save(visit: Visit) -> web.Response:
    """Write the changed entry; what cannot be written stays in the form with the reason."""
    found = await _found(visit)
    form = await visit.request.post()
    draft = await _draft(visit)
    version = str(form.get("version", ""))
    try:
        await asyncio.to_thread(save_entry, found, draft, version)
    except CannotEdit as reason:
        return _form(visit, draft, found=found, trouble=str(reason))
    await visit.app.refresh()
    return visit.back(f"/admin/faq/{_id(visit)}?saved=1")


async def blank(visit: Visit) -> web.Response:
    """Show an empty form, with the words of an unanswered question where one is named."""
    asked = visit.request.query.get("question", "")
    row = await visit.app.look(lambda session: _question(session, asked))
    draft = Draft(row[0], (), row[1], "", "", "长期") if row else EMPTY
    return _form(visit, draft, asked=asked if row else "")


async def add(visit: Visit) -> web.Response:
    """Write a new entry into the pages' own file."""
    draft = await _draft(visit)
    asked = str((await visit.request.post()).get("asked", ""))
    entry_id = derived_id(draft.question)
    try:
        await asyncio.to_thread(add_entry, _folder(visit), entry_id, draft)
    except CannotEdit as reason:
        return _form(visit, draft, asked=asked, trouble=str(reason))
    await visit.app.refresh()
    if _NUMBER.fullmatch(asked):
        await visit.act(lambda work: _mark_drafted(work, int(asked)))
    return visit.back(f"/admin/faq/{entry_id}?saved=1")


def _form(
    visit: Visit,
    draft: Draft,
    *,
    found: Found | None = None,
    asked: str = "",
    trouble: str = "",
    saved: bool = False,
) -> web.Response:
    entry_id = _id(visit) if found else ""
    problems = [
        one
        for one in visit.app.papers.faq.current.problems
        if found and f"《{found.block.title}》" in one.message
    ]
    return visit.page(
        "faq_editor.html",
        status=409 if trouble else 200,
        draft=draft,
        entry_id=entry_id,
        version=found.version if found else "",
        topic=_value(found, "主题"),
        checked=_value(found, "核对"),
        asked=asked,
        trouble=trouble,
        saved=saved,
        problems=problems,
        may_edit=visit.can(Act.FAQ_EDIT),
    )


async def _found(visit: Visit) -> Found:
    found = await asyncio.to_thread(find_entry, _folder(visit), _id(visit))
    if found is None:
        raise NotFound(NOTHING_HERE)
    return found


async def _draft(visit: Visit) -> Draft:
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


def _folder(visit: Visit) -> Path:
    return visit.app.folder / "faq"


def _id(visit: Visit) -> str:
    entry_id = visit.request.match_info["id"]
    if not _ID.fullmatch(entry_id):
        raise NotFound(NOTHING_HERE)
    return entry_id


def _value(found: Found | None, name: str) -> str:
    one = found.block.first(name) if found else None
    return one.value if one else ""


def _question(session: Session, asked: str) -> tuple[str, str] | None:
    row = session.get(QuestionRow, int(asked)) if _NUMBER.fullmatch(asked) else None
    return (mask(row.text), mask(row.answer)) if row else None


def _mark_drafted(work: Work, question_id: int) -> None:
    row = work.session.get(QuestionRow, question_id)
    if row is not None:
        row.drafted = True
