"""What stays on the 督办 list is told again once a day, all of it in one message."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete

from handlers.actions.telling import About, tell_person
from handlers.actions.tickets.overseeing import AGAIN, remind_from_tomorrow, supervisors
from handlers.actions.tickets.supervising import SHOWN, is_listed, line_of
from handlers.phrases import supervision as phrases
from knowledge.community.days.zone import local
from knowledge.community.hood.access import Act, may
from knowledge.community.tickets.ticket import PRESSING, URGENT, Lane, Step
from knowledge.store.histories import history
from knowledge.store.lists import ever_supervised
from knowledge.store.rows.marks import MarkRow
from knowledge.store.stamps import mark

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.work import Work
    from knowledge.community.tickets.deed import Deed
    from knowledge.store.rows.tickets import TicketRow


def next_round(session: Session) -> datetime | None:
    """When supervisors are told again; None while nothing is on their list."""
    due = mark(session, AGAIN)
    return datetime.fromisoformat(due) if due else None


def remind(work: Work) -> int:
    """Tell every supervisor what is left of the days before; how many were told.

    On days off only of what is urgent. Who comes second to the same round tells nobody.
    """
    claimed = delete(MarkRow).where(MarkRow.name == AGAIN).returning(MarkRow.name)
    if work.session.execute(claimed).first() is None:
        return 0
    found: dict[str, list[TicketRow]] = defaultdict(list)
    for ticket in ever_supervised(work.session):
        deeds = history(work.session, ticket)
        if not is_listed(ticket, deeds):
            continue
        remind_from_tomorrow(work)
        for person_id in supervisors(work, ticket) if _is_due(work, ticket, deeds) else ():
            found[person_id].append(ticket)
    for person_id, tickets in sorted(found.items()):
        _tell(work, person_id, tickets)
    return len(found)


def _is_due(work: Work, ticket: TicketRow, deeds: list[Deed]) -> bool:
    """Whether it waits for somebody now, and was not told of today."""
    today = local(work.now).date()
    due = Lane(ticket.lane) in URGENT or work.calendar.is_working(today)
    told = max(local(deed.at).date() for deed in deeds if deed.step is Step.SUPERVISED)
    return due and ticket.state in PRESSING and told < today


def _tell(work: Work, person_id: str, tickets: list[TicketRow]) -> None:
    lines = [line_of(work, person_id, ticket) for ticket in tickets[:SHOWN]]
    keeps = may(work.hood.person(person_id), Act.SUPERVISION_READ)
    text = phrases.again(lines, len(tickets), in_chat=keeps)
    tell_person(work, person_id, text, about=About(lane=Lane.P2.value), task=True)
