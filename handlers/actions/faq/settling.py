"""What becomes of questions that no entry answers: joined to one, no question, and back again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.faq.entries import GONE, Change, change
from knowledge.community.privacy import mask
from knowledge.faq.editing import CannotEdit, checked_draft, find_entry, rewritten
from knowledge.store.rows.questions import QuestionRow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from handlers.work import Work
    from knowledge.faq.editing import Found

DISMISSED = "dismissed"
NO_ENTRY = "没有选是哪一条。请先选一条已有的问答，再点“归到这一条”。"


def join(work: Work, who: str, ids: Collection[int], faq_id: str) -> bool:
    """Make wordings of an entry of the questions; False where that waits for a second editor."""
    rows = waiting_of(work, ids)
    found = find_entry(work.rules.faq_folder, faq_id)
    if found is None:
        raise CannotEdit(NO_ENTRY)
    known = (found.draft.question, *found.draft.variants)
    fresh = [text for text in wordings_of(rows) if text not in known]
    live = not fresh or _reword(work, who, found, (*found.draft.variants, *fresh))
    for row in rows:
        row.drafted, row.entry_id = True, faq_id
        row.settled_by, row.settled_at = who, work.now
    return live


def dismiss(work: Work, who: str, ids: Collection[int]) -> None:
    """Note that these were no questions; who asked is not asked back."""
    for row in waiting_of(work, ids):
        row.state = DISMISSED
        row.settled_by, row.settled_at = who, work.now


def undo(work: Work, who: str, ids: Collection[int]) -> None:
    """Put settled questions back on the list; wordings that they became are taken out again."""
    rows = [row for row in _rows(work, ids) if row.settled_at is not None]
    for faq_id in {row.entry_id for row in rows if row.entry_id}:
        _take_out(work, who, faq_id, [row for row in rows if row.entry_id == faq_id])
    for row in rows:
        row.state = "answered" if row.answer else "open"
        row.drafted, row.entry_id, row.settled_by, row.settled_at = False, "", "", None


def wordings_of(rows: Sequence[QuestionRow]) -> tuple[str, ...]:
    """Return the questions' words on one line each, masked, none twice."""
    return tuple(dict.fromkeys(mask(" ".join(row.text.split())) for row in rows))


def waiting_of(work: Work, ids: Collection[int]) -> list[QuestionRow]:
    """Return those of the questions that are still on the list."""
    return [row for row in _rows(work, ids) if not row.drafted and row.state != DISMISSED]


def _rows(work: Work, ids: Collection[int]) -> list[QuestionRow]:
    query = select(QuestionRow).where(QuestionRow.id.in_(ids)).order_by(QuestionRow.id)
    return list(work.session.scalars(query))


def _take_out(work: Work, who: str, faq_id: str, rows: Sequence[QuestionRow]) -> None:
    found = find_entry(work.rules.faq_folder, faq_id)
    if found is None:
        return
    gone = set(wordings_of(rows))
    left = tuple(one for one in found.draft.variants if one not in gone)
    if left != found.draft.variants:
        _reword(work, who, found, left)


def _reword(work: Work, who: str, found: Found, variants: tuple[str, ...]) -> bool:
    one = found.block.first("编号")
    if one is None:
        raise CannotEdit(GONE)
    text = rewritten(found.block, checked_draft(replace(found.draft, variants=variants)))
    return change(work, who, Change(one.value, text, found.version, "wording"))
