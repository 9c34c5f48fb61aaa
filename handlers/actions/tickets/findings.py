"""未诉先办: the same matter in the same building, three times in ninety days, is one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import Choice, offer
from handlers.actions.reaching import private_chat
from handlers.actions.telling import About, tell_chat
from handlers.actions.tickets.assigning import community_rung
from handlers.phrases import findings as phrases
from knowledge.community.hood.access import Act, Relation, may
from knowledge.community.hood.territory import oversees
from knowledge.community.places.places import PlaceKind
from knowledge.community.refusals import NotFound
from knowledge.community.tickets.categories import category
from knowledge.community.tickets.promise import Limit, span
from knowledge.community.tickets.ticket import Lane
from knowledge.store.findings import count_in, find_standing, keep_finding

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.store.rows.findings import FindingRow
    from knowledge.store.rows.tickets import TicketRow

OFTEN = 3


def look_for_pattern(work: Work, ticket: TicketRow) -> None:
    """Keep a finding, once, when a filed ticket is the third of its kind in its building."""
    inside = inside_building(work, ticket.place_id)
    if not inside or ticket.private:
        return
    since = work.now - span(Limit.RECURRENCE)
    numbers = count_in(work.session, ticket.category, inside, since, OFTEN)
    if len(numbers) < OFTEN:
        return
    found = keep_finding(work.session, ticket.category, inside[0], numbers, work.now)
    if found is not None:
        _tell_office(work, ticket, found)


def inside_building(work: Work, place: str | None) -> tuple[str, ...]:
    """Ids of the building of a place and of its units; nothing outside of a building."""
    building = work.hood.up_to(place, PlaceKind.BUILDING)
    if building is None:
        return ()
    return (building.id, *(unit.id for unit in work.hood.children(building.id)))


def settle(work: Work, who: str, finding_id: int) -> str:
    """The office has taken it in hand; what to answer. Raises NotFound for somebody else's."""
    found = find_standing(work.session, finding_id)
    person = work.hood.person(who)
    here = found is not None and person is not None and oversees(person, found.place_id, work.hood)
    if (
        found is None
        or not here
        or not may(person, Act.FINDING_SETTLE, frozenset({Relation.SUBTREE}))
    ):
        raise NotFound(phrases.GONE)
    found.slot, found.settled_at, found.settled_by = str(found.id), work.now, who
    return phrases.SETTLED


def _tell_office(work: Work, ticket: TicketRow, found: FindingRow) -> None:
    rung = community_rung(work, ticket)
    chat = private_chat(work, rung.person, task=True) if rung and rung.person else None
    if rung is None or rung.person is None or chat is None:
        return
    kind = category(found.category)
    choices = (Choice(phrases.SETTLE, "finding.settle", {"finding": found.id}),)
    buttons = offer(work, chat, rung.person, choices, lasts=span(Limit.RECURRENCE))
    text = phrases.found(
        work.hood.label_for(rung.person, found.place_id),
        kind.name if kind else ticket.matter,
        [int(no) for no in found.numbers],
    )
    tell_chat(work, chat, text, buttons=buttons, about=About(ticket.id, Lane.P2.value))
