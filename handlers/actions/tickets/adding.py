"""More words about an emergency in hand: whoever is on the way hears them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.names import call_name
from handlers.actions.tickets.assigning import own_words
from handlers.actions.tickets.inquiring import supplement
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import answer, tell_handler
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.wording import sheet, shown
from handlers.phrases import cards
from handlers.phrases import tickets as phrases
from knowledge.community.hood.access import Act
from knowledge.community.tickets.ticket import ADDED, PAUSED, UNFINISHED, WAITING_FOR_CLAIM, Step

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow


def add(work: Work, ticket: TicketRow, who: str, words: str) -> None:
    """Take what the reporter of an emergency adds without being asked."""
    demand(work, ticket, who, Act.TICKET_URGE)
    require(work, ticket, UNFINISHED)
    note_more(work, ticket, who, words)
    answer(work, ticket, who, phrases.passed_on(sheet(work, ticket)))


def show(work: Work, ticket: TicketRow, who: str, images: tuple[str, ...]) -> None:
    """Take photos and voices that the reporter sends after the words: whoever is asked sees them.

    They answer a question that was asked, too.
    """
    demand(work, ticket, who, Act.TICKET_URGE)
    require(work, ticket, UNFINISHED)
    came = shown(images)
    if ticket.state in PAUSED:
        ticket.images = [*ticket.images, *images]
        supplement(work, ticket, who, came, images)
        return
    attach(work, ticket, who, images)
    answer(work, ticket, who, phrases.pictures_passed_on(sheet(work, ticket), came))


def attach(
    work: Work, ticket: TicketRow, of: str, images: tuple[str, ...], by: str | None = None
) -> None:
    """Put to the ticket, and before whoever is asked, what somebody has shown; `by` = else who."""
    new = tuple(image for image in images if image not in ticket.images)
    if not new:
        return
    ticket.images = [*ticket.images, *new]
    facts = {"images": len(ticket.images), "shown": shown(new)}
    record(work, ticket, Step.NOTED, by or of, reason=ADDED, facts=facts)
    for person_id in _on_it(ticket):
        told = sheet(work, ticket, person_id)
        words = cards.pictures(told, call_name(work, of), shown(new))
        tell_handler(work, ticket, person_id, words, images=new)


def _on_it(ticket: TicketRow) -> tuple[str | None, ...]:
    """Who has it, or was asked to take it."""
    return tuple(ticket.claimants) if ticket.state in WAITING_FOR_CLAIM else (ticket.owner_id,)


def note_more(work: Work, ticket: TicketRow, who: str, words: str) -> None:
    """Write down what more the reporter said, and pass it on."""
    record(work, ticket, Step.NOTED, who, reason=ADDED, text=words)
    pass_on(work, ticket, who, words)


def pass_on(work: Work, ticket: TicketRow, who: str, words: str) -> bool:
    """Tell who has it, or was asked to take it, what more somebody said; False for what is known."""
    said = own_words(work, sheet(work, ticket), words)
    if not said:
        return False
    for person_id in _on_it(ticket):
        tell_handler(
            work,
            ticket,
            person_id,
            cards.more(sheet(work, ticket, person_id), call_name(work, who), said),
        )
    return True
