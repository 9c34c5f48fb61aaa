"""Genuine or not: the code under a notice shows its original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.notices.verified import count_verified
from handlers.actions.telling import About
from handlers.phrases import notices as phrases
from knowledge.community.notices.posting import spoken_code
from knowledge.store.notices import correction_of, sent_with_code

if TYPE_CHECKING:
    from handlers.turn import Turn

BESIDE = 24
"""Characters beside the code up to which nobody has sent us the notice itself: 这个是真的吗."""


def verify(turn: Turn) -> bool:
    """Show what we really sent under a code; False where nobody asks us about one."""
    code = spoken_code(turn.text) if turn.addressed else ""
    if not code:
        return False
    found = sent_with_code(turn.work.session, code)
    if found is None or found.at is None:
        turn.reply(phrases.unknown_code(code))
        return True
    count_verified(turn.work, code)
    altered = bool(found.body) and _is_altered(turn.text, found.body)
    right = correction_of(turn.work.session, code)
    said = phrases.genuine(found.title, found.at, altered=altered)
    turn.reply(f"{said}\n{phrases.CORRECTED_SINCE}" if right else said)
    for one in (found, right):
        if one is not None and one.body:
            turn.reply(one.body, about=About(notice_id=one.notice_id))
    return True


def _is_altered(text: str, body: str) -> bool:
    """Whether somebody has sent a whole notice, and it is not ours word for word."""
    said, ours = "".join(text.split()), "".join(body.split())
    return len(said) > BESIDE and ours not in said
