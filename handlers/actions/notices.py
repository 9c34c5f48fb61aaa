"""Sending notices once and only once, and counting who has seen them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from handlers.actions.delivering import deliver, text_for
from handlers.actions.quizzes import quiz_of
from handlers.actions.relays import RELAY, begin
from handlers.actions.telling import private_chat, quiet_end
from handlers.messages import ChatKind, ChatRef
from handlers.phrases import notices as phrases
from knowledge.community.audience import chats_for
from knowledge.community.planner import Planned
from knowledge.community.posting import proof_code
from knowledge.community.refusals import IllegalStep
from knowledge.store.rows.notices import SendingRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.notice import Notice


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one planned sending: when it goes out (None = not at all), and as what."""

    notice: Notice
    planned: Planned
    at: datetime | None
    status: str


def claim_sending(work: Work, decision: Decision) -> int:
    """Record the decision for each chat and queue its message; return how many were new."""
    notice, one = decision.notice, decision.planned
    done = sum(_claim(work, decision, name, chat) for name, chat in _chats(work, one))
    if notice.relayed and decision.at is not None and done:
        begin(work, notice, one.planned, title_of(notice), one.body)
    return done


def send_now(work: Work, notice: Notice) -> int:
    """Send a notice at once to its whole audience; return how many chats get it.

    Budgets do not hold it back. A second time in the same minute is the same sending.

    Raises:
        IllegalStep: its facts must not be sent any more, it is quiet now, or it reaches nobody.
    """
    if withheld := notice.unusable(work.now.date()):
        raise IllegalStep(phrases.withheld(notice.title, withheld))
    if (loud := quiet_end(work.now, work.rules.quiet)) > work.now:
        raise IllegalStep(phrases.quiet_now(notice.title, loud))
    planned = work.now.replace(second=0, microsecond=0)
    code = proof_code(notice.id, planned)
    chats = chats_for(notice.audience, work.hood)
    one = Planned(planned, work.now, notice.id, chats, notice.posted(code), "send", "", code)
    if not any(True for _ in _chats(work, one)):
        raise IllegalStep(phrases.nobody(notice.title))
    return claim_sending(work, Decision(notice, one, work.now, "now"))


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
    notice, at, status = decision.notice, decision.at, decision.status
    body = text_for(work, notice, chat.channel, decision.planned.body)
    if at is not None and not body:
        at, status = None, "no-script"
    if at is not None and notice.relayed and chat.kind is ChatKind.GROUP:
        at, status = None, RELAY  # its level says when
    row = SendingRow(
        notice_id=notice.id,
        planned=decision.planned.planned,
        channel=channel,
        chat_id=chat_id,
        status=status,
        why=decision.planned.why,
        at=at,
        code=proof_code(notice.id, decision.planned.planned),
        title=title_of(notice),
        asks_receipt=decision.at is not None and notice.asks_receipt,
        body=body,
        quiz=quiz_of(notice),
    )
    try:
        with work.session.begin_nested():
            work.session.add(row)
            work.session.flush()
    except IntegrityError:
        return 0  # another process was first
    if at is not None:
        deliver(work, row, chat)
    return 1


def title_of(notice: Notice) -> str:
    """Return how a notice is called where it is counted or asked about."""
    return f"{notice.topic or '社区'}提醒"


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
