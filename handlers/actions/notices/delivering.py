"""A claimed sending in the form its chat takes: read, answered as a quiz, or read aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.notices.loudspeakers import first_spoken
from handlers.actions.notices.quizzes import LASTS, offer_answers
from handlers.actions.telling import About, tell_chat
from knowledge.store.rows.notices import RoundRow, SendingRow

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.messages import ChatRef
    from handlers.work import Work

RELAY = "relay"
"""Status of a sending that waits for the level of its group."""
COUNT_AFTER = timedelta(minutes=90)
"""How long 收到 are collected before the count is told."""


def report_at(work: Work, at: datetime, *, quiz: bool) -> datetime:
    """Return when the 收到, or the answers, of a sending are counted and told."""
    return work.rules.manners.first_loud(at + (LASTS if quiz else COUNT_AFTER))


def read_aloud(work: Work, chat: ChatRef, script: str, about: About) -> None:
    """Queue what a loudspeaker reads: by day, but at once where life is in danger."""
    at = work.now if about.lane == "P0" else first_spoken(about.not_before or work.now)
    tell_chat(work, chat, script, about=replace(about, not_before=at))


def sending_of(work: Work, notice_id: str, planned: datetime, chat: ChatRef) -> SendingRow:
    """Return the claim of a round for a chat."""
    return work.session.scalars(
        select(SendingRow).where(
            SendingRow.notice_id == notice_id,
            SendingRow.planned == planned,
            SendingRow.channel == chat.channel,
            SendingRow.chat_id == chat.id,
        )
    ).one()


def deliver(work: Work, sending: SendingRow, chat: ChatRef) -> None:
    """Send now what has waited for its level; nothing of a round that was ended."""
    on_its_way = work.session.scalars(
        select(RoundRow).where(
            RoundRow.notice_id == sending.notice_id, RoundRow.planned == sending.planned
        )
    ).first()
    if on_its_way is None or on_its_way.cancelled_at is not None:
        return
    sending.at = work.now
    about = About(notice_id=sending.notice_id, round_id=on_its_way.id)
    if chat.channel in work.rules.loudspeakers:
        read_aloud(work, chat, sending.body, about)
        return
    if sending.quiz is not None or sending.asks_receipt:
        sending.report_at = report_at(work, work.now, quiz=sending.quiz is not None)
    buttons = offer_answers(work, chat, sending)
    tell_chat(work, chat, sending.body, buttons=buttons, about=about)
