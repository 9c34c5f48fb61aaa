"""From somebody's words to a ticket with a named person and a promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply
from handlers.actions.telling import call_name
from handlers.actions.tickets.entering import enter, facts, question, receipt, same_as
from handlers.actions.tickets.joining import join, merge, twin
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import asking_chat, tell_reporter
from handlers.phrases import tickets as phrases
from knowledge.community.ticket import DRAFTS, Kind, Lane, State, Step
from knowledge.store.rows.tickets import TicketRow
from knowledge.store.tickets import next_no

if TYPE_CHECKING:
    from handlers.messages import ChatRef
    from handlers.work import Work


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants, as understood; `missing` of "place" and "matter", `words` as written."""

    kind: Kind
    category: str
    lane: Lane
    matter: str
    place: str | None = None
    missing: tuple[str, ...] = ()
    words: str = ""
    images: tuple[str, ...] = ()
    private: bool = False


def draft(work: Work, who: str, chat: ChatRef, request: Request) -> TicketRow:
    """Note an ordinary request and ask for what is missing, or whether it is right so.

    A second report of the same matter joins the first; then that ticket is returned.
    """
    known = None if request.missing else _twin_of(work, request)
    if known is not None:
        return join(work, known, who, chat, words=request.words)
    ticket = _create(work, who, chat, request, State.DRAFT)
    record(
        work,
        ticket,
        Step.DRAFTED,
        who,
        to=State.DRAFT,
        text=request.words,
        facts=facts(ticket) | {"complete": not request.missing},
    )
    question(work, ticket, request.missing)
    return ticket


def report(work: Work, who: str, chat: ChatRef, request: Request, *, advice: str = "") -> TicketRow:
    """Log an emergency (P0, P1) at once, tell the responsible person, then the reporter.

    `advice` is what must be said first (the emergency number, the one right action, and the
    question for the place when it is missing).
    """
    known = _twin_of(work, request)
    if known is not None:
        return join(work, known, who, chat, words=request.words, advice=advice)
    ticket = _create(work, who, chat, request, State.NEW)
    if advice:
        tell_reporter(work, ticket, advice)
    enter(work, ticket, who, Step.FILED, text=request.words)
    if "place" not in request.missing:
        receipt(work, ticket)
        return ticket
    if not advice:
        tell_reporter(work, ticket, phrases.ask_place_only(call_name(work, who)))
    await_reply(work, asking_chat(work, ticket), who, "place", ticket_id=ticket.id)
    return ticket


def file(work: Work, ticket: TicketRow, actor: str) -> TicketRow:
    """Make a draft a request: number, named person, promise; the person gets the card.

    Raises IllegalStep when it is no draft any more.
    """
    require(work, ticket, DRAFTS)
    known = same_as(work, ticket)
    if known is not None:
        return merge(work, ticket, known)
    enter(work, ticket, actor, Step.FILED)
    receipt(work, ticket)
    return ticket


def _create(work: Work, who: str, chat: ChatRef, request: Request, state: State) -> TicketRow:
    """Make the row of a ticket without a history; `record` must follow."""
    ticket = TicketRow(
        no=next_no(work.session),
        kind=request.kind.value,
        category=request.category,
        lane=request.lane.value,
        state=state.value,
        private=request.private,
        place_id=request.place,
        matter=request.matter,
        reporter=who,
        channel=chat.channel,
        chat_id=chat.id,
        claimants=[],
        images=list(request.images),
        rung="",
        hops=0,
        reports=1,
        length=0,
        head="",
        created_at=work.now,
    )
    work.session.add(ticket)
    work.session.flush()
    return ticket


def _twin_of(work: Work, request: Request) -> TicketRow | None:
    """The open ticket of which this request is a second report."""
    if request.private or "place" in request.missing:
        return None
    return twin(work, request.category, request.matter, request.place)
