"""What is said after the first words: the place, a correction, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply, end_dialogue
from handlers.actions.menus import close_menus
from handlers.actions.tickets.assigning import ask, first_rung
from handlers.actions.tickets.entering import question, receipt, same_as
from handlers.actions.tickets.joining import merge
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.speaking import asking_chat, tell_handler, tell_reporter
from handlers.actions.tickets.wording import sheet
from handlers.phrases import tasks
from handlers.phrases import tickets as phrases
from knowledge.community.course import Clock
from knowledge.community.ticket import WAITING_FOR_CLAIM, Step
from knowledge.community.timers import DRAFT_ENDS

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

MAX_QUESTIONS = 3
"""After so many questions a request with a matter is taken as it stands."""


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
    if ticket.matter and ticket.length >= MAX_QUESTIONS:
        missing = ()
    record(
        work,
        ticket,
        Step.EDITED,
        who,
        text=words,
        facts={"place": ticket.place_id, "complete": not missing, "images": len(ticket.images)},
    )
    close_menus(work, ticket.id)
    known = None if missing else same_as(work, ticket)
    if known is not None:
        return merge(work, ticket, known, words=words)
    question(work, ticket, missing)
    return ticket


def locate(work: Work, ticket: TicketRow, who: str, place: str, *, words: str = "") -> TicketRow:
    """Add the place of a logged emergency: the finer ladder takes over unless it is taken."""
    ticket.place_id = place
    record(work, ticket, Step.EDITED, who, text=words, facts={"place": place})
    end_dialogue(work, asking_chat(work, ticket), who)
    known = same_as(work, ticket) if ticket.state in WAITING_FOR_CLAIM else None
    if known is not None:
        return merge(work, ticket, known)
    for person_id in tuple(ticket.claimants):
        tell_handler(work, ticket, person_id, tasks.place_known(sheet(work, ticket)))
    if ticket.state in WAITING_FOR_CLAIM:
        _nearer(work, ticket, who)
        receipt(work, ticket)
    else:
        tell_reporter(work, ticket, phrases.place_noted(sheet(work, ticket)))
    return ticket


def _nearer(work: Work, ticket: TicketRow, who: str) -> None:
    """Ask the nearest rung of the place now known, if it is somebody else."""
    rung = first_rung(work, ticket.place_id)
    if rung is None or rung.person is None or rung.person == ticket.owner_id:
        return
    ticket.owner_id, ticket.rung = rung.person, rung.role.value
    told = {"owner": ticket.owner_id, "rung": ticket.rung}
    record(work, ticket, Step.TRANSFERRED, who, facts=told)
    ask(work, ticket, rung.person)


def remind(work: Work, ticket: TicketRow, actor: str) -> None:
    """Ask once more for what an unfinished draft lacks."""
    record(work, ticket, Step.REMINDED, actor, facts={"clock": Clock.DRAFT.value})
    place = work.hood.label(ticket.place_id)
    tell_reporter(work, ticket, phrases.still_waiting(ticket.matter, place))
    topic = "matter" if place else "place"
    await_reply(
        work,
        asking_chat(work, ticket),
        ticket.reporter,
        topic,
        ticket_id=ticket.id,
        lasts=DRAFT_ENDS,
    )
