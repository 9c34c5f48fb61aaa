"""改急: how urgent a matter is, corrected with the reason; the time that has passed counts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import answer, tell_everybody, tell_handler
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.wording import person_name, sheet
from handlers.phrases import laning as phrases
from handlers.phrases.moments import when
from knowledge.community.hood.access import Act
from knowledge.community.refusals import IllegalStep, Unclear
from knowledge.community.tickets.ticket import UNFINISHED, URGENT, Lane, Step

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def change_lane(work: Work, ticket: TicketRow, who: str, lane: Lane | None, words: str) -> None:
    """Raise or lower the lane: the promises are those of the new one, reckoned from the beginning.

    Raises Unclear without a lane or a reason, IllegalStep for the lane that it has.
    """
    demand(work, ticket, who, Act.TICKET_LANE)
    require(work, ticket, UNFINISHED)
    if lane is None or not words.strip():
        raise Unclear(phrases.HOW)
    was = Lane(ticket.lane)
    if lane is was:
        raise IllegalStep(phrases.same(sheet(work, ticket), lane))
    ticket.lane = lane.value
    record(work, ticket, Step.LANED, who, text=words, facts={"lane": lane.value, "was": was.value})
    told = sheet(work, ticket)
    due = when(ticket.solve_due, work.now) if ticket.solve_due else ""
    raised = lane in URGENT and lane < was
    news = phrases.changed(told, person_name(work, who), lane, words, due)
    for person_id in dict.fromkeys((ticket.owner_id, *ticket.claimants)):
        if person_id != who:
            tell_handler(work, ticket, person_id, news, urgent=raised)
    tell_everybody(work, ticket, phrases.told(told, lane, words, due))
    answer(work, ticket, who, phrases.noted(told, lane, due))
