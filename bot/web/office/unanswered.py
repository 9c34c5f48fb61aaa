"""没答上的: what had to be handed to a person, alike ones together, and what becomes of them."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from handlers.actions.faq import settling
from handlers.actions.faq.settling import DISMISSED
from handlers.phrases.moments import when
from handlers.phrases.numbers import question_number
from knowledge.community.hood.access import Act
from knowledge.community.privacy import mask
from knowledge.faq.editing import CannotEdit
from knowledge.faq.topics import group
from knowledge.faq.words import normalise
from knowledge.store.rows.questions import QuestionRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.faq.entry import Entry

NEWEST = 500
PAGE, WORDINGS = 20, 10
"""Groups on a page, and wordings of a group, that are shown at once."""
SETTLED = 100
NOTHING_CHOSEN = "没有勾选问题。请先在前面打勾。"

_NUMBER = re.compile(r"[0-9]{1,15}")


class Waiting(NamedTuple):
    """One question that nobody has settled, of its row what the list shows."""

    id: int
    text: str
    asked_at: datetime
    assignee_id: str | None
    answer: str
    near: tuple[str, ...]


class Alike(NamedTuple):
    """Rows that seem to ask the same, those in the same words together, the newest first."""

    words: tuple[str, ...]
    wordings: list[list[Waiting]]

    @property
    def rows(self) -> list[Waiting]:
        """All of them."""
        return [row for one in self.wordings for row in one]

    @property
    def id(self) -> int:
        """The newest row names the group."""
        return max(row.id for row in self.rows)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in the same words, however often; `ids` are all its rows."""

    ids: tuple[int, ...]
    text: str
    number: str
    asked: str
    assignee: str
    answer: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that seem to be one; `near` are the entries closest to them.

    `hidden` = wordings that are not listed.
    """

    id: int
    words: str
    questions: tuple[Asked, ...]
    hidden: int
    times: int
    near: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """Questions that were settled together."""

    ids: tuple[int, ...]
    texts: tuple[str, ...]
    by: str
    at: str
    entry_id: str
    entry: str


async def unanswered(visit: Visit, trouble: str = "", status: int = 200) -> web.Response:
    """Show what had to be handed to a person, alike questions together, the most asked first."""
    rows = await visit.app.look(_waiting)
    ended = await visit.app.look(lambda session: _ended(session, visit))
    groups = await asyncio.to_thread(_alike, rows)
    begin, opened = visit.begin, visit.request.query.get("all", "")
    entries = visit.app.papers.faq.current.entries.values()
    return visit.page(
        "unanswered.html",
        status=status,
        groups=[_group(one, visit, opened) for one in groups[begin : begin + PAGE]],
        more=begin + PAGE if begin + PAGE < len(groups) else 0,
        begin=begin,
        ended=ended,
        entries=sorted(entries, key=lambda one: one.question),
        trouble=trouble,
        may_edit=visit.can(Act.FAQ_EDIT),
    )


async def settle(visit: Visit) -> web.Response:
    """写答案, 归到已有问题, 不是问题 or 撤销, for the ticked questions."""
    form = await visit.request.post()
    ids = _ids([str(one) for one in form.getall("question", [])])
    do, faq_id = str(form.get("do", "")), str(form.get("entry", ""))
    if not ids:
        return await unanswered(visit, NOTHING_CHOSEN, status=409)
    if do == "write":
        asked = "&".join(f"question={one}" for one in ids)
        return visit.back(f"/admin/faq?{asked}")

    def deed(work: Work) -> None:
        if do == "join":
            settling.join(work, visit.me.id, ids, faq_id)
        elif do == "dismiss":
            settling.dismiss(work, visit.me.id, ids)
        elif do == "undo":
            settling.undo(work, visit.me.id, ids)

    try:
        await visit.act(deed)
    except CannotEdit as reason:
        return await unanswered(visit, str(reason), status=409)
    await visit.app.refresh()
    return visit.back("/admin/unanswered")


def _ids(said: Sequence[str]) -> list[int]:
    """Return the numbers of the form, which names the rows of one wording together."""
    parts = (part for one in said for part in one.split(","))
    return [int(part) for part in parts if _NUMBER.fullmatch(part)]


def _waiting(session: Session) -> tuple[Waiting, ...]:
    row = QuestionRow
    query = select(row.id, row.text, row.asked_at, row.assignee_id, row.answer, row.near)
    query = query.where(row.drafted.is_(False), row.state != DISMISSED)
    found = session.execute(query.order_by(row.id.desc()).limit(NEWEST)).all()
    return tuple(
        Waiting(number, text, at, assignee, answer, tuple(near))
        for number, text, at, assignee, answer, near in found
    )


@lru_cache(maxsize=1)
def _alike(rows: tuple[Waiting, ...]) -> list[Alike]:
    """Put those in the same words together, then those alike, the most asked first.

    The list is opened again and again before one of its rows changes: it is sorted once.
    """
    same: dict[str, list[Waiting]] = {}
    for row in rows:
        same.setdefault(normalise(row.text) or row.text, []).append(row)
    made = [Alike(topic.words, [same[text] for text in topic.texts]) for topic in group(same)]
    return sorted(made, key=lambda one: (-len(one.rows), -one.id))


def _group(found: Alike, visit: Visit, opened: str) -> Group:
    known = visit.app.papers.faq.current.entries
    near = Counter(one for row in found.rows for one in row.near if one in known)
    shown = found.wordings if opened == str(found.id) else found.wordings[:WORDINGS]
    return Group(
        found.id,
        "、".join(found.words),
        tuple(_asked(one, visit) for one in shown),
        len(found.wordings) - len(shown),
        len(found.rows),
        tuple(known[one] for one, _ in near.most_common(3)),
    )


def _asked(rows: Sequence[Waiting], visit: Visit) -> Asked:
    newest = rows[0]
    person = visit.hood.person(newest.assignee_id)
    return Asked(
        tuple(row.id for row in rows),
        mask(newest.text),
        question_number(newest.id),
        when(newest.asked_at, visit.now),
        person.called if person else "",
        mask(next((row.answer for row in rows if row.answer), "")),
    )


def _ended(session: Session, visit: Visit) -> list[Ended]:
    query = select(QuestionRow).where(QuestionRow.settled_at.is_not(None))
    newest = query.order_by(QuestionRow.settled_at.desc(), QuestionRow.entry_id, QuestionRow.id)
    rows = session.scalars(newest.limit(SETTLED)).all()
    together = groupby(rows, key=lambda row: (row.settled_at, row.settled_by, row.entry_id))
    return [_end(tuple(one), visit) for _, one in together]


def _end(rows: Sequence[QuestionRow], visit: Visit) -> Ended:
    first, view = rows[0], visit.app.papers.faq.current
    person = visit.hood.person(first.settled_by)
    entry = view.entries.get(first.entry_id) or view.drafts.get(first.entry_id)
    return Ended(
        tuple(row.id for row in rows),
        settling.wordings_of(rows),
        person.called if person else "",
        when(first.settled_at, visit.now) if first.settled_at else "",
        first.entry_id,
        entry.question if entry else "",
    )
