"""What the office keeps an eye on: calls that a person has to make, and what keeps coming back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.actions.tickets.foreseeing import settle
from handlers.actions.tickets.wording import sheet
from handlers.phrases.numbers import ticket_number
from knowledge.community.access import oversees
from knowledge.community.categories import category
from knowledge.store.callbacks import callbacks_of
from knowledge.store.findings import standing
from knowledge.store.tickets import by_id

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.community.people import Person


@dataclass(frozen=True, slots=True)
class Call:
    """One call to make: the ticket's number, what it was about, and why it is asked about."""

    number: str
    about: str
    why: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One finding: its id, where, what, and the numbers that show it."""

    id: int
    place: str
    matter: str
    numbers: tuple[str, ...]


def watched(work: Work, me: Person) -> tuple[list[Call], list[Pattern]]:
    """Return the person's calls, and the findings in their scope."""
    calls = []
    for row in callbacks_of(work.session, me.id):
        ticket = by_id(work.session, row.ticket_id)
        if ticket is not None:
            told = sheet(work, ticket)
            calls.append(Call(told.number, told.where, row.why))
    found = [row for row in standing(work.session) if oversees(me, row.place_id, work.hood)]
    patterns = [
        Pattern(
            row.id,
            work.hood.label(row.place_id),
            known.name if (known := category(row.category)) else row.category,
            tuple(ticket_number(int(no)) for no in row.numbers),
        )
        for row in found
    ]
    return calls, patterns


async def settled(visit: Visit) -> web.Response:
    """已安排: the finding is in somebody's hands."""
    number = int(visit.request.match_info["finding"])
    await visit.act(lambda work: settle(work, visit.me.id, number))
    return visit.back("/board")
