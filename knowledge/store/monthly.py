"""What stands beside the tickets in a month: filings, services, answers, notices, receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import String, cast, func, select

from knowledge.community.tickets.account import GONE, Span
from knowledge.community.tickets.ticket import State
from knowledge.store.rows.notices import ReceiptRow, SendingRow, VerifiedRow
from knowledge.store.rows.questions import AnswerRow, QuestionRow
from knowledge.store.rows.tickets import TicketEventRow, TicketRow
from knowledge.store.topics import topics_in

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute, Session

Seasonal = tuple[str, str | None, str]
"""Category and place of some requests, and their numbers with commas between."""
_CORRECTED = "corrected"
"""A correction is no notice of its own."""


SHORTLY = 1000
"""Events that are surely not written while one transaction lasts."""


class NoticeSent(NamedTuple):
    """One notice at one time to one chat."""

    notice: str
    planned: datetime
    chat: str


def newest_events(session: Session) -> tuple[int, int]:
    """The newest event of all and how many stand shortly before it: as long as both stay, none came.

    Of two transactions the one with the later number may end first; the other adds to the count.
    """
    row = TicketEventRow.id
    newest = session.scalar(select(func.max(row))) or 0
    return newest, session.scalar(select(func.count(row)).where(row > newest - SHORTLY)) or 0


def lengths_until(session: Session, end: datetime) -> tuple[int, int]:
    """How many tickets were filed until then, and how many events they have: each lengthens its own."""
    ticket = TicketRow
    query = select(func.count(), func.sum(ticket.length)).where(ticket.filed_at < end)
    count, events = session.execute(query).one()
    return count, events or 0


def made_from(session: Session, start: datetime, end: datetime) -> tuple[object, ...]:
    """What a report of this month reads beside the tickets, in a few numbers.

    None of it changes without one of them: such rows are only added, taken away or given another
    status. Who reported a ticket changes with the roster, which its reader has to compare.
    """
    span, sending = Span(start, end), SendingRow
    answers = select(func.count()).where(_inside(AnswerRow.at, span))
    questions = select(func.count(), func.max(QuestionRow.id))
    receipts = select(func.count(), func.max(ReceiptRow.id), func.max(ReceiptRow.at))
    sendings = select(sending.status, func.count(), func.max(sending.id), func.max(sending.at))
    asked = (
        answers,
        questions.where(_inside(QuestionRow.asked_at, span)),
        receipts.where(_inside(ReceiptRow.at, span)),
        sendings.where(_inside(sending.at, span)).group_by(sending.status).order_by(sending.status),
    )
    met = tuple((one.id, one.title, one.held_on, one.done_on) for one in topics_in(session, span))
    return (
        met,
        tuple(verified_codes(session, span)),
        *(tuple(map(tuple, session.execute(query))) for query in asked),
    )


def filed_by_matter(session: Session, span: Span) -> list[tuple[str, str | None, bool, int]]:
    """How many were filed, by category, place and whether they are private."""
    row = TicketRow
    query = select(row.category, row.place_id, row.private, func.count())
    found = session.execute(
        query.where(_inside(row.filed_at, span)).group_by(row.category, row.place_id, row.private)
    )
    return [(code, place, private, count) for code, place, private, count in found]


def seasonal(session: Session, span: Span) -> list[Seasonal]:
    """What was filed at a known place, without what is private, joined or taken back."""
    row = TicketRow
    found = session.execute(
        select(row.category, row.place_id, func.aggregate_strings(cast(row.no, String), ","))
        .where(
            _inside(row.filed_at, span),
            row.private.is_(False),
            row.state.not_in(GONE),
            row.place_id.is_not(None),
        )
        .group_by(row.category, row.place_id)
    )
    return list(found.all())


def services_done(session: Session, span: Span, orders: Collection[int]) -> list[tuple[int, str]]:
    """Which of these volunteers' orders were done in the span: ticket and person, each once."""
    event = TicketEventRow
    found = session.execute(
        select(TicketRow.no, event.actor)
        .join(TicketRow, TicketRow.id == event.ticket_id)
        .where(
            TicketRow.no.in_(orders),
            event.to_state == State.HANDLED,
            event.from_state != State.HANDLED,
            _inside(event.at, span),
        )
        .distinct()
        .order_by(TicketRow.no, event.actor)
    )
    return [(no, actor) for no, actor in found]


def answers_given(session: Session, span: Span) -> int:
    """How often an entry was the answer."""
    query = select(func.count()).select_from(AnswerRow).where(_inside(AnswerRow.at, span))
    return session.scalar(query) or 0


def questions_asked(session: Session, span: Span) -> list[int]:
    """The numbers of questions handed to a person."""
    query = select(QuestionRow.id).where(_inside(QuestionRow.asked_at, span))
    return list(session.scalars(query.order_by(QuestionRow.id)))


def notices_sent(session: Session, span: Span) -> list[NoticeSent]:
    """What was sent when to which chat."""
    row = SendingRow
    found = session.execute(
        select(row.notice_id, row.planned, row.channel + ":" + row.chat_id)
        .where(row.status != _CORRECTED, row.at.is_not(None), _inside(row.at, span))
        .order_by(row.planned, row.notice_id, row.channel, row.chat_id)
    )
    return [NoticeSent(*one) for one in found]


def sent_to(session: Session, span: Span) -> list[tuple[int, str, datetime, str, str]]:
    """Row id, notice, planned moment, channel and chat of every sending."""
    row = SendingRow
    query = select(row.id, row.notice_id, row.planned, row.channel, row.chat_id)
    found = session.execute(
        query.where(row.status != _CORRECTED, row.at.is_not(None), _inside(row.at, span))
    )
    return [(one, notice, planned, channel, chat) for one, notice, planned, channel, chat in found]


def receipts_given(session: Session, span: Span) -> list[tuple[str, str]]:
    """Who said 收到, once for each sending, and in which chat."""
    row = SendingRow
    found = session.execute(
        select(ReceiptRow.who, row.channel + ":" + row.chat_id)
        .join(row, row.id == ReceiptRow.sending_id)
        .where(_inside(ReceiptRow.at, span))
        .order_by(ReceiptRow.id)
    )
    return [(who, chat) for who, chat in found]


def verified_codes(session: Session, span: Span) -> list[tuple[str, int]]:
    """How often each genuine proof code was asked about."""
    row = VerifiedRow
    query = select(row.code, func.sum(row.times)).group_by(row.code).order_by(row.code)
    inside = (row.day >= span.start.date()) & (row.day < span.end.date())
    return [(code, int(times)) for code, times in session.execute(query.where(inside))]


def _inside(
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None], span: Span
) -> ColumnElement[bool]:
    return (column >= span.start) & (column < span.end)
