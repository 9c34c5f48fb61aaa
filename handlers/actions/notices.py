"""Sending notices once and only once, and counting who has seen them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from handlers.actions.telling import About, private_chat, tell_chat
from handlers.messages import ChatRef
from knowledge.community.manners import Manners
from knowledge.community.posting import proof_code
from knowledge.store.rows.notices import SendingRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.notice import Notice
    from knowledge.community.planner import Planned

COUNT_AFTER = timedelta(minutes=90)
"""How long 收到 are collected before the count is told."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one planned sending: when it goes out (None = not at all), and as what."""

    notice: Notice
    planned: Planned
    at: datetime | None
    status: str


def claim_sending(work: Work, decision: Decision) -> int:
    """Record the decision for each chat and queue its message; return how many were new."""
    return sum(_claim(work, decision, name, chat) for name, chat in _chats(work, decision.planned))


def _chats(work: Work, one: Planned) -> Iterable[tuple[str, ChatRef]]:
    """Yield the plan's chat and where it is reached, leaving out channels that do not run."""
    for name in one.chats:
        channel, chat_id = name.split(":", 1)
        chat: ChatRef | None = ChatRef(channel, chat_id)
        if channel not in work.rules.channels:
            person = work.hood.by_account(channel, chat_id[1:]) if chat_id[0] == "@" else None
            chat = private_chat(work, person.id) if person else None
        if chat is not None:
            yield name, chat


def _claim(work: Work, decision: Decision, name: str, chat: ChatRef) -> int:
    channel, chat_id = name.split(":", 1)
    notice, at = decision.notice, decision.at
    asks = at is not None and notice.asks_receipt
    row = SendingRow(
        notice_id=notice.id,
        planned=decision.planned.planned,
        channel=channel,
        chat_id=chat_id,
        status=decision.status,
        why=decision.planned.why,
        at=at,
        code=proof_code(notice.id, decision.planned.planned),
        title=f"{notice.topic or '社区'}提醒",
        asks_receipt=asks,
        report_at=_report_at(work, at) if at is not None and asks else None,
        body=decision.planned.body,
    )
    try:
        with work.session.begin_nested():
            work.session.add(row)
            work.session.flush()
    except IntegrityError:
        return 0  # another process was first
    if at is not None:
        tell_chat(work, chat, decision.planned.body, about=About(notice_id=notice.id))
    return 1


def _report_at(work: Work, at: datetime) -> datetime:
    return Manners(quiet=work.rules.quiet).first_loud(at + COUNT_AFTER)


def recorded(session: Session, since: datetime) -> list[tuple[str, datetime, str, datetime | None]]:
    """Return (notice, planned, "channel:chat", at) of every decision since then."""
    rows = session.execute(
        select(
            SendingRow.notice_id,
            SendingRow.planned,
            SendingRow.channel,
            SendingRow.chat_id,
            SendingRow.at,
        )
        .where(SendingRow.planned >= since)
        .order_by(SendingRow.id)
    )
    return [
        (notice, planned, f"{channel}:{chat}", at) for notice, planned, channel, chat, at in rows
    ]
