"""Whom a complaint names: it is neither given nor shown to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.tickets.ticket import Kind

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

SHORTEST = 2
"""Characters of a name that can be told from other words."""


def accused(work: Work, ticket: TicketRow) -> frozenset[str]:
    """Ids of those whose name or 称呼 stands in a complaint, its reporter left out."""
    if ticket.kind != Kind.COMPLAINT:
        return frozenset()
    return frozenset(
        person.id
        for person in work.hood.people.values()
        if person.id != ticket.reporter and _names(ticket.matter, person.name, person.title)
    )


def _names(matter: str, *names: str) -> bool:
    return any(len(name) >= SHORTEST and name in matter for name in names)
