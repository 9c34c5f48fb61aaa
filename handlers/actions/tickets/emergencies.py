"""Emergencies: logged at once, pushed at once, the place asked afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply, end_dialogue
from handlers.actions.telling import call_name
from handlers.actions.tickets.assigning import ask, first_rung
from handlers.actions.tickets.entering import chat_of, create, enter, receipt, twin_of, twin_of_row
from handlers.actions.tickets.joining import join, merge
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.speaking import tell_handler, tell_reporter
from handlers.actions.tickets.wording import sheet
from handlers.phrases import tasks
from handlers.phrases import tickets as phrases
from knowledge.community.ticket import WAITING_FOR_CLAIM, State, Step

if TYPE_CHECKING:
    from handlers.actions.tickets.entering import Request
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def report(work: Work, who: str, chat: ChatRef, request: Request, *, advice: str = "") -> TicketRow:
    """Log an emergency (P0, P1) at once, tell the responsible person, then the reporter.

    `advice` is what must be said first (the emergency number, the one right action, and the
    question for the place when it is missing).
    """
    known = twin_of(work, request)
    if known is not None:
        return join(work, known, who, chat, words=request.words, advice=advice)
    ticket = create(work, who, chat, request, State.NEW)
    if advice:
        tell_reporter(work, ticket, advice)
    enter(work, ticket, who, Step.FILED, text=request.words)
    if "place" not in request.missing:
        receipt(work, ticket)
        return ticket
    if not advice:
        tell_reporter(work, ticket, phrases.ask_place_only(call_name(work, who)))
    await_reply(work, chat, who, "place", ticket_id=ticket.id)
    return ticket


def locate(work: Work, ticket: TicketRow, who: str, place: str, *, words: str = "") -> TicketRow:
    """Add the place of a logged emergency: the finer ladder takes over unless it is taken."""
    ticket.place_id = place
    record(work, ticket, Step.EDITED, who, text=words, facts={"place": place})
    end_dialogue(work, chat_of(ticket), who)
    known = twin_of_row(work, ticket) if ticket.state in WAITING_FOR_CLAIM else None
    if known is not None:
        return merge(work, ticket, known)
    before = list(ticket.claimants)
    rung = first_rung(work, place) if ticket.state in WAITING_FOR_CLAIM else None
    if rung is None or rung.person is None or rung.person == ticket.owner_id:
        tell_handler(work, ticket, ticket.owner_id, tasks.place_known(sheet(work, ticket)))
        tell_reporter(work, ticket, phrases.place_noted(sheet(work, ticket)))
        return ticket
    ticket.owner_id, ticket.rung = rung.person, rung.role.value
    record(
        work,
        ticket,
        Step.TRANSFERRED,
        who,
        facts={"owner": ticket.owner_id, "rung": ticket.rung},
    )
    ask(work, ticket, rung.person)
    for person_id in before:
        tell_handler(work, ticket, person_id, tasks.place_known(sheet(work, ticket)))
    receipt(work, ticket)
    return ticket
