"""Taken back: a request that its reporter no longer needs, a draft that nobody completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import close_menus
from handlers.actions.overtaken import knows_nothing, take_back, take_back_about, urging
from handlers.actions.tickets.joining import leave
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import answer, tell_handler
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.waiting import stop_waiting
from handlers.actions.tickets.wording import sheet
from handlers.phrases import endings, tasks
from knowledge.community.hood.access import Act
from knowledge.community.tickets.ticket import CLOCK, DRAFTS, OPEN, Lane, State, Step
from knowledge.store.parties import parties

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def withdraw(work: Work, ticket: TicketRow, who: str, *, over: bool = False) -> None:
    """Never mind (算了): a draft goes, a request is closed; of several households only this one.

    `over`: the reporter says that it is good already.
    """
    joined = parties(work.session, ticket)
    if who in {one.who for one in joined} or (who == ticket.reporter and joined):
        require(work, ticket, OPEN)
        leave(work, ticket, who)
        return
    demand(work, ticket, who, Act.TICKET_WITHDRAW)
    was_draft = ticket.state in DRAFTS
    reason = endings.ALREADY_GOOD if over else ""
    record(work, ticket, Step.MOVED, who, to=State.CLOSED_WITHDRAWN, reason=reason)
    unheard = take_back(work, ticket.id)
    take_back_about(work, urging(ticket.id))
    close_menus(work, ticket.id)
    stop_waiting(work, ticket)
    told = sheet(work, ticket)
    if was_draft:
        answer(work, ticket, who, endings.DROPPED)
        return
    danger = Lane(ticket.lane) is Lane.P0
    said, heard = endings.withdrawn, tasks.withdrawn
    if danger:
        said, heard = endings.withdrawn_danger, tasks.withdrawn_danger
    elif over:
        said, heard = endings.good_already, tasks.good_already
    answer(work, ticket, who, said(told))
    for person_id in ticket.claimants:
        if not knows_nothing(work, ticket.id, person_id, unheard):
            tell_handler(work, ticket, person_id, heard(told))


def drop(work: Work, ticket: TicketRow, why: str = "一天没有补全") -> None:
    """A draft that was never completed ends quietly."""
    require(work, ticket, DRAFTS)
    record(work, ticket, Step.MOVED, CLOCK, to=State.CLOSED_WITHDRAWN, reason=why)
    close_menus(work, ticket.id)
    stop_waiting(work, ticket)
