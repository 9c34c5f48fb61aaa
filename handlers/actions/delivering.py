"""A claimed sending in the form its chat takes: read, answered as a quiz, or read aloud."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.loudspeakers import first_spoken, script_of
from handlers.actions.quizzes import LASTS, offer_answers
from handlers.actions.telling import About, quiet_end, tell_chat

if TYPE_CHECKING:
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.community.notice import Notice
    from knowledge.store.rows.notices import SendingRow

COUNT_AFTER = timedelta(minutes=90)
"""How long 收到 are collected before the count is told."""


def text_for(work: Work, notice: Notice, channel: str, body: str) -> str:
    """Return what a chat of that channel gets; "" where a loudspeaker has nothing to read."""
    return script_of(notice) if channel in work.rules.loudspeakers else body


def deliver(work: Work, sending: SendingRow, chat: ChatRef, *, urgent: bool = False) -> None:
    """Queue a claimed sending, and note when its 收到 or answers are told."""
    about = About(notice_id=sending.notice_id, lane="P0" if urgent else None)
    if chat.channel in work.rules.loudspeakers:
        sending.asks_receipt = False
        row = tell_chat(work, chat, sending.body, about=about)
        row.not_before = work.now if urgent else first_spoken(work.now)
        return
    if sending.quiz is not None:
        sending.report_at = quiet_end(work.now + LASTS, work.rules.quiet)
    elif sending.asks_receipt:
        sending.report_at = quiet_end(work.now + COUNT_AFTER, work.rules.quiet)
    buttons = offer_answers(work, chat, sending)
    tell_chat(work, chat, sending.body, buttons=buttons, about=about)
