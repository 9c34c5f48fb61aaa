"""Who is asked: the first rung of a place's ladder, the next one, and the card they get."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from handlers.actions.overtaken import knows_nothing
from handlers.actions.reaching import private_chat
from handlers.actions.telling import masked
from handlers.actions.tickets.accused import accused
from handlers.actions.tickets.assigned import is_assigned
from handlers.actions.tickets.recording import hours
from handlers.actions.tickets.tasking import push_task, task_choices
from handlers.actions.tickets.wording import rung_name, sheet
from handlers.phrases import cards
from handlers.phrases.menus import menu_line
from handlers.phrases.moments import day, hour, when, within
from handlers.phrases.sheet import QUOTE, short
from knowledge.community.hood.skills import skilled
from knowledge.community.roster.people import LADDER, Role
from knowledge.community.tickets.promise import Unit, promise_of
from knowledge.community.tickets.routes import asked_first
from knowledge.community.tickets.ticket import URGENT, Kind, Lane, State
from knowledge.files.bodies import SHORT_LIMIT
from knowledge.files.demands import demanded
from knowledge.store.chronicle import reported_words

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.messages import ChatRef
    from handlers.phrases.sheet import Sheet
    from handlers.work import Work
    from knowledge.community.hood.ladder import Rung
    from knowledge.store.rows.tickets import TicketRow

MAX_HOPS = 2
"""How often a ticket may be handed back before the community fixes the owner."""
MOST_HELPERS = 5
"""Volunteers asked at once: of many only the nearest."""
SIGN = "…"
SIGNS = " ，,。、：:的"
LEAST_QUOTE = 10
"""Where a card has room for fewer characters of the reporter's words, they are left out."""


def asked_at_once(work: Work, ticket: TicketRow) -> tuple[Rung, ...]:
    """Who is asked first for this matter, the owner before all, as far as they can be reached."""
    lane, named = Lane(ticket.lane), accused(work, ticket)
    place, away = ticket.place_id, work.away
    asked = asked_first(work.hood, ticket.category, lane, place, away, never=named)
    reached = tuple(rung for rung in asked if is_reachable(work, rung))
    if reached:
        return reached
    ladder = work.hood.chain(place, away | named)
    first = next((rung for rung in ladder if is_reachable(work, rung)), None)
    rung = first or work.hood.responsible(place, away, named)
    return (rung,) if rung is not None else ()


def helpers(work: Work, ticket: TicketRow) -> tuple[str, ...]:
    """Volunteers who are asked beside the owner: the first to take it has it. None for what is private."""
    if ticket.private or Kind(ticket.kind) is not Kind.SERVICE:
        return ()
    besides = work.away | accused(work, ticket) | {ticket.reporter}
    found = skilled(work.hood, ticket.category, ticket.place_id, besides)
    reached = (one for one in found if private_chat(work, one, task=True) is not None)
    return tuple(islice(reached, MOST_HELPERS))


def next_rung(
    work: Work,
    ticket: TicketRow,
    above: str | None = None,
    besides: frozenset[str] = frozenset(),
) -> Rung | None:
    """The first rung above the one told last (or above role `above`) with somebody new, none of `besides`."""
    told = ticket.rung if above is None else above
    height = next((index for index, role in enumerate(LADDER) if role.value == told), -1)
    ladder = work.hood.chain(ticket.place_id, work.away | accused(work, ticket))
    current = {ticket.owner_id, *besides, *(rung.person for rung in ladder[height : height + 1])}
    free = (rung for rung in ladder[height + 1 :] if rung.person not in current)
    return next((rung for rung in free if is_reachable(work, rung)), None)


def next_name(work: Work, ticket: TicketRow) -> str:
    """The role that will be told next, "" at the top."""
    rung = next_rung(work, ticket)
    return rung.role.value if rung else ""


def community_rung(work: Work, ticket: TicketRow) -> Rung | None:
    """Who fixes the owner of what was handed back too often: 社区, else 街道."""
    ladder = work.hood.chain(ticket.place_id, work.away | accused(work, ticket))
    offices = (rung for rung in ladder if rung.role in (Role.COMMUNITY, Role.STREET))
    return next((rung for rung in offices if is_reachable(work, rung)), None)


def everybody_asked(work: Work, ticket: TicketRow) -> tuple[str, ...]:
    """Whoever was asked to take it, and every rung of the place's ladder that can be reached."""
    ladder = work.hood.chain(ticket.place_id, work.away | accused(work, ticket))
    rungs = (rung.person for rung in ladder if rung.person and is_reachable(work, rung))
    return tuple(dict.fromkeys((*ticket.claimants, *rungs)))


def ask(
    work: Work,
    ticket: TicketRow,
    person_id: str,
    *,
    why: str = "",
    words: str | None = None,
    passing: bool = False,
) -> None:
    """Put the ticket before somebody who may now claim it: card, choices, place on the list.

    `words` = the reporter's own, where they are at hand; else they are looked up. `passing` = until
    the clock says more.
    """
    if person_id not in ticket.claimants:
        ticket.claimants = [*ticket.claimants, person_id]
    returnable = ticket.hops < MAX_HOPS
    labels = [choice.label for choice in task_choices(ticket, returnable=returnable)]
    told = sheet(work, ticket, person_id)
    parts = (_card(work, ticket, told, SIGN), why, menu_line(labels))
    taken = sum(map(len, parts)) - len(SIGN) + 2
    said = reported_words(work.session, ticket) if words is None else words
    said = said if is_assigned(work, ticket, person_id) else masked(work, said)
    plainly = replace(
        told, place=work.hood.label_for(None, ticket.place_id)
    )  # as the reporter does
    quote = _fitting(own_words(work, plainly, said), SHORT_LIMIT - taken, plainly.place)
    head, _, rest = _card(work, ticket, told, quote).partition("\n")
    text = "\n".join(part for part in (head, why, rest) if part)
    push_task(work, ticket, person_id, text, returnable=returnable, passing=passing)


def ask_unheard(
    work: Work, ticket: TicketRow, unheard: frozenset[ChatRef], old: str | None
) -> None:
    """Ask those beside the owner once more whose cards the night held back; not who had it."""
    for person_id in tuple(ticket.claimants):
        known = person_id in (ticket.owner_id, old)
        if not known and knows_nothing(work, ticket.id, person_id, unheard):
            ask(work, ticket, person_id)


def _fitting(words: str, room: int, place: str) -> str:
    """The words cut to the room that a card leaves; nothing where that is too little to read.

    The place, which the card names anyway, goes first.
    """
    room = min(QUOTE, room)
    if len(words) > room and place:
        words = words.removeprefix(place).lstrip(SIGNS)
    return short(words, room) if room >= LEAST_QUOTE else ""


def own_words(work: Work, told: Sheet, said: str) -> str:
    """What the reporter wrote, without the call to the bot; "" where the card says it all."""
    for name in work.rules.names:
        said = said.replace(f"@{name}", "")
    rest = said
    for known in (told.place, told.matter):
        rest = rest.replace(known, "") if known else rest
    if demanded(said):
        return ""  # a card carries no such words either
    return said.strip() if any(sign.isalnum() for sign in rest) else ""


def contact_words(work: Work, ticket: TicketRow, heard: datetime | None = None) -> str:
    """By when somebody will be in touch: `今天内`, `今天 16:30 前`, as read at `heard`."""
    now = heard or work.now
    claim = promise_of(Lane(ticket.lane), Kind(ticket.kind)).claim
    due = ticket.claim_due
    if due is None or due <= work.now:
        return within(hours(work).same_day(work.now, work.calendar), now)
    whole_day = claim.unit is Unit.WORKING_DAYS and ticket.state != State.RETURNED
    return within(due, now) if whole_day else f"{when(due, now)} 前"


def again_words(work: Work, ticket: TicketRow, heard: datetime | None = None) -> str:
    """When somebody comes again: `马上`, `今天`, `明天`, as read at `heard`."""
    if Lane(ticket.lane) in URGENT:
        return "马上"
    return day(hours(work).same_day(work.now, work.calendar), heard or work.now)


def heard_at(work: Work, ticket: TicketRow) -> datetime:
    """When a push about this ticket is read: ordinary ones wait for the end of quiet hours."""
    return work.now if Lane(ticket.lane) in URGENT else work.rules.manners.first_loud(work.now)


def rung_words(work: Work, rung: Rung) -> str:
    """The rung as the reporter reads it: `组长刘姐`."""
    return rung_name(work, rung)


def _card(work: Work, ticket: TicketRow, told: Sheet, quote: str) -> str:
    lane = Lane(ticket.lane)
    if lane in URGENT:
        return cards.urgent_card(told, hour(ticket.filed_at or work.now), quote)
    solve = promise_of(lane, Kind(ticket.kind)).solve
    return cards.card(
        told,
        cards.terms(contact_words(work, ticket, heard_at(work, ticket)), f"{solve.count} 天内"),
        quote,
    )


def is_reachable(work: Work, rung: Rung) -> bool:
    """Whether the rung has a person who can be told something."""
    return rung.person is not None and private_chat(work, rung.person) is not None
