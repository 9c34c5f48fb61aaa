"""Whose office a ticket is: they learn where its reporter is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.hood.access import HELPERS, roles_of
from knowledge.community.roster.people import Role

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def is_assigned(work: Work, ticket: TicketRow, who: str) -> bool:
    """Whether somebody has it, or was asked to take it as more than a volunteer beside its owner."""
    if who == ticket.owner_id:
        return True
    serves = roles_of(work.hood.person(who)) & HELPERS - {Role.VOLUNTEER}
    return who in ticket.claimants and bool(serves)
