"""Who is meant by a name when a ticket is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.accused import accused
from handlers.actions.tickets.wording import sheet
from handlers.phrases import claiming
from knowledge.community.hood.access import HELPERS, roles_of
from knowledge.community.refusals import NotAllowed, Unclear

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.roster.people import Person
    from knowledge.store.rows.tickets import TicketRow

LISTED = 4
"""Most namesakes that are listed."""


def find_person(work: Work, ticket: TicketRow, name: str, word: str = "转") -> Person:
    """The helper of that id, name or 称呼, the one nearest to the place first.

    `word` = the command that names them. Raises Unclear for nobody, several, or whom the ticket complains of, NotAllowed for somebody who handles no tickets.
    """
    wanted = name.strip().lstrip("@")
    named = [
        person
        for person in work.hood.people.values()
        if person.active and wanted in (person.id, person.name, person.title)
    ]
    if not named:
        raise Unclear(claiming.name_unknown(sheet(work, ticket), wanted, word))
    helpers = [person for person in named if roles_of(person) & HELPERS]
    if not helpers:
        raise NotAllowed(claiming.ROLE_NEEDED)
    near = [person for person in helpers if _covers(work, ticket, person)] or helpers
    if len(near) > 1:
        people = "、".join(person.name for person in near[:LISTED])
        raise Unclear(claiming.name_ambiguous(wanted, people))
    if near[0].id in accused(work, ticket):
        raise Unclear(claiming.complained_of(sheet(work, ticket), near[0].called))
    return near[0]


def _covers(work: Work, ticket: TicketRow, person: Person) -> bool:
    return any(work.hood.within(ticket.place_id, scope) for scope in person.scopes())
