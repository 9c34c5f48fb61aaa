"""An entry was the answer: noted for the editors, and for telling its asker should it be wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.messages import ChatKind
from knowledge.store.sheaf import ANSWERS, lay

if TYPE_CHECKING:
    from handlers.messages import ChatRef
    from handlers.work import Work

OBJECTED = timedelta(minutes=30)
"""How long the asker's short words in a group may say that the answer is wrong."""


def note_answer(
    work: Work, chat: ChatRef, who: str, faq_id: str, score: float | None = None
) -> None:
    """Remember that an entry was the answer, how sure that was, and for seven days to whom."""
    row = {
        "faq_id": faq_id,
        "at": work.now,
        "score": score,
        "who": who,
        "channel": chat.channel,
        "chat_id": chat.id,
    }
    lay(work.session, ANSWERS, row)
    if chat.kind is ChatKind.GROUP:
        work.expect(chat, who, work.now + OBJECTED)
