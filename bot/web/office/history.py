"""The history of one entry: who changed it when, before and after, and the way back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.web.office.editor import entry_id
from bot.web.visit import NOTHING_HERE
from handlers.actions.faq import entries, objections
from handlers.phrases.audit import HOW
from handlers.phrases.moments import when
from knowledge.community.hood.access import Act
from knowledge.community.refusals import NotFound
from knowledge.faq.editing import CannotEdit
from knowledge.faq.rewording import pieces, shortened
from knowledge.files.blocks import parse_blocks
from knowledge.store.changes import history, open_objections

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.store.rows.faq import ChangeRow

NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Step:
    """One change as the page shows it; `pieces` are (same | gone | new, text)."""

    number: int
    at: str
    who: str
    how: str
    pieces: tuple[tuple[str, str], ...]
    text: str
    current: bool


async def show(visit: Visit, trouble: str = "", status: int = 200) -> web.Response:
    """Show all changes, the newest first."""
    faq_id = entry_id(visit)
    steps = await visit.glance(lambda work: _steps(work, faq_id))
    if not steps:
        raise NotFound(NOTHING_HERE)
    standing = next((step.text for step in steps if step.text), "")
    blocks = parse_blocks(standing, "")
    return visit.page(
        "faq_history.html",
        status=status,
        entry_id=faq_id,
        title=blocks[0].title if blocks else faq_id,
        steps=steps,
        trouble=trouble,
        may_edit=visit.can(Act.FAQ_EDIT),
    )


async def act(visit: Visit) -> web.Response:
    """退回, 停用, 恢复, or 答案没错: each one press."""
    faq_id, form = entry_id(visit), await visit.request.post()
    do, number = str(form.get("do", "")), str(form.get("number", ""))

    def deed(work: Work) -> bool:
        if not history(work.session, faq_id):
            raise NotFound(NOTHING_HERE)
        return _do(work, visit.me.id, faq_id, do, int(number) if NUMBER.fullmatch(number) else 0)

    try:
        live = await visit.act(deed)
    except CannotEdit as reason:
        return await show(visit, str(reason), status=409)
    await visit.app.refresh()
    if faq_id not in visit.app.papers.faq.current.texts:
        return visit.back("/admin/waiting")
    return visit.back(f"/admin/faq/{faq_id}?saved={'live' if live else 'waits'}")


def _do(work: Work, who: str, faq_id: str, do: str, number: int) -> bool:
    if do == "rollback":
        return entries.roll_back(work, who, faq_id, number, telling=False)
    if do == "resume":
        return entries.resume(work, who, faq_id)
    waiting = open_objections(work.session, faq_id)
    if do == "suspend":
        if waiting:
            objections.stop(work, who, waiting[0].id)
        else:
            entries.suspend(work, who, faq_id)
    elif do == "fine" and waiting:
        objections.is_right(work, who, waiting[0].id)
    return True


def _steps(work: Work, faq_id: str) -> list[Step]:
    rows = history(work.session, faq_id)
    if not rows:
        return []
    before = [*(row.text for row in rows[1:]), ""]
    return [_step(work, row, old, rows[0]) for row, old in zip(rows, before, strict=True)]


def _step(work: Work, row: ChangeRow, before: str, newest: ChangeRow) -> Step:
    return Step(
        row.number,
        when(row.at, work.now),
        _names(work, row),
        HOW.get(row.how, row.how),
        tuple(shortened(pieces(before, row.text))) if row.how != "found" else (),
        row.text,
        row.text == newest.text,
    )


def _names(work: Work, row: ChangeRow) -> str:
    def called(who: str) -> str:
        person = work.hood.person(who)
        return person.called if person else "不知道是谁"

    if not row.who:
        return "" if row.how == "found" else "不知道是谁"
    second = f"，{called(row.second)}发布" if row.second else ""
    return f"{called(row.who)}{second}"
