"""The same reported from another building: whoever sees to it knows how far it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.speaking import tell_handler
from handlers.actions.tickets.wording import sheet
from handlers.phrases import cards
from knowledge.community.places.places import PlaceKind
from knowledge.community.tickets.ticket import WAITING_FOR_CLAIM
from knowledge.store.histories import history

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.places.places import Place
    from knowledge.store.rows.tickets import TicketRow


def other_building(work: Work, ticket: TicketRow, who: str, at: str | None) -> Place | None:
    """The building from which somebody reports the same, if it is not the ticket's.

    It is the one of the told place, else of their home.
    """
    person, hood = work.hood.person(who), work.hood
    own = hood.up_to(ticket.place_id, PlaceKind.BUILDING)
    home = hood.home(person) if person else None
    theirs = hood.up_to(at, PlaceKind.BUILDING) or hood.up_to(home, PlaceKind.BUILDING)
    if own is None or theirs is None or own == theirs:
        return None
    return theirs if hood.estate(own.id) == hood.estate(theirs.id) else None


def building_facts(building: Place | None) -> dict[str, str]:
    """What the history keeps of it."""
    return {"building": building.id} if building else {}


def tell_of_building(work: Work, ticket: TicketRow, building: Place) -> None:
    """Tell whoever has it, or was asked to, of a building that nobody has told of before."""
    if any(deed.facts.get("building") == building.id for deed in history(work.session, ticket)):
        return
    waiting = ticket.state in WAITING_FOR_CLAIM
    for person_id in ticket.claimants if waiting else (ticket.owner_id,):
        told = sheet(work, ticket, person_id)
        tell_handler(work, ticket, person_id, cards.beside(told, building.name, ticket.reports))
