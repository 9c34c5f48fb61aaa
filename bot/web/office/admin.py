"""The office's list of questions and answers, and what an editor should look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.web.forms import cleaned
from knowledge.faq.answering import has_expired
from knowledge.files.blocks import parse_blocks
from knowledge.files.checks import SOON, STALE
from knowledge.store.answers import Use, uses
from knowledge.store.changes import gone, open_objections
from knowledge.store.rows.faq import ProposalRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit
    from knowledge.faq.entry import Entry
    from knowledge.faq.shelf import View
    from knowledge.files.problem import Problem

UNUSED = Use(0, None)
GONE = "gone"
"""The filter of what was taken out."""
UNSURE = 0.75
"""Mean confidence below which the wordings of an entry should be looked at."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the database knows of the entries: how they were used, who objected, what waits."""

    used: Mapping[str, Use]
    objected: Mapping[str, int]
    proposed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the list with what an editor should look at."""

    entry: Entry
    use: Use
    marks: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    kinds: frozenset[str]
    """Filters that show it."""


FILTERS: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "problems": ("有毛病", lambda row: bool(row.problems)),
    "ending": ("快到期、已过期", lambda row: "ending" in row.kinds),
    "objected": ("有人说不对", lambda row: "objected" in row.kinds),
    "suspended": ("停用的", lambda row: row.entry.suspended),
    "unused": ("没人问过", lambda row: not row.use.times),
    "unsure": (
        "把握不大",
        lambda row: row.use.confidence is not None and row.use.confidence < UNSURE,
    ),
}


async def faq_list(visit: Visit) -> web.Response:
    """Show all entries, or those of one filter; those with something to mend first."""
    view = visit.app.papers.faq.current
    wanted = cleaned(visit.request.query.get("q", ""))
    only = visit.request.query.get("only", "")
    record = await visit.app.look(read_record)
    rows = [row for row in rows_of(view, visit.now.date(), record) if _matches(row.entry, wanted)]
    counts = Counter(name for row in rows for name, (_, shows) in FILTERS.items() if shows(row))
    filters = [(name, word, counts[name]) for name, (word, _) in FILTERS.items() if counts[name]]
    lost = await visit.app.look(read_gone)
    if lost:
        filters.append((GONE, "删掉的", len(lost)))
    shown = [row for row in rows if FILTERS[only][1](row)] if only in FILTERS else rows
    loose = tuple(one for one in view.problems if not _owner(one, view))
    return visit.page(
        "faq.html",
        rows=[] if only == GONE else shown,
        gone=lost if only == GONE else [],
        wanted=wanted,
        only=only,
        filters=filters,
        loose=loose,
        total=len(view.entries),
    )


def read_gone(session: Session) -> list[tuple[str, str]]:
    """Return (编号, question) of the entries that were taken out: their history leads back."""
    return [(faq_id, parse_blocks(text, "")[0].title) for faq_id, text in gone(session).items()]


def read_record(session: Session) -> Record:
    """Look up how the entries were used and what happened to them."""
    return Record(
        uses(session),
        Counter(row.faq_id for row in open_objections(session)),
        frozenset(session.scalars(select(ProposalRow.faq_id))),
    )


def rows_of(view: View, today: date, record: Record) -> list[Row]:
    """Return the entries as rows: those with marks first, else in file order."""
    owned: dict[str, list[Problem]] = {}
    for problem in view.problems:
        if owner := _owner(problem, view):
            owned.setdefault(owner, []).append(problem)
    rows = []
    for entry in view.entries.values():
        marks = tuple(_marks(entry, today, record))
        rows.append(
            Row(
                entry,
                record.used.get(entry.id, UNUSED),
                tuple((look, word) for look, word, _ in marks),
                tuple(owned.get(entry.id, ())),
                frozenset(kind for _, _, kind in marks),
            )
        )
    return sorted(rows, key=lambda row: not (row.marks or row.problems))


def _marks(entry: Entry, today: date, record: Record) -> Iterable[tuple[str, str, str]]:
    """Yield (look, word, kind) for what an editor should see to."""
    if times := record.objected.get(entry.id, 0):
        yield "late", f"{times} 个人说不对，等核对", "objected"
    if entry.suspended:
        yield "late", "已停用，不回答", "suspended"
    if has_expired(entry, today):
        yield "late", "已过期，不再回答", "ending"
    elif entry.valid_until and entry.valid_until <= today + SOON:
        yield "warm", f"{(entry.valid_until - today).days} 天后到期", "ending"
    if entry.checked and entry.checked < today - STALE:
        yield "warm", "一年没核对了", "stale"
    if entry.id in record.proposed:
        yield "warm", "有修改等另一位编辑发布", "proposed"


def _owner(problem: Problem, view: View) -> str:
    """Return the entry in whose lines the problem lies, "" for none."""
    above = [
        entry
        for entry in (*view.entries.values(), *view.drafts.values())
        if entry.file == problem.file and entry.line <= problem.line
    ]
    nearest = max(above, key=lambda entry: entry.line, default=None)
    return nearest.id if nearest and f"《{nearest.question}》" in problem.message else ""


def _matches(entry: Entry, wanted: str) -> bool:
    return not wanted or any(
        wanted in text for text in (*entry.wordings, entry.topic, entry.short, entry.id)
    )
