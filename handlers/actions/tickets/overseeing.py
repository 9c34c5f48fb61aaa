"""Who keeps the 督办 list, and how a ticket comes onto it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.actions.reaching import private_chat
from handlers.actions.tickets.accused import accused
from handlers.actions.tickets.assigning import is_reachable
from handlers.actions.tickets.digesting import SLOTS
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.speaking import tell_handler
from handlers.actions.tickets.wording import sheet
from knowledge.community.days.zone import ZONE, local
from knowledge.community.hood.territory import watches_over
from knowledge.community.roster.people import Role
from knowledge.community.tickets.ticket import CLOCK, Step
from knowledge.store.stamps import mark, set_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handlers.phrases.sheet import Sheet
    from handlers.work import Work
    from knowledge.community.roster.people import Person
    from knowledge.community.tickets.course import Clock
    from knowledge.store.rows.tickets import TicketRow


AGAIN = "supervised.again"
"""The mark that says when what is on the list is told again."""


def supervisors(work: Work, ticket: TicketRow) -> tuple[str, ...]:
    """Who keeps the 督办 list for the place: its supervisors, else the street, else the highest rung.

    For who is on leave their deputy; they themselves where nobody else is left. Nobody of those whom
    the ticket complains of, and below the street nobody who has it; empty where nobody is left.
    """
    named = accused(work, ticket)
    keepers = tuple(
        person
        for person in work.hood.people.values()
        if person.active
        and person.id not in named
        and watches_over(person, ticket.place_id, work.hood)
    )
    found = _at_work(work, keepers, named)
    ladder = work.hood.chain(ticket.place_id, work.away | named)
    above = (rung for rung in ladder if rung.role is Role.STREET or rung.person != ticket.owner_id)
    rungs = [rung.person for rung in above if rung.person and is_reachable(work, rung)]
    return found or tuple(rungs[-1:]) or tuple(person.id for person in keepers)


def _at_work(work: Work, keepers: Iterable[Person], named: frozenset[str]) -> tuple[str, ...]:
    """The keepers who are there, and the deputies of those on leave, as far as they can be told."""
    there = (one.id if one.id not in work.away else _deputy(work, one) for one in keepers)
    return tuple(dict.fromkeys(one for one in there if one and one not in named))


def _deputy(work: Work, keeper: Person) -> str | None:
    deputy = work.hood.person(keeper.deputy)
    if deputy is None or not deputy.active or deputy.id in work.away:
        return None
    return deputy.id if private_chat(work, deputy.id) is not None else None


def remind_from_tomorrow(work: Work) -> None:
    """Let what is on the list be told again from tomorrow's first digest on."""
    if mark(work.session, AGAIN) is None:
        day = local(work.now).date() + timedelta(days=1)
        due = datetime.combine(day, SLOTS[0], ZONE)
        set_mark(work.session, AGAIN, due.isoformat())


def put_on_list(work: Work, ticket: TicketRow, clock: Clock, words: Callable[[Sheet], str]) -> bool:
    """Put a ticket on the 督办 list and tell whoever keeps it; False where nobody does."""
    record(work, ticket, Step.SUPERVISED, CLOCK, facts={"clock": clock.value})
    remind_from_tomorrow(work)
    found = supervisors(work, ticket)
    for person_id in found:
        tell_handler(work, ticket, person_id, words(sheet(work, ticket, person_id)))
    return bool(found)
