"""Questions and answers as a file: out by one click, in by upload, preview and confirmation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.web.uploads import confirmed, download, upload_of, with_upload
from handlers.actions.auditing import note
from handlers.actions.faq.importing import import_drafts, import_entries
from knowledge.faq.editing import CannotEdit
from knowledge.faq.importing import plan_import
from knowledge.faq.plan import Kind
from knowledge.faq.sheet import read_sheet
from knowledge.files.office import WORD, CannotOpen, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from aiohttp import web

    from bot.web.uploads import Upload
    from bot.web.visit import Visit
    from knowledge.faq.editing import Draft
    from knowledge.faq.plan import Plan
    from knowledge.files.problem import Problem

SHOWN = 200
"""Changes of a kind that are shown; the rest is counted."""
_DIGITS = 6
SHOWN_KINDS = (Kind.CLASH, Kind.GONE, Kind.CHANGED, Kind.ADDED, Kind.KEPT, Kind.WRONG)
OVERTAKEN = "您看预览的时候，问答文件又有了变化，还没有导入。请再看一次下面的预览。"


async def show(visit: Visit, trouble: str = "", status: int = 200) -> web.Response:
    """Show the ways in and out, and what the last import did."""
    query = visit.request.query
    done = {name: _count(query.get(name, "")) for name in ("done", "drafts", "waiting")}
    nothing = query.get("done") == "0"
    return visit.page("faq_files.html", status=status, trouble=trouble, done=done, nothing=nothing)


async def export(visit: Visit) -> web.Response:
    """Send all entries and drafts as a workbook."""
    me = visit.me.id
    await visit.act(lambda work: note(work, me, "export.faq"))
    raw = await asyncio.to_thread(_book, visit)
    return download(raw, f"faq-{visit.now:%Y-%m-%d}.xlsx")


async def preview(visit: Visit) -> web.Response:
    """Show what an uploaded file would change; nothing is changed yet."""
    return await with_upload(visit, upload_of, show, _preview)


async def confirm(visit: Visit) -> web.Response:
    """Do what the preview showed; where the files have changed since, show it again."""
    return await with_upload(visit, confirmed, show, _carry_out)


async def _carry_out(visit: Visit, upload: Upload) -> web.Response:
    form = await visit.request.post()
    try:
        if upload.name.lower().endswith(WORD.suffix):
            return await _keep_drafts(visit, upload)
        plan = await _plan(visit, upload)
        if plan.mark != str(form.get("mark", "")):
            return await _preview(visit, upload, OVERTAKEN)
        take = {str(one) for one in form.getall("take", ())}
        return await _import(visit, await _plan(visit, upload, take))
    except CannotEdit as reason:
        return await _preview(visit, upload, str(reason))


async def _import(visit: Visit, plan: Plan) -> web.Response:
    me, edits = visit.me.id, plan.edits
    at_once = await visit.act(lambda work: import_entries(work, me, edits))
    await visit.app.refresh()
    return visit.back(f"/admin/import?{'done' if at_once else 'waiting'}={len(edits)}")


async def _keep_drafts(visit: Visit, upload: Upload) -> web.Response:
    me = visit.me.id
    drafts, _ = await asyncio.to_thread(_drafts, visit, upload)
    kept = await visit.act(lambda work: import_drafts(work, me, drafts))
    await visit.app.refresh()
    return visit.back(f"/admin/import?drafts={len(kept)}")


async def _preview(visit: Visit, upload: Upload, trouble: str = "") -> web.Response:
    plan: Plan | None = None
    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    try:
        if kind_of(upload.name) is WORD:
            drafts, problems = await asyncio.to_thread(_drafts, visit, upload)
        else:
            plan = await _plan(visit, upload)
            problems = plan.problems
    except CannotOpen as reason:
        problems = (reason.problem,)
    return visit.page(
        "faq_preview.html",
        status=409 if trouble else 200,
        upload=upload,
        plan=plan,
        groups=[(kind, plan.of(kind)) for kind in SHOWN_KINDS] if plan else [],
        drafts=drafts,
        problems=problems,
        trouble=trouble,
        shown=SHOWN,
    )


async def _plan(visit: Visit, upload: Upload, take: Collection[str] = ()) -> Plan:
    return await asyncio.to_thread(_planned, visit, upload, take)


def _planned(visit: Visit, upload: Upload, take: Collection[str]) -> Plan:
    from knowledge.faq.book import read_book

    rules = visit.app.rules
    table = read_book(upload.raw, upload.name)
    return plan_import(rules.faq_folder, table, visit.now.date(), rules.allow_links, take)


def _drafts(visit: Visit, upload: Upload) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    from knowledge.faq.worddocument import read_word

    sheet = read_sheet(visit.app.rules.faq_folder)
    standing = [block.title for block in (*sheet.blocks.values(), *sheet.drafts.values())]
    return read_word(upload.raw, upload.name, standing)


def _book(visit: Visit) -> bytes:
    from knowledge.faq.book import book_of

    rules = visit.app.rules
    return book_of(read_sheet(rules.faq_folder, links=rules.allow_links))[0]


def _count(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else 0
