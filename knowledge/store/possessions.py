"""Everything that is kept of one party, as it is handed over (个人信息保护法 第四十五条)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from knowledge.community.attached import pictures, voices
from knowledge.community.days.zone import local
from knowledge.community.tickets.ticket import STATE_WORDS, State
from knowledge.store.answers import given_to
from knowledge.store.lists import reported_by
from knowledge.store.rows.notices import ReceiptRow
from knowledge.store.rows.questions import QuestionRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow, TicketTextRow
from knowledge.store.rows.web import SessionRow, WebMessageRow
from knowledge.store.topics import raised_by

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session


def possessions(session: Session, who: str, names: Collection[str]) -> dict[str, Any]:
    """Return what a party has said and reported; `names` = all under which they are known."""
    return {
        "报过的事": [_ticket(row, who) for row in reported_by(session, who, frozenset(State))],
        "在这些事里写的话": _written(session, names),
        "问过的问题": [
            {"什么时候": _at(row.asked_at), "问": row.text, "答": row.answer}
            for row in session.scalars(select(QuestionRow).where(QuestionRow.who == who))
        ],
        "提过的议题": [
            {"什么时候": _at(row.raised_at), "议题": row.title, "说明": row.told}
            for row in raised_by(session, names)
        ],
        "网页里发的消息": [
            {"什么时候": _at(row.at), "群": row.chat_id, "话": row.text, "照片": len(row.images)}
            for row in session.scalars(
                select(WebMessageRow).where(WebMessageRow.sender == who).order_by(WebMessageRow.id)
            )
        ],
        "回过收到的提醒": len(
            session.scalars(select(ReceiptRow.id).where(ReceiptRow.who == who)).all()
        ),
        "近 7 天得到的答案": given_to(session, who),
        "登录着的手机": [
            _at(row.created_at)
            for row in session.scalars(select(SessionRow).where(SessionRow.person_id == who))
        ],
    }


def _ticket(row: TicketRow, who: str) -> dict[str, Any]:
    return {
        "编号": f"{row.no:04d}",
        "事": row.matter,
        "自己报的": row.reporter == who,
        "办到哪里": STATE_WORDS[State(row.state)],
        "什么时候": _at(row.filed_at or row.created_at),
        "照片": len(pictures(row.images)) if row.reporter == who else 0,
        "语音": len(voices(row.images)) if row.reporter == who else 0,
    }


def _written(session: Session, names: Collection[str]) -> list[dict[str, str]]:
    query = (
        select(TicketEventRow.at, TicketTextRow.text)
        .join(TicketTextRow, TicketTextRow.event_id == TicketEventRow.id)
        .where(TicketEventRow.actor.in_(names))
        .order_by(TicketEventRow.id)
    )
    return [{"什么时候": _at(at), "话": text} for at, text in session.execute(query)]


def _at(moment: datetime) -> str:
    return local(moment).isoformat(timespec="seconds")
