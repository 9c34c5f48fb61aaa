"""What lies before the editor of an entry beside its text: objections, readers, what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.phrases.moments import when
from knowledge.community.privacy import mask
from knowledge.faq.editing import Draft
from knowledge.store.answers import still_to_tell
from knowledge.store.changes import open_objections
from knowledge.store.rows.faq import ProposalRow
from knowledge.store.rows.questions import QuestionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.work import Work


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before the editor of an entry, beside its text."""

    objections: tuple[tuple[str, str, str, int], ...] = ()
    """(name, when, words, id) of those that wait."""
    readers: int = 0
    """How many were given the old answer lately."""
    proposal: ProposalRow | None = None


def desk_of(work: Work, faq_id: str) -> Desk:
    """Look up what concerns an entry."""
    rows = open_objections(work.session, faq_id)
    names = work.hood.people
    readers = {row.who for row in still_to_tell(work.session, faq_id, work.now)}
    return Desk(
        tuple(
            (
                names[row.who].called if row.who in names else "一位居民",
                when(row.at, work.now),
                mask(row.words),
                row.id,
            )
            for row in rows
        ),
        len(readers | {row.who for row in rows}),
        work.session.get(ProposalRow, faq_id),
    )


def draft_of_questions(session: Session, asked: tuple[str, ...]) -> Draft | None:
    """Return a draft of the questions' words, the shortest as its heading; None without any."""
    rows = [row for one in asked if (row := session.get(QuestionRow, int(one))) is not None]
    texts = sorted({mask(" ".join(row.text.split())) for row in rows}, key=len)
    if not texts:
        return None
    answer = next((mask(row.answer) for row in rows if row.answer), "")
    return Draft(texts[0], tuple(texts[1:]), answer, "", "", "长期")
