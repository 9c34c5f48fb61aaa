"""收到: counted silently, told once as a number, and to the leader as the list of who has not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from handlers.actions.notices.quizzes import tell_result
from handlers.actions.telling import About, tell_chat, tell_person
from handlers.messages import ChatRef
from handlers.phrases import receipts as phrases
from knowledge.community.roster.people import LADDER, Role
from knowledge.store.rows.notices import ReceiptRow, SendingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.roster.people import Person

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
    known = select(ReceiptRow.id).where(ReceiptRow.sending_id == sending.id, ReceiptRow.who == who)
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
    missing: dict[str, Missing] = {}
    for row in rows:
        row.report_at = None
        if row.quiz is not None:
            tell_result(work, row)
            continue
        seen = _count(work, row)
        group = work.hood.chat(row.channel, row.chat_id)
        if group is not None and group.scope:
            _collect(work, row, group.scope, seen, missing)
    for leader_id, found in missing.items():
        _tell_leader(work, leader_id, found)
    return len(rows)


@dataclass(slots=True)
class Missing:
    """Who has not answered in one leader's places, over all groups of a notice."""

    title: str
    notice_id: str
    people: dict[str, Person] = field(default_factory=dict)
    seen: set[Household] = field(default_factory=set)

    @property
    def households(self) -> int:
        """In how many households they live."""
        return len({household(person) for person in self.people.values()})


def _count(work: Work, row: SendingRow) -> set[Household]:
    """Tell the group its one number; return the households that have answered there."""
    answered = _answered(work, [row])[row.id]
    seen = _households(work, answered)
    strangers = sum(who not in work.hood.people for who in answered)
    if count := len(seen) + strangers:
        today = row.at is not None and row.at.date() == work.now.date()
        tell_chat(
            work,
            ChatRef(row.channel, row.chat_id),
            phrases.counted(row.title, count, today=today),
            about=About(notice_id=row.notice_id),
        )
    return seen


def _answered(work: Work, rows: Sequence[SendingRow]) -> dict[int, list[str]]:
    """Who has said 收到, by sending."""
    said: dict[int, list[str]] = {row.id: [] for row in rows}
    query = select(ReceiptRow.sending_id, ReceiptRow.who).where(ReceiptRow.sending_id.in_(said))
    for sending, who in work.session.execute(query):
        said[sending].append(who)
    return said


def _households(work: Work, answered: Sequence[str]) -> set[Household]:
    people = (work.hood.person(who) for who in answered)
    return {household(person) for person in people if person is not None}


def _collect(
    work: Work,
    row: SendingRow,
    scope: str,
    seen: set[Household],
    missing: dict[str, Missing],
) -> None:
    for leader in work.hood.members_of(scope):
        if leader.has(Role.NEIGHBOUR_LEADER):
            found = missing.setdefault(leader.id, Missing(row.title, row.notice_id))
            found.seen |= seen
            found.people |= {person.id: person for person in unseen(work, leader, scope)}


def _tell_leader(work: Work, leader_id: str, found: Missing) -> None:
    people = [one for one in found.people.values() if household(one) not in found.seen]
    if not people:
        return
    people.sort(key=lambda person: ALONE not in person.care)  # consent: else it is not written
    names = [f"{work.hood.label(work.hood.home(person))}{person.called}" for person in people]
    houses = {household(person) for person in people}
    alone = {household(person) for person in people if ALONE in person.care}
    text = phrases.not_yet(found.title, len(houses), len(alone), names)
    tell_person(work, leader_id, text, about=About(notice_id=found.notice_id, lane="P3"))


def not_yet_answered(work: Work, leader: Person) -> list[Missing]:
    """Return the notices of the last days with those in a leader's places who have not said 收到."""
    rows = work.session.scalars(
        select(SendingRow)
        .where(
            SendingRow.asks_receipt.is_(True),
            SendingRow.quiz.is_(None),
            SendingRow.at > work.now - RECEIPTS_UNTIL,
        )
        .order_by(SendingRow.at.desc(), SendingRow.id)
    ).all()
    answered = _answered(work, rows)
    groups = {row.id: work.hood.chat(row.channel, row.chat_id) for row in rows}
    scopes = {group.scope for group in groups.values() if group is not None}
    people_of = {scope: unseen(work, leader, scope) for scope in scopes}
    found: dict[tuple[str, datetime], Missing] = {}
    for row in rows:
        group = groups[row.id]
        if group is None or not (people := people_of[group.scope]):
            continue
        one = found.setdefault((row.notice_id, row.planned), Missing(row.title, row.notice_id))
        one.people |= {person.id: person for person in people}
        one.seen |= _households(work, answered[row.id])
    for one in found.values():
        one.people = {
            who: person for who, person in one.people.items() if household(person) not in one.seen
        }
    return [one for one in found.values() if one.people]


def unseen(work: Work, leader: Person, scope: str) -> list[Person]:
    """Return the residents in the leader's places inside `scope`; leaders are not chased."""
    places = leader.scopes(Role.NEIGHBOUR_LEADER)
    return [
        person
        for person in work.hood.members_of(scope)
        if not person.roles & set(LADDER)
        and any(work.hood.within(work.hood.home(person), place) for place in places)
    ]


def household(person: Person) -> Household:
    """Return the household of a person; without a door everybody is one of their own."""
    homes = person.scopes(Role.RESIDENT)
    if person.door and homes:
        return homes[0], person.door
    return person.id, ""
