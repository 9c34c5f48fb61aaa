"""没答上的: what had to be handed to a person, the same question once, and what becomes of it."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.phrases.moments import when
from handlers.phrases.numbers import question_number
from knowledge.community.access import Act
from knowledge.community.privacy import mask
from knowledge.faq.editing import CannotEdit, find_entry, save_entry
from knowledge.faq.words import normalise
from knowledge.store.rows.questions import QuestionRow

if TYPE_CHECKING:
    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit
    from knowledge.faq.entry import Entry

NEWEST = 500
DISMISSED = "dismissed"
NO_ENTRY = "没有选是哪一条。请先选一条已有的问答，再点“归到这一条”。"

_NUMBER = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that a person was asked, however often; `near` are the entries closest to it."""

    id: int
    number: str
    text: str
    answer: str
    asked: str
    times: int
    assignee: str
    near: tuple[Entry, ...]


async def unanswered(visit: Visit, trouble: str = "", status: int = 200) -> web.Response:
    """Show what had to be handed to a person, the newest first."""
    groups = await visit.app.look(lambda session: [_row(one, visit) for one in _groups(session)])
    entries = visit.app.papers.faq.current.entries.values()
    return visit.page(
        "unanswered.html",
        status=status,
        rows=groups,
        entries=sorted(entries, key=lambda one: one.question),
        trouble=trouble,
        may_edit=visit.can(Act.FAQ_EDIT),
    )


async def settle(visit: Visit) -> web.Response:
    """归到已有问题, or 不是问题: for everybody who asked it in these words."""
    form = await visit.request.post()
    asked, entry_id = str(form.get("question", "")), str(form.get("entry", ""))
    number = int(asked) if _NUMBER.fullmatch(asked) else 0
    text = await visit.app.look(lambda session: _text(session, number))
    if text and form.get("do") == "join":
        try:
            await _add_wording(visit, entry_id, text)
        except CannotEdit as reason:
            return await unanswered(visit, str(reason), status=409)
    if text:
        joined = form.get("do") == "join"
        await visit.act(lambda work: _mark(work.session, number, joined=joined))
    return visit.back("/admin/unanswered")


async def _add_wording(visit: Visit, entry_id: str, text: str) -> None:
    found = await asyncio.to_thread(find_entry, visit.app.folder / "faq", entry_id)
    if found is None:
        raise CannotEdit(NO_ENTRY)
    draft = found.draft
    if text not in (draft.question, *draft.variants):
        draft = replace(draft, variants=(*draft.variants, text))
        await asyncio.to_thread(save_entry, found, draft, found.version)
        await visit.app.refresh()


def _mark(session: Session, number: int, *, joined: bool) -> None:
    for row in next((one for one in _groups(session) if number in {row.id for row in one}), ()):
        row.drafted = row.drafted or joined
        row.state = row.state if joined else DISMISSED


def _text(session: Session, number: int) -> str:
    row = session.get(QuestionRow, number)
    return mask(" ".join(row.text.split())) if row else ""


def _groups(session: Session) -> list[list[QuestionRow]]:
    """Return the open questions, those in the same words together."""
    query = (
        select(QuestionRow)
        .where(QuestionRow.drafted.is_(False), QuestionRow.state != DISMISSED)
        .order_by(QuestionRow.id.desc())
        .limit(NEWEST)
    )
    groups: dict[str, list[QuestionRow]] = {}
    for row in session.scalars(query):
        groups.setdefault(normalise(row.text) or row.text, []).append(row)
    return list(groups.values())


def _row(group: list[QuestionRow], visit: Visit) -> Unanswered:
    newest = group[0]
    person = visit.hood.person(newest.assignee_id)
    known = visit.app.papers.faq.current.entries
    return Unanswered(
        id=newest.id,
        number=question_number(newest.id),
        text=mask(newest.text),
        answer=mask(next((row.answer for row in group if row.answer), "")),
        asked=when(newest.asked_at, visit.now),
        times=len(group),
        assignee=person.called if person else "",
        near=tuple(known[one] for one in newest.near if one in known),
    )
