"""How a request comes into being: its question, its first owner, its receipt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handlers.actions.menus import Choice
from handlers.actions.names import call_name
from handlers.actions.tickets import estates
from handlers.actions.tickets.assigning import (
    ask,
    asked_at_once,
    contact_words,
    heard_at,
    helpers,
    next_name,
)
from handlers.actions.tickets.findings import look_for_pattern
from handlers.actions.tickets.joining import is_it_the_same, twin
from handlers.actions.tickets.overseeing import put_on_list, supervisors
from handlers.actions.tickets.recording import record
from handlers.actions.tickets.recurring import offered, recurrence
from handlers.actions.tickets.speaking import offer_to, tell_reporter
from handlers.actions.tickets.waiting import asking_chats, wait_for
from handlers.actions.tickets.wording import sheet
from handlers.messages import ChatKind, ChatRef
from handlers.phrases import drafts, joining, nudges, tickets
from handlers.phrases.moments import hour
from handlers.work import END, OUTAGE
from knowledge.community.attached import pictures
from knowledge.community.locating.housewords import house_words
from knowledge.community.tickets.course import Clock
from knowledge.community.tickets.outages import ECHOED, is_outage
from knowledge.community.tickets.promise import Limit, span
from knowledge.community.tickets.ticket import URGENT, Kind, Lane, State, Step

REPORTED = timedelta(days=30)
"""How long words of an end, said in the group where it was told, are taken for the matter's."""

if TYPE_CHECKING:
    from handlers.work import Work
    from knowledge.community.locating.housewords import HouseWords
    from knowledge.store.rows.tickets import TicketRow


def question(
    work: Work, ticket: TicketRow, words: str, missing: tuple[str, ...], among: tuple[str, ...] = ()
) -> None:
    """Ask the one next question of a draft, and remember what the answer will be about.

    `words` are all that the reporter told, `among` the places of the told number, one in each of
    several estates.
    """
    name = call_name(work, ticket.reporter)
    place, count = (
        work.hood.label_in(_talk(work, ticket), ticket.place_id),
        len(pictures(ticket.images)),
    )
    heard = len(ticket.images) - count
    choices: tuple[Choice, ...] = ()
    if "matter" in missing:
        topic, text = "matter", drafts.ask_matter(name, place, count)
    elif "place" in missing:
        which = estates.which(among, work.hood) if among else drafts.house(asked_in(work, ticket))
        topic, text = "place", drafts.ask_place(name, ticket.matter, count, which)
        choices = estates.choices(among, work.hood, ticket.no)
    elif (known := same_as(work, ticket)) is not None:
        topic, text = "confirm", is_it_the_same(work, known)
        choices = (
            Choice(joining.FOLLOW, "ticket.follow", {"no": ticket.no, "into": known.no}),
            Choice(joining.APART, "ticket.file", {"no": ticket.no}),
        )
    elif (done := recurrence(work, ticket, words)) is not None:
        topic, (text, choices) = "confirm", offered(work, ticket, done)
    else:
        topic, text = (
            "confirm",
            drafts.confirm_draft(_kind_word(work, ticket), ticket.matter, place, count, heard),
        )
        choices = (Choice(drafts.YES, "ticket.file", {"no": ticket.no}),)
    tell_reporter(work, ticket, text, choices=choices, lasts=span(Limit.CONFIRM))
    for chat in asking_chats(work, ticket)[1:]:  # where it was said, the same digits count
        offer_to(work, chat, ticket.reporter, choices, ticket=ticket, lasts=span(Limit.CONFIRM))
    wait_for(work, ticket, topic)


def _kind_word(work: Work, ticket: TicketRow) -> str:
    others = asking_chats(work, ticket)[0].kind is ChatKind.GROUP
    return drafts.kind_word(Kind(ticket.kind), before_others=others)


def asked_in(work: Work, ticket: TicketRow) -> HouseWords:
    """The words for the houses where it is, else of the place that the chat is about."""
    return house_words(work.hood, ticket.place_id or _talk(work, ticket))


def _talk(work: Work, ticket: TicketRow) -> str | None:
    """What the chat where the reporter is asked is about: a group's place, else the reporter's home."""
    chat, person = asking_chats(work, ticket)[0], work.hood.person(ticket.reporter)
    group = work.hood.chat(chat.channel, chat.id)
    if group is not None:
        return group.scope
    return work.hood.home(person) if person is not None else None


def remind(work: Work, ticket: TicketRow, actor: str) -> None:
    """Ask once more for what an unfinished draft lacks."""
    record(work, ticket, Step.REMINDED, actor, facts={"clock": Clock.DRAFT.value})
    tell_reporter(work, ticket, drafts.still_waiting(ticket.matter, asked_in(work, ticket).which))
    wait_for(work, ticket, "place" if ticket.matter else "matter", lasts=span(Limit.DRAFT))


def enter(work: Work, ticket: TicketRow, actor: str, text: str = "") -> None:
    """The ticket becomes new, and its first owner is named."""
    asked = asked_at_once(work, ticket)
    if asked:
        ticket.owner_id, ticket.rung = asked[0].person, asked[0].role.value
        first = (rung.person for rung in asked if rung.person)
        ticket.claimants = list(dict.fromkeys((*first, *helpers(work, ticket))))
    ticket.filed_at = work.now
    record(work, ticket, Step.FILED, actor, to=State.NEW, text=text, facts=facts(ticket))
    chat = ChatRef(ticket.channel, ticket.chat_id)
    if chat.kind is ChatKind.GROUP:
        work.expect(chat, END + ticket.reporter, work.now + REPORTED)
        if is_outage(ticket.matter):
            work.expect(chat, OUTAGE, work.now + ECHOED)
    look_for_pattern(work, ticket)


def summon(work: Work, ticket: TicketRow, words: str | None = None, *, why: str = "") -> None:
    """Put a new ticket before its owner; without anybody to ask it goes on the 督办 list."""
    for person_id in tuple(ticket.claimants):
        ask(work, ticket, person_id, words=words, why=why)
    if ticket.owner_id is None:
        put_on_list(work, ticket, Clock.CLAIM, nudges.without_owner)


def receipt(work: Work, ticket: TicketRow) -> None:
    """Tell the reporter number, name and promise."""
    told = sheet(work, ticket)
    if ticket.owner_id is None:
        watched = bool(supervisors(work, ticket))
        text = (tickets.filed_unowned if watched else tickets.filed_unwatched)(told)
    elif Lane(ticket.lane) in URGENT:
        text = tickets.filed_urgently(told, work.rules.duty_phone, next_name(work, ticket))
    else:
        heard = heard_at(work, ticket)
        told_at = hour(heard) if heard > work.now else ""
        text = tickets.filed(told, contact_words(work, ticket), told_at)
    tell_reporter(work, ticket, text)


def same_as(work: Work, ticket: TicketRow) -> TicketRow | None:
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
