"""The office's list of questions and answers, and 试一试."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.semantic.consulting import consult
from bot.web.posting import MAX_TEXT, cleaned
from handlers.intents.thought import Action, Scene
from knowledge.files.checks import SOON, STALE
from knowledge.store.questions import times_answered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.intents.thought import Thought
    from knowledge.faq.entry import Entry
    from knowledge.faq.shelf import View
    from knowledge.files.problem import Problem

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


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the list with what an editor should look at."""

    entry: Entry
    times: int
    """How often it was the answer."""
    marks: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


async def faq_list(visit: Visit) -> web.Response:
    """Show all entries, those with something to mend first."""
    view = visit.app.papers.faq.current
    wanted = cleaned(visit.request.query.get("q", ""))
    times = await visit.app.look(times_answered)
    rows = [row for row in rows_of(view, visit.now.date(), times) if _matches(row.entry, wanted)]
    loose = tuple(one for one in view.problems if not _placed(one, view))
    return visit.page("faq.html", rows=rows, wanted=wanted, loose=loose, total=len(view.entries))


async def attempt(visit: Visit) -> web.Response:
    """Try a text with the very function of the chat, privately or as a group hears it."""
    text = cleaned(visit.request.query.get("text", ""))[:MAX_TEXT]
    where = "group" if visit.request.query.get("where") == "group" else "private"
    thought = await think(visit, text, addressed=where == "private") if text else None
    template = "piece_try_result.html" if visit.partial else "faq_try.html"
    return visit.page(template, text=text, where=where, thought=thought, words=ACTION_WORDS)


async def think(visit: Visit, text: str, *, addressed: bool) -> Thought:
    """Consider a text as the chat would."""
    scene = Scene(
        hood=visit.hood,
        faq=visit.app.papers.faq.current,
        now=visit.now,
        addressed=addressed,
        away=visit.app.town.away(visit.now),
    )
    return await consult(visit.app.adviser, text, scene)


def rows_of(view: View, today: date, times: Mapping[str, int]) -> list[Row]:
    """Return the entries as rows: those with marks first, else in file order."""
    owned: dict[str, list[Problem]] = {}
    for problem in view.problems:
        if owner := _owner(problem, view):
            owned.setdefault(owner, []).append(problem)
    rows = [
        Row(entry, times.get(entry.id, 0), _marks(entry, today), tuple(owned.get(entry.id, ())))
        for entry in view.entries.values()
    ]
    return sorted(rows, key=lambda row: not (row.marks or row.problems))


def _marks(entry: Entry, today: date) -> tuple[tuple[str, str], ...]:
    """Return (look, word) for what is wrong with an entry's dates."""
    marks = []
    if entry.valid_until and entry.valid_until < today:
        marks.append(("late", "已过期，不再回答"))
    elif entry.valid_until and entry.valid_until <= today + SOON:
        marks.append(("warm", f"{(entry.valid_until - today).days} 天后到期"))
    if entry.checked and entry.checked < today - STALE:
        marks.append(("warm", "一年没核对了"))
    return tuple(marks)


def _owner(problem: Problem, view: View) -> str:
    """Return the entry in whose lines the problem lies, "" for none."""
    above = [
        entry
        for entry in view.entries.values()
        if entry.file == problem.file and entry.line <= problem.line
    ]
    nearest = max(above, key=lambda entry: entry.line, default=None)
    return nearest.id if nearest and f"《{nearest.question}》" in problem.message else ""


def _placed(problem: Problem, view: View) -> bool:
    return bool(_owner(problem, view))


def _matches(entry: Entry, wanted: str) -> bool:
    return not wanted or any(
        wanted in text for text in (*entry.wordings, entry.topic, entry.short, entry.id)
    )
