"""A ticket goes into other hands: owner, rung, who may claim it, and what still waits to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import close_menus
from handlers.actions.overtaken import hand_over, take_back
from handlers.actions.tickets.assigning import ask_unheard
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.wording import role_on_chain
from knowledge.community.tickets.ticket import CLOCK, WAITING_FOR_CLAIM, State, Step

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def give(
    work: Work,
    ticket: TicketRow,
    new: str | None,
    *,
    by: str = CLOCK,
    anew: bool,
    reason: str = "",
) -> str | None:
    """Make somebody its owner (None = nobody is left), without a card; who had it.

    `anew` = the new one has to take it first. Whoever passes it on, and the clock does so for its
    owner, claims it no more.
    """
    old, waited = ticket.owner_id, ticket.state in WAITING_FOR_CLAIM
    unheard = take_back(work, ticket.id)
    if new is not None:
        hand_over(work, ticket.id, old, new)
    gone = {old if by == CLOCK else by, new}
    ticket.claimants = [one for one in ticket.claimants if one not in gone]
    if old is not None and old != new:
        close_menus(work, ticket.id, old)
    ticket.owner_id, ticket.rung = new, role_on_chain(work, ticket, new) or ticket.rung
    facts = {"owner": new, "rung": ticket.rung}
    to = State.NEW if anew and ticket.state != State.NEW else None
    record(work, ticket, Step.TRANSFERRED, by, to=to, reason=reason, facts=facts)
    if waited:
        ask_unheard(work, ticket, unheard, old)
    return old
