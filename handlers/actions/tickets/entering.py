"""How a request comes into being: its row, its first owner, and what its reporter is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.actions.dialogues import end_dialogue
from handlers.actions.menus import close_menus
from handlers.actions.tickets.assigning import ask, contact_words, first_rung, next_name
from handlers.actions.tickets.joining import twin
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.speaking import tell_reporter
from handlers.actions.tickets.wording import sheet
from handlers.messages import ChatRef
from handlers.phrases import tickets as phrases
from knowledge.community.course import Clock
from knowledge.community.ticket import URGENT, Kind, Lane, State, Step
from knowledge.store.rows.tickets import TicketRow
from knowledge.store.tickets import next_no

if TYPE_CHECKING:
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


def create(work: Work, who: str, chat: ChatRef, request: Request, state: State) -> TicketRow:
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


def enter(work: Work, ticket: TicketRow, actor: str, step: Step, text: str = "") -> None:
    """The ticket becomes new: its first owner is named and asked."""
    rung = first_rung(work, ticket.place_id)
    if rung is not None:
        ticket.owner_id, ticket.rung = rung.person, rung.role.value
    ticket.filed_at = work.now
    record(work, ticket, step, actor, to=State.NEW, text=text, facts=facts(ticket))
    close_menus(work, ticket.id)
    end_dialogue(work, chat_of(ticket), ticket.reporter)
    if ticket.owner_id is not None:
        ask(work, ticket, ticket.owner_id)
    else:
        record(work, ticket, Step.SUPERVISED, actor, facts={"clock": Clock.CLAIM.value})


def receipt(work: Work, ticket: TicketRow) -> None:
    """Tell the reporter number, name and promise."""
    told = sheet(work, ticket)
    if ticket.owner_id is None:
        text = phrases.filed_unowned(told)
    elif Lane(ticket.lane) in URGENT:
        text = phrases.filed_urgently(told, work.rules.duty_phone, next_name(work, ticket))
    else:
        text = phrases.filed(told, contact_words(work, ticket))
    tell_reporter(work, ticket, text)


def twin_of(work: Work, request: Request) -> TicketRow | None:
    """The open ticket of which this request is a second report."""
    if request.private or "place" in request.missing:
        return None
    return twin(work, request.category, request.matter, request.place)


def twin_of_row(work: Work, ticket: TicketRow) -> TicketRow | None:
    """The open ticket of which this ticket is a second report."""
    if ticket.private:
        return None
    found = twin(work, ticket.category, ticket.matter, ticket.place_id)
    return found if found is not None and found.id != ticket.id else None


def facts(ticket: TicketRow) -> dict[str, Any]:
    """What the history must know to prove the ticket's row."""
    return {
        "lane": ticket.lane,
        "kind": ticket.kind,
        "category": ticket.category,
        "place": ticket.place_id,
        "owner": ticket.owner_id,
        "rung": ticket.rung,
        "images": len(ticket.images),
    }


def chat_of(ticket: TicketRow) -> ChatRef:
    """Where the ticket was reported."""
    return ChatRef(ticket.channel, ticket.chat_id)
