"""试一试: what a resident would get, by the very function of the chat."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.semantic.consulting import consult
from bot.web.forms import MAX_TEXT, cleaned
from bot.web.office.editor import draft_in_form
from handlers.intents.calling import uncalled
from handlers.thinking.thought import Action, Scene
from knowledge.faq.editing import CannotEdit, checked_draft, new_text, rewritten
from knowledge.faq.entry import entry_of
from knowledge.faq.index import Index
from knowledge.files.blocks import parse_blocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.thinking.thought import Thought
    from knowledge.faq.editing import Draft
    from knowledge.faq.shelf import View

ACTION_WORDS = {
    Action.ANSWER: "会直接回答",
    Action.CHOOSE: "拿不准，给几个让人选",
    Action.ASK: "当作报修，还要问一句",
    Action.CONFIRM: "当作报修，请他确认",
    Action.LOG: "当作急事，马上登记",
    Action.WARN: "提醒防骗",
    Action.HANDOVER: "不会答，转给人",
    Action.REFUSE: "不能办",
    Action.SILENT: "不出声",
}


async def attempt(visit: Visit) -> web.Response:
    """Try a text with the very function of the chat, privately or as a group hears it."""
    return await _answer(visit, visit.request.query, visit.app.papers.faq.current)


async def attempt_unsaved(visit: Visit) -> web.Response:
    """The same with what stands in the editor's form, as if it were saved."""
    form, draft = await visit.request.post(), await draft_in_form(visit)
    view = visit.app.papers.faq.current
    faq_id = str(form.get("id", "")) or "preview"
    try:
        view = await asyncio.to_thread(_as_if_saved, view, faq_id, draft)
    except CannotEdit as reason:
        return await _answer(visit, form, view, trouble=str(reason))
    return await _answer(visit, form, view)


async def _answer(
    visit: Visit, asked: Mapping[str, object], view: View, trouble: str = ""
) -> web.Response:
    text = cleaned(str(asked.get("text", "")))[:MAX_TEXT]
    where = "group" if asked.get("where") == "group" else "private"
    thought = await think(visit, text, view, addressed=where == "private") if text else None
    template = "piece_try_result.html" if visit.partial else "faq_try.html"
    return visit.page(
        template, text=text, where=where, thought=thought, words=ACTION_WORDS, trouble=trouble
    )


def _as_if_saved(view: View, faq_id: str, draft: Draft) -> View:
    """Return the shelf with one entry as the form has it; raises CannotEdit."""
    draft = checked_draft(draft)
    written = view.texts.get(faq_id)
    text = rewritten(parse_blocks(written, "")[0], draft) if written else new_text(faq_id, draft)
    entry = replace(entry_of(parse_blocks(text, "")[0]), suspended=False)
    entries = {**view.entries, faq_id: entry}
    return replace(view, entries=entries, index=Index.build(entries.values(), view.index.subjects))


async def think(visit: Visit, text: str, view: View, *, addressed: bool) -> Thought:
    """Consider a text as the chat would."""
    scene = Scene(
        hood=visit.hood,
        faq=view,
        now=visit.now,
        addressed=addressed,
        away=visit.app.town.away(visit.now),
        scams=visit.app.papers.scams,
        timetable=visit.app.papers.timetable,
        calendar=visit.app.calendar,
        office=visit.app.rules.office,
    )
    return await consult(visit.app.adviser, uncalled(text, visit.app.rules.names), scene)
