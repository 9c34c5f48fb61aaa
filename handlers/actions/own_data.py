"""A resident's own data: shown, handed over, erased (个人信息保护法 第四十五、四十七条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from handlers.actions.tickets.closing import withdraw
from handlers.phrases.numbers import ticket_number
from knowledge.community.ticket import OPEN, State
from knowledge.store.rows.dialogues import DialogueRow, HeldPhotoRow
from knowledge.store.rows.parties import PartyNameRow
from knowledge.store.rows.questions import QuestionRow
from knowledge.store.rows.tickets import (
    TicketEventRow,
    TicketPartyRow,
    TicketRow,
    TicketTextRow,
)
from knowledge.store.rows.web import WebMessageRow
from knowledge.store.tickets import reported_by

if TYPE_CHECKING:
    from handlers.work import Work

ERASED = "（本人已删除）"
SHOWN = 5


def export_text(work: Work, who: str) -> str:
    """Return what is kept of somebody, in a few lines for the chat."""
    person = work.hood.person(who)
    said = reported_by(work.session, who, frozenset(State))
    tickets = [ticket for ticket in said if ticket.filed_at is not None]
    questions = work.session.scalars(select(QuestionRow).where(QuestionRow.who == who)).all()
    lines = ["我这里记着您的："]
    if person is not None:
        phone = f"，电话 {person.phone}" if person.phone else ""
        door = f"，门牌 {person.door}" if person.door else ""
        lines.append(f"名册：{person.called}{phone}{door}")
    numbers = "、".join(ticket_number(ticket.no) for ticket in tickets[-SHOWN:])
    lines.append(f"报过的事 {len(tickets)} 件" + (f"（最近：{numbers}）" if numbers else ""))
    lines.append(f"转人工的问题 {len(questions)} 个")
    lines.append("要删除请发：删除我的数据")
    return "\n".join(lines)


def erase(work: Work, who: str) -> None:
    """Withdraw what is open and erase everything that a party has written; the chain stays whole."""
    for ticket in reported_by(work.session, who, OPEN | {State.DRAFT}):
        if ticket.reporter == who:
            withdraw(work, ticket, who)
    written = select(TicketEventRow.id).where(TicketEventRow.actor == who)
    work.session.execute(delete(TicketTextRow).where(TicketTextRow.event_id.in_(written)))
    work.session.execute(update(TicketRow).where(TicketRow.reporter == who).values(images=[]))
    work.session.execute(delete(TicketPartyRow).where(TicketPartyRow.who == who))
    work.session.execute(update(QuestionRow).where(QuestionRow.who == who).values(text=ERASED))
    work.session.execute(delete(PartyNameRow).where(PartyNameRow.who == who))
    work.session.execute(delete(DialogueRow).where(DialogueRow.who == who))
    work.session.execute(delete(HeldPhotoRow).where(HeldPhotoRow.who == who))
    work.session.execute(
        update(WebMessageRow)
        .where(WebMessageRow.sender == who)
        .values(text=ERASED, images=[], name="")
    )
