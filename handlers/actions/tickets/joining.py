"""The same matter reported again: counted, never doubled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from handlers.actions.menus import Choice, close_menus
from handlers.actions.names import call_name
from handlers.actions.telling import masked, tell_chat
from handlers.actions.tickets.adding import attach
from handlers.actions.tickets.assigning import next_rung
from handlers.actions.tickets.beside import building_facts, other_building, tell_of_building
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.speaking import (
    about,
    answer,
    chat_of,
    offer_to,
    tell_handler,
    tell_reporter,
)
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.waiting import ask_aside, stop_waiting
from handlers.actions.tickets.wording import sheet
from handlers.messages import ChatKind, ChatRef
from handlers.phrases import endings, tasks, tickets
from handlers.phrases import joining as phrases
from handlers.phrases.moments import ago
from knowledge.community.hood.access import Act
from knowledge.community.places.places import PlaceKind
from knowledge.community.tickets.outages import is_outage
from knowledge.community.tickets.promise import Limit, span
from knowledge.community.tickets.ticket import OPEN, WAITING_FOR_CLAIM, State, Step
from knowledge.store.chronicle import ANSWERED, joins_answered
from knowledge.store.histories import handler_notes
from knowledge.store.parties import add_party, is_party, parties
from knowledge.store.seats import wait_for_turn
from knowledge.store.soundings import forget_places, is_turn_taken
from knowledge.store.tickets import similar

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.places.places import Place
    from knowledge.store.rows.tickets import TicketPartyRow, TicketRow

PAUSES = (timedelta(), timedelta(minutes=5), timedelta(minutes=30))
"""After one answer to somebody who joined, the next ones in a group are only counted for a while."""
POWER = "停电"


class Around(NamedTuple):
    """The ids of the places, and the name of the turn in which they are looked at."""

    turn: str
    places: tuple[str, ...]


def twin(work: Work, category: str, matter: str, place: str | None) -> TicketRow | None:
    """The open ticket of which this would be a second report, or None.

    Same category within 72 hours at the same place, at one inside the other within a building,
    or, for an outage of a public utility, anywhere in the same estate.
    """
    if place is None:
        return None
    around = around_place(work, category, matter, place)
    # two who report the same at one moment: the second one finds the ticket of the first
    if not is_turn_taken(work.session, around.turn):
        wait_for_turn(work.session.connection(), around.turn)
        forget_places(work.session, category, around.places)
    return similar(work.session, category, around.places, work.now - span(Limit.SAME))


def around_place(work: Work, category: str, matter: str, place: str) -> Around:
    """Where a second report of the same would be."""
    wide = is_outage(matter)
    top = work.hood.estate(place) if wide else work.hood.up_to(place, PlaceKind.BUILDING)
    turn = f"twin:{category}:{top.id if top else place}"
    return Around(turn, _around(work, place, top, wide=wide))


def join(
    work: Work,
    ticket: TicketRow,
    who: str,
    chat: ChatRef,
    *,
    words: str = "",
    images: tuple[str, ...] = (),
    advice: str = "",
    heard: bool = False,
    at: str | None = None,
) -> TicketRow:
    """Count somebody who reports the same; answered unless others here were answered just now.

    `images` are passed on, `heard` = the reporter's further words were too, `at` = the place that
    was told. Of a private matter a group hears nothing.
    """
    where = (chat.channel, chat.id)
    known = who == ticket.reporter or not add_party(work.session, ticket, who, where, work.now)
    if not known:
        ticket.reports += 1
    beside = None if known else other_building(work, ticket, who, at)
    if beside is not None:
        tell_of_building(work, ticket, beside)
    attach(work, ticket, who, images)
    told = bool(advice) or chat.kind is ChatKind.DIRECT or _may_answer(work, ticket, chat)
    facts = {"new": not known} | _group(chat) | building_facts(beside)
    reason = ANSWERED if told else ""
    record(work, ticket, Step.JOINED, who, reason=reason, text=words, facts=facts)
    if not told:
        return ticket
    again = tickets.passed_on(sheet(work, ticket)) if heard else _known(work, ticket)
    if ticket.private and chat.kind is ChatKind.GROUP:
        return _say_aside(work, ticket, (advice, again))
    counted = again if known else _count(work, ticket, who, _named(beside, words, chat))
    _say(work, ticket, who, chat, (advice, counted), known=known)
    return ticket


def _say(
    work: Work, ticket: TicketRow, who: str, chat: ChatRef, lines: tuple[str, ...], *, known: bool
) -> None:
    """Answer where it was told; of a power cut whoever is new is asked whether a life hangs on it."""
    choices: tuple[Choice, ...] = ()
    if POWER in ticket.matter and not known:
        lines = (*lines, phrases.ASK_LIFE)
        choices = (Choice(phrases.LIFE, "ticket.life", {"no": ticket.no}),)
    text = "\n".join(line for line in lines if line)
    buttons = offer_to(work, chat, who, choices, ticket=ticket)
    tell_chat(work, chat, masked(work, text), buttons=buttons, about=about(ticket, who))


def _say_aside(work: Work, ticket: TicketRow, lines: tuple[str, ...]) -> TicketRow:
    """Answer the reporter of a private matter, who repeats it before others, in private."""
    ask_aside(work, ticket)
    tell_reporter(work, ticket, "\n".join(line for line in lines if line))
    return ticket


def merge(work: Work, ticket: TicketRow, into: TicketRow, *, words: str = "") -> TicketRow:
    """Close a ticket as a second report of another one, which counts its reporter."""
    chat, who = chat_of(ticket), ticket.reporter
    new = who != into.reporter and not is_party(work.session, into, who)
    facts = {"into": into.no, "added": [who] if new else []}
    record(work, ticket, Step.MOVED, who, to=State.CLOSED_DUPLICATE, reason="并单", facts=facts)
    close_menus(work, ticket.id)
    stop_waiting(work, ticket)
    images = tuple(ticket.images)
    return join(work, into, who, chat, words=words, images=images, at=ticket.place_id)


def leave(work: Work, ticket: TicketRow, who: str) -> None:
    """One household less: its report is taken back, the matter of the others stays open."""
    others = parties(work.session, ticket)
    gone = next((party for party in others if party.who == who), None)
    if gone is None:
        succeed(work, ticket, others[0], who)
    else:
        work.session.delete(gone)
        ticket.reports -= 1
        facts = {"reporter": ticket.reporter}
        record(work, ticket, Step.NOTED, who, reason="撤回一户", facts=facts)
    answer(work, ticket, who, endings.one_less(sheet(work, ticket), ticket.reports))


def succeed(work: Work, ticket: TicketRow, party: TicketPartyRow, who: str) -> None:
    """Make who joined first the reporter of a matter that is no longer the reporter's."""
    ticket.reporter, ticket.channel, ticket.chat_id = party.who, party.channel, party.chat_id
    work.session.delete(party)
    ticket.reports -= 1
    record(work, ticket, Step.NOTED, who, reason="撤回一户", facts={"reporter": ticket.reporter})


def life(work: Work, ticket: TicketRow, who: str) -> None:
    """Somebody there depends on electricity: the handler and the next rung know at once."""
    demand(work, ticket, who, Act.TICKET_READ)
    require(work, ticket, OPEN)
    record(work, ticket, Step.NOTED, who, reason="呼吸机或制氧机", facts={"life": True})
    rung = next_rung(work, ticket)
    for person_id in dict.fromkeys((ticket.owner_id, rung.person if rung else None)):
        tell_handler(work, ticket, person_id, tasks.life(sheet(work, ticket)), urgent=True)
    answer(work, ticket, who, phrases.life(sheet(work, ticket)))


def _group(chat: ChatRef) -> dict[str, str]:
    """Where others heard the answer; a private chat is nobody else's."""
    return {"chat": chat.id} if chat.kind is ChatKind.GROUP else {}


def _may_answer(work: Work, ticket: TicketRow, chat: ChatRef) -> bool:
    """Whether long enough has passed since somebody who joined in this group was answered."""
    count, last = joins_answered(work.session, ticket, chat.id)
    return last is None or work.now - last >= PAUSES[min(count, len(PAUSES) - 1)]


def _named(building: Place | None, words: str, chat: ChatRef) -> str:
    """The other building as its reporter reads it; before others only what they said of it."""
    if building is None or (chat.kind is ChatKind.GROUP and building.name not in words):
        return ""
    return building.name


def _count(work: Work, ticket: TicketRow, who: str, building: str) -> str:
    name, seen, told = call_name(work, who), _seen(work, ticket), sheet(work, ticket)
    count = ticket.reports
    return phrases.joined(told, name, seen, doing(work, ticket), count, building=building)


def is_it_the_same(work: Work, known: TicketRow) -> str:
    """The question to somebody who reports what may be this ticket's matter."""
    return masked(work, phrases.is_it(sheet(work, known), _seen(work, known), doing(work, known)))


def _seen(work: Work, ticket: TicketRow) -> str:
    return ago(ticket.filed_at or ticket.created_at, work.now)


def _known(work: Work, ticket: TicketRow) -> str:
    return phrases.known(sheet(work, ticket), doing(work, ticket))


def doing(work: Work, ticket: TicketRow) -> str:
    """What is being done about it, in the handler's last words if there are any."""
    told = sheet(work, ticket)
    if ticket.state in WAITING_FOR_CLAIM:
        return phrases.doing_told(told)
    noted = handler_notes(work.session, ticket)
    return phrases.doing_noted(told, noted[-1]) if noted else phrases.doing_taken(told)


def _around(work: Work, place: str, top: Place | None, *, wide: bool) -> tuple[str, ...]:
    """Ids of the places below `top` at which a report would be the same one."""
    if top is None:
        return (place,)
    inside = work.hood.inside(top.id)
    if wide:
        return inside
    return tuple(
        other
        for other in inside
        if work.hood.within(other, place) or work.hood.within(place, other)
    )
