"""From somebody's words to a ticket with a named person and a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply
from handlers.actions.menus import Choice, close_menus
from handlers.actions.telling import call_name
from handlers.actions.tickets.entering import (
    Request,
    chat_of,
    create,
    enter,
    facts,
    receipt,
    twin_of,
    twin_of_row,
)
from handlers.actions.tickets.joining import join, merge
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.speaking import tell_reporter
from handlers.phrases import tickets as phrases
from knowledge.community.course import Clock
from knowledge.community.ticket import Kind, State, Step
from knowledge.community.timers import CONFIRM_AFTER, DRAFT_ENDS

if TYPE_CHECKING:
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def draft(work: Work, who: str, chat: ChatRef, request: Request) -> TicketRow:
    """Note an ordinary request and ask for what is missing, or whether it is right so.

    A second report of the same matter joins the first; then that ticket is returned.
    """
    known = None if request.missing else twin_of(work, request)
    if known is not None:
        return join(work, known, who, chat, words=request.words)
    ticket = create(work, who, chat, request, State.DRAFT)
    record(
        work,
        ticket,
        Step.DRAFTED,
        who,
        to=State.DRAFT,
        text=request.words,
        facts=facts(ticket) | {"complete": not request.missing},
    )
    _question(work, ticket, request.missing)
    return ticket


def edit(
    work: Work,
    ticket: TicketRow,
    who: str,
    *,
    place: str | None = None,
    matter: str = "",
    images: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
    words: str = "",
) -> TicketRow:
    """Complete or correct a draft, then ask on or ask whether it is right.

    `missing` = what is still unknown afterwards. Returns the ticket that it became a part of
    when the same matter is already open.
    """
    ticket.place_id = place or ticket.place_id
    ticket.matter = matter or ticket.matter
    ticket.images = [*ticket.images, *images]
    record(
        work,
        ticket,
        Step.EDITED,
        who,
        text=words,
        facts={"place": ticket.place_id, "complete": not missing, "images": len(ticket.images)},
    )
    close_menus(work, ticket.id)
    known = None if missing else twin_of_row(work, ticket)
    if known is not None:
        return merge(work, ticket, known, words=words)
    _question(work, ticket, missing)
    return ticket


def file(work: Work, ticket: TicketRow, actor: str) -> TicketRow:
    """Make a draft a request: number, named person, promise; the person gets the card.

    Raises IllegalStep when it is no draft any more.
    """
    known = twin_of_row(work, ticket) if ticket.state == State.DRAFT else None
    if known is not None:
        return merge(work, ticket, known)
    enter(work, ticket, actor, Step.FILED)
    receipt(work, ticket)
    return ticket


def remind(work: Work, ticket: TicketRow, actor: str) -> None:
    """Ask once more for what an unfinished draft lacks."""
    record(work, ticket, Step.REMINDED, actor, facts={"clock": Clock.DRAFT.value})
    place = work.hood.label(ticket.place_id)
    tell_reporter(work, ticket, phrases.still_waiting(ticket.matter, place))
    topic = "matter" if place else "place"
    await_reply(
        work, chat_of(ticket), ticket.reporter, topic, ticket_id=ticket.id, lasts=DRAFT_ENDS
    )


def _question(work: Work, ticket: TicketRow, missing: tuple[str, ...]) -> None:
    """Ask the one next question of a draft, and remember what the answer will be about."""
    name = call_name(work, ticket.reporter)
    place, count = work.hood.label(ticket.place_id), len(ticket.images)
    choices: tuple[Choice, ...] = ()
    if "matter" in missing:
        topic, text = "matter", phrases.ask_matter(name, place, count)
    elif "place" in missing:
        topic, text = "place", phrases.ask_place(name, ticket.matter, count)
    else:
        topic, text = (
            "confirm",
            phrases.confirm_draft(Kind(ticket.kind), ticket.matter, place, count),
        )
        choices = (Choice(phrases.YES, "ticket.file", {"no": ticket.no}),)
    tell_reporter(work, ticket, text, choices=choices, lasts=CONFIRM_AFTER)
    await_reply(work, chat_of(ticket), ticket.reporter, topic, ticket_id=ticket.id)
