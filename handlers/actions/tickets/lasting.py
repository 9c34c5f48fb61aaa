"""Four weeks after the end: has it lasted?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import Choice
from handlers.actions.tickets.closing import RATEABLE
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import answer, tell_reporter
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.wording import sheet
from handlers.phrases import callbacks
from knowledge.community.hood.access import Act
from knowledge.community.tickets.promise import Limit, span
from knowledge.community.tickets.ticket import CLOCK, Step
from knowledge.store.chronicle import reported_words

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def recheck(work: Work, ticket: TicketRow) -> None:
    """Four weeks later the reporter is asked once whether it has lasted."""
    record(work, ticket, Step.RECHECKED, CLOCK)
    if not reported_words(work.session, ticket):
        return  # erased: who wanted to be forgotten is not asked
    choices = (
        Choice(callbacks.RECHECK_OK, "ticket.lasted", {"no": ticket.no}),
        Choice(callbacks.RECHECK_BAD, "ticket.reopen", {"no": ticket.no}),
    )
    text = callbacks.recheck(sheet(work, ticket))
    lasts = span(Limit.REOPEN) - span(Limit.RECHECK)
    tell_reporter(work, ticket, text, choices=choices, lasts=lasts)


def lasted(work: Work, ticket: TicketRow, who: str) -> None:
    """Four weeks later it is still good, says the reporter."""
    demand(work, ticket, who, Act.TICKET_CONFIRM)
    require(work, ticket, RATEABLE)
    record(work, ticket, Step.NOTED, who, reason="四周后还好", facts={"lasted": True})
    answer(work, ticket, who, callbacks.lasted(sheet(work, ticket)))
