"""The street's board: a few honest figures, each with what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.web.watching import watched
from knowledge.community.month import Month
from knowledge.community.ticket import DRAFTS, OUTCOMES, UNFINISHED, WAITING_FOR_CLAIM, State
from knowledge.store.rows.questions import QuestionRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name and, in a few words, what exactly is counted."""

    name: str
    count: int
    meaning: str
    warning: bool = False


async def board(visit: Visit) -> web.Response:
    """Show today's figures."""
    figures = await visit.app.look(lambda session: figures_at(session, visit.now))
    month = Month(visit.now.year, visit.now.month)
    calls, patterns = await visit.glance(lambda work: watched(work, visit.me))
    return visit.page(
        "board.html",
        figures=figures,
        months=(month.before, month),
        calls=calls,
        patterns=patterns,
    )


def figures_at(session: Session, now: datetime) -> list[Figure]:
    """Count at this moment; silence counts as 未回复, never as satisfied."""
    start = datetime.combine(now.date(), time(), now.tzinfo)
    end = start + timedelta(days=1)

    def tickets(*conditions: object) -> int:
        query = select(func.count()).select_from(TicketRow)
        return session.scalar(query.where(*conditions)) or 0  # type: ignore[arg-type]

    late = (TicketRow.state.in_(WAITING_FOR_CLAIM) & (TicketRow.claim_due <= now)) | (
        TicketRow.state.in_(UNFINISHED) & (TicketRow.solve_due <= now)
    )
    today = (TicketRow.filed_at >= start) & (TicketRow.filed_at < end)
    overdue = tickets(late)
    return [
        Figure("今天新增", tickets(today, TicketRow.state.not_in(DRAFTS)), "今天登记的诉求"),
        Figure("今天办结", _ended(session, start, end), "今天由经办人办好或已结束的"),
        Figure("在办", tickets(TicketRow.state.in_(UNFINISHED)), "登记了还没办好的"),
        Figure("待确认", tickets(TicketRow.state == State.HANDLED), "说办好了，等居民回话的"),
        Figure("超时", overdue, "过了接单或办结时限的", warning=overdue > 0),
        Figure("没答上的", _questions(session), "转给人、还没有回答的提问"),
    ]


def _ended(session: Session, start: datetime, end: datetime) -> int:
    query = select(func.count(func.distinct(TicketEventRow.ticket_id))).where(
        TicketEventRow.at >= start,
        TicketEventRow.at < end,
        TicketEventRow.to_state.in_(OUTCOMES),
        TicketEventRow.from_state.not_in(OUTCOMES | DRAFTS),
    )
    return session.scalar(query) or 0


def _questions(session: Session) -> int:
    query = select(func.count()).select_from(QuestionRow).where(QuestionRow.state == "open")
    return session.scalar(query) or 0
