"""What the office keeps an eye on: calls that a person has to make, and what keeps coming back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.actions.tickets.findings import settle
from handlers.actions.tickets.standing import allowed
from handlers.actions.tickets.wording import sheet
from handlers.phrases.numbers import ticket_number
from handlers.phrases.report import HIDDEN
from knowledge.community.hood.access import Act, Relation, may
from knowledge.community.hood.territory import oversees
from knowledge.community.tickets.categories import category
from knowledge.store.callbacks import callbacks_of
from knowledge.store.lists import unowned
from knowledge.store.tickets import by_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.reporting.scope import Scope
    from handlers.work import Work
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.people import Person
    from knowledge.store.rows.findings import FindingRow
    from knowledge.store.rows.tickets import TicketRow


@dataclass(frozen=True, slots=True)
class Call:
    """One call to make: the ticket's number, what it was about, and why it is asked about."""

    number: str
    about: str
    why: str


@dataclass(frozen=True, slots=True)
class Unowned:
    """One request that nobody has; `about` is empty for who may not open it."""

    number: str
    about: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One finding: its id, where, what, and the numbers that show it."""

    id: int
    place: str
    matter: str
    numbers: tuple[str, ...]
    readable: bool
    """Whether the viewer may open these tickets."""
    settles: bool


def callbacks(work: Work, me: Person) -> list[Call]:
    """Return the calls that a person has to make."""
    calls = []
    for row in callbacks_of(work.session, me.id):
        ticket = by_id(work.session, row.ticket_id)
        if ticket is not None:
            told = sheet(work, ticket)
            calls.append(Call(told.number, told.where, row.why))
    return calls


def patterns_of(hood: Neighbourhood, me: Person, found: Iterable[FindingRow]) -> list[Pattern]:
    """Return findings as a board says them."""
    settles = may(me, Act.FINDING_SETTLE, frozenset({Relation.SUBTREE}))
    return [
        Pattern(
            row.id,
            hood.label(row.place_id),
            known.name if (known := category(row.category)) else row.category,
            tuple(ticket_number(int(no)) for no in row.numbers),
            here := oversees(me, row.place_id, hood),
            here and settles,
        )
        for row in found
    ]


def unowned_of(work: Work, me: Person, scope: Scope) -> list[Unowned]:
    """Return what nobody has in a scope; who may not read it sees the bare number."""
    rows = (row for row in unowned(work.session) if scope.holds(row.place_id, private=row.private))
    return [Unowned(ticket_number(row.no), _about(work, me, row)) for row in rows]


def _about(work: Work, me: Person, ticket: TicketRow) -> str:
    if not allowed(work, ticket, me.id, Act.TICKET_READ):
        return ""
    return HIDDEN if ticket.private else sheet(work, ticket).where


async def settled(visit: Visit) -> web.Response:
    """已安排: the finding is in somebody's hands."""
    number = int(visit.request.match_info["finding"])
    await visit.act(lambda work: settle(work, visit.me.id, number))
    return visit.back("/board")
