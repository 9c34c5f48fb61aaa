"""A ticket's row turned into the words that its sentences need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.names import call_name
from handlers.phrases.sheet import Sheet, attached
from knowledge.community.attached import pictures, voices
from knowledge.community.roster.people import LADDER, Role
from knowledge.community.tickets.ticket import Kind, Lane

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.work import Work
    from knowledge.community.hood.ladder import Rung
    from knowledge.store.lists import Outline
    from knowledge.store.rows.tickets import TicketRow


def sheet(work: Work, ticket: TicketRow, reader: str | None = None) -> Sheet:
    """What a sentence about this ticket may mention; `reader` = who of the chain reads it."""
    return Sheet(
        no=ticket.no,
        lane=Lane(ticket.lane),
        kind=Kind(ticket.kind),
        matter=ticket.matter,
        place=work.hood.label_for(reader, ticket.place_id),
        owner=person_name(work, ticket.owner_id),
        role=_title(work, ticket),
        reporter=call_name(work, ticket.reporter),
        images=len(pictures(ticket.images)),
        voices=len(voices(ticket.images)),
    )


def _title(work: Work, ticket: TicketRow) -> str:
    """The owner's role as people call it: who sees to a 自管 estate in the place of a 物业 is its 自管委."""
    role, estate = role_on_chain(work, ticket, ticket.owner_id), work.hood.estate(ticket.place_id)
    chosen = role == Role.PROPERTY and estate is not None and estate.management == "自管"
    return "自管委" if chosen else role


def shown(images: Collection[str]) -> str:
    """What came along with words: `照片 2 张、语音 1 段`."""
    return attached(len(pictures(images)), len(voices(images)))


def person_name(work: Work, person_id: str | None) -> str:
    """How a person is called, "" for nobody."""
    person = work.hood.person(person_id)
    return person.called if person else ""


def role_on_chain(work: Work, ticket: TicketRow | Outline, person_id: str | None) -> str:
    """The ladder role in which a person answers for the ticket's place, else any they hold."""
    person = work.hood.person(person_id)
    if person is None:
        return ""
    for rung in work.hood.chain(ticket.place_id):
        if rung.person == person_id:
            return rung.role.value
    held = (role.value for role in (*LADDER, Role.PROPERTY, Role.VOLUNTEER) if person.has(role))
    return next(held, "")


def rung_name(work: Work, rung: Rung) -> str:
    """`组长刘姐`; the role once only where the name holds it already."""
    name = person_name(work, rung.person)
    return name if rung.role.value in name else f"{rung.role.value}{name}"
