"""收到: counted silently, told once as a number, and to the leader as the list of who has not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from handlers.actions.telling import About, tell_chat, tell_person
from handlers.messages import ChatRef
from handlers.phrases import receipts as phrases
from knowledge.community.people import LADDER, Role
from knowledge.store.rows.notices import ReceiptRow, SendingRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.people import Person

RECEIPTS_UNTIL = timedelta(days=3)
"""How long a 收到 still belongs to the newest notice of its chat."""
ALONE = "独居"

Household = tuple[str, str]
"""(unit, door) — the contract's household; people without a door count singly."""


def note_receipt(work: Work, chat: ChatRef, who: str) -> bool:
    """Count a 收到 for the newest notice of this chat, silently; False when there is none."""
    sending = work.session.scalars(
        select(SendingRow)
        .where(
            SendingRow.channel == chat.channel,
            SendingRow.chat_id == chat.id,
            SendingRow.asks_receipt.is_(True),
            SendingRow.at > work.now - RECEIPTS_UNTIL,
        )
        .order_by(SendingRow.at.desc())
        .limit(1)
    ).first()
    if sending is None:
        return False
    known = select(ReceiptRow.id).where(
        ReceiptRow.sending_id == sending.id, ReceiptRow.who == who
    )
    if work.session.scalar(known) is None:
        work.session.add(ReceiptRow(sending_id=sending.id, who=who, at=work.now))
    return True


def receipts_due(session: Session) -> datetime | None:
    """Return when the next count of 收到 is to be told."""
    return session.scalar(select(func.min(SendingRow.report_at)))


def tell_receipts(work: Work) -> int:
    """Tell the counts whose hour has come; return how many sendings were reported."""
    rows = work.session.scalars(
        select(SendingRow).where(SendingRow.report_at <= work.now).order_by(SendingRow.id)
    ).all()
    for row in rows:
        row.report_at = None
        _report(work, row)
    return len(rows)


def _report(work: Work, row: SendingRow) -> None:
    chat = ChatRef(row.channel, row.chat_id)
    group = work.hood.chat(row.channel, row.chat_id)
    answered = set(
        work.session.scalars(select(ReceiptRow.who).where(ReceiptRow.sending_id == row.id))
    )
    seen = {household(work.hood.people[who]) for who in answered if who in work.hood.people}
    strangers = [who for who in answered if who not in work.hood.people]
    about = About(notice_id=row.notice_id)
    if count := len(seen) + len(strangers):
        today = row.at is not None and row.at.date() == work.now.date()
        tell_chat(work, chat, phrases.counted(row.title, count, today=today), about=about)
    if group is None or not group.scope:
        return
    for person in work.hood.members_of(group.scope):
        if person.has(Role.NEIGHBOUR_LEADER):
            _tell_leader(work, person, row, seen, group.scope)


def _tell_leader(
    work: Work, leader: Person, row: SendingRow, seen: set[Household], scope: str
) -> None:
    missing = unseen(work, leader, scope, seen)
    if not missing:
        return
    alone = {household(person) for person in missing if ALONE in person.care}
    names = [f"{work.hood.label(work.hood.home(person))} {person.called}" for person in missing]
    houses = {household(person) for person in missing}
    text = phrases.not_yet(row.title, len(houses), len(alone), names)
    tell_person(work, leader.id, text, about=About(notice_id=row.notice_id, lane="P3"))


def unseen(work: Work, leader: Person, scope: str, seen: set[Household]) -> list[Person]:
    """Return the residents in the leader's places inside `scope` whose household has not answered."""
    places = leader.scopes(Role.NEIGHBOUR_LEADER)
    return [
        person
        for person in work.hood.members_of(scope)
        if not person.roles & set(LADDER)
        and any(work.hood.within(work.hood.home(person), place) for place in places)
        and household(person) not in seen
    ]


def household(person: Person) -> Household:
    """Return the household of a person; without a door everybody is one of their own."""
    homes = person.scopes(Role.RESIDENT)
    if person.door and homes:
        return homes[0], person.door
    return person.id, ""
