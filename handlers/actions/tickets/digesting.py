"""A leader's budget of messages: beyond it ordinary news waits and comes together."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from handlers.actions.reaching import private_chat
from handlers.actions.telling import WAITING_LANES, tell_person
from handlers.actions.tickets.lists import task_lines
from handlers.phrases.lists import digest
from handlers.phrases.tasks import on_page
from knowledge.community.days.zone import local
from knowledge.community.tickets.ticket import UNFINISHED
from knowledge.store.rows.digests import DigestRow
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.tickets import TicketRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.work import Work

SLOTS = (time(11, 30), time(17, 30))
"""When digests go out: before noon's rest, before supper."""

_TODAY = select(func.count()).where(
    OutboxRow.chat_id == bindparam("chat"),
    OutboxRow.created_at >= bindparam("since"),
    OutboxRow.channel == bindparam("channel"),
    OutboxRow.lane.in_(WAITING_LANES),
    OutboxRow.repeatable.is_(True),
)


def hold_back(work: Work, person_id: str, ticket: TicketRow) -> bool:
    """Whether the person has been told enough today: then the news waits for the digest."""
    chat = private_chat(work, person_id, task=True)
    if chat is None or ticket.lane not in WAITING_LANES or chat == work.chat:
        return False
    midnight = datetime.combine(local(work.now).date(), time(), work.now.tzinfo)
    asked = {"chat": chat.id, "channel": chat.channel, "since": midnight}
    if (work.session.scalar(_TODAY, asked) or 0) < work.rules.push_budget:
        return False
    work.session.add(DigestRow(person_id=person_id, ticket_id=ticket.id, due_at=_slot(work.now)))
    return True


def send_digest(work: Work, person_id: str, ticket_ids: Iterable[int]) -> None:
    """Tell a person in one message which tickets there was news about, as they stand now."""
    rows = work.session.scalars(
        select(TicketRow)
        .where(TicketRow.id.in_(list(ticket_ids)), TicketRow.state.in_(UNFINISHED))
        .order_by(TicketRow.no)
    ).all()
    if rows:
        page = work.rules.page_url
        desk = f"\n{on_page(f'{page}/desk')}" if page else ""
        text = digest(task_lines(work, person_id, list(rows)), len(rows), desk)
        tell_person(work, person_id, text, task=True)


def _slot(now: datetime) -> datetime:
    """The next moment at which digests go out."""
    today = local(now).date()
    days = (today, today + timedelta(days=1))
    moments = (datetime.combine(day, slot, now.tzinfo) for day in days for slot in SLOTS)
    return next(moment for moment in moments if moment > now)
