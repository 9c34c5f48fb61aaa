"""From somebody's words to a ticket with a named person and a promise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handlers.actions.dialogues import take_photos
from handlers.actions.menus import close_menus
from handlers.actions.names import call_name
from handlers.actions.tickets import estates
from handlers.actions.tickets.adding import add
from handlers.actions.tickets.entering import (
    asked_in,
    enter,
    facts,
    question,
    receipt,
    same_as,
    summon,
)
from handlers.actions.tickets.joining import join, merge, twin
from handlers.actions.tickets.locating import locate
from handlers.actions.tickets.matching import is_certain, same_draft, told_already
from handlers.actions.tickets.recording import record, require
from handlers.actions.tickets.recurring import placed, still_open
from handlers.actions.tickets.request import Request, create
from handlers.actions.tickets.retelling import once_more
from handlers.actions.tickets.speaking import tell_reporter
from handlers.actions.tickets.standing import demand
from handlers.actions.tickets.waiting import ask_aside, asking_chats, stop_waiting, wait_for
from handlers.phrases import cards, drafts
from knowledge.community.hood.access import Act
from knowledge.community.tickets.ticket import DRAFTS, UNFINISHED, State, Step
from knowledge.store.chronicle import reported_words
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

MAX_QUESTIONS = 3
"""After so many questions a request with a matter is taken as it stands."""


def draft(work: Work, who: str, chat: ChatRef, request: Request) -> TicketRow:
    """Note an ordinary request and ask for what is missing, or whether it is right so.

    A second report of the same matter joins the first, and the same person's words complete the
    draft that is there: then that ticket is returned.
    """
    request = placed(work, who, request)
    known = None if request.missing else _twin_of(work, request)
    if known is not None and is_certain(work, known, who, request.matter, request.place):
        return join(
            work, known, who, chat, words=request.words, images=request.images, at=request.place
        )
    mine = still_open(work, who, request)
    if mine is not None:
        add(work, mine, who, request.words)
        return mine
    mine = same_draft(work, who, chat, request.category, request.place)
    if mine is not None:
        return _complete(work, mine, who, request)
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
    ask_aside(work, ticket)
    question(work, ticket, request.words, request.missing, request.among)
    return ticket


def report(work: Work, who: str, chat: ChatRef, request: Request, *, advice: str = "") -> TicketRow:
    """Log an emergency (P0, P1) at once, tell the responsible person, then the reporter.

    `advice` is what must be said first (the emergency number, the one right action, and the
    question for the place when it is missing). The reporter's own second sentence brings the
    place or changes nothing. To those who report the same again it is repeated
    only where life is in danger.
    """
    place = None if "place" in request.missing else request.place
    known = told_already(work, who, request, place, _twin_of(work, request))
    if known is not None:
        return once_more(work, known, who, chat, replace(request, place=place), advice=advice)
    ticket = create(work, who, chat, request, State.NEW)
    enter(work, ticket, who, request.words)
    ask_aside(work, ticket)
    if advice:
        choices = estates.choices(request.among, work.hood, ticket.no)
        tell_reporter(work, ticket, advice, choices=choices)
    summon(work, ticket, request.words, why=cards.PRESUMED if request.presumed else "")
    if request.presumed or "place" not in request.missing:
        receipt(work, ticket)
        return ticket
    if not advice:
        tell_reporter(
            work, ticket, drafts.ask_place_only(call_name(work, who), asked_in(work, ticket).which)
        )
    wait_for(work, ticket, "place")
    return ticket


def entrust(work: Work, who: str, chat: ChatRef, request: Request) -> TicketRow:
    """Put somebody's matter before its owner without a receipt: they have not asked for it."""
    ticket = create(work, who, chat, request, State.NEW)
    enter(work, ticket, who)
    summon(work, ticket, "")
    return ticket


def file(work: Work, ticket: TicketRow, actor: str) -> TicketRow:
    """Make a draft a request: number, named person, promise; the person gets the card.

    Raises IllegalStep when it is no draft any more.
    """
    require(work, ticket, DRAFTS)
    for chat in asking_chats(work, ticket):
        ticket.images = [*ticket.images, *take_photos(work, chat, ticket.reporter)]
    known = _part_of(work, ticket)
    if known is not None:
        return merge(work, ticket, known)
    enter(work, ticket, actor)
    close_menus(work, ticket.id)
    stop_waiting(work, ticket)
    summon(work, ticket)
    receipt(work, ticket)
    return ticket


def follow(work: Work, ticket: TicketRow, who: str, into: int) -> TicketRow:
    """Make a draft a part of the ticket that its reporter says it is; is that one over, it is filed.

    Raises IllegalStep when it is no draft any more.
    """
    demand(work, ticket, who, Act.TICKET_WITHDRAW)
    require(work, ticket, DRAFTS)
    known = by_no(work.session, into)
    if known is None or known.state not in UNFINISHED:
        return file(work, ticket, who)
    return merge(work, ticket, known)


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
    subject: Request | None = None,
) -> TicketRow:
    """Complete or correct a draft, then ask on or ask whether it is right.

    `missing` = what is still unknown afterwards, `subject` = what it proves to be about. Returns the
    ticket that it became a part of when the same matter is already open.
    """
    if subject is not None:
        _take_for(ticket, subject)
    ticket.place_id = place or ticket.place_id
    ticket.matter = matter or ticket.matter
    ticket.images = [*ticket.images, *images]
    if ticket.matter and ticket.length >= MAX_QUESTIONS:
        missing = ()
    told = _edited(ticket, complete=not missing) | {"matter": bool(matter)}
    record(work, ticket, Step.EDITED, who, text=words, facts=told)
    close_menus(work, ticket.id)
    known = None if missing else _part_of(work, ticket)
    if known is not None:
        return merge(work, ticket, known, words=words)
    question(work, ticket, reported_words(work.session, ticket), missing)
    return ticket


def _take_for(ticket: TicketRow, subject: Request) -> None:
    """Let the draft be about what its reporter's words prove to be about."""
    ticket.kind, ticket.category = subject.kind.value, subject.category
    ticket.lane, ticket.private = subject.lane.value, subject.private


def _edited(ticket: TicketRow, *, complete: bool) -> dict[str, Any]:
    """What the history must know of a draft that was edited."""
    return {
        "place": ticket.place_id,
        "complete": complete,
        "images": len(ticket.images),
        "kind": ticket.kind,
        "category": ticket.category,
        "lane": ticket.lane,
    }


def deny_place(work: Work, ticket: TicketRow, who: str, named: str, *, words: str) -> None:
    """Take the place from a draft whose reporter names one that is not there, and ask again."""
    ticket.place_id = None
    told = _edited(ticket, complete=False) | {"matter": False}
    record(work, ticket, Step.EDITED, who, text=words, facts=told)
    close_menus(work, ticket.id)
    tell_reporter(work, ticket, drafts.no_such_place(named, asked_in(work, ticket)))
    wait_for(work, ticket, "place")


def place(work: Work, ticket: TicketRow, who: str, place_id: str) -> TicketRow:
    """Add the place that was chosen among several, to a draft or to a logged emergency."""
    demand(work, ticket, who, Act.TICKET_WITHDRAW)
    if ticket.state in DRAFTS:
        return edit(work, ticket, who, place=place_id)
    return locate(work, ticket, who, place_id)


def _complete(work: Work, ticket: TicketRow, who: str, request: Request) -> TicketRow:
    """Put into the draft what the same person says once more."""
    known = {"place": ticket.place_id, "matter": ticket.matter}
    missing = tuple(name for name in request.missing if not known[name])
    words, images = request.words, request.images
    place, matter = request.place, request.matter
    return edit(
        work, ticket, who, place=place, matter=matter, images=images, missing=missing, words=words
    )


def _part_of(work: Work, ticket: TicketRow) -> TicketRow | None:
    """The open ticket of which this draft is, without asking, a second report."""
    known = same_as(work, ticket)
    if known is None:
        return None
    own, matter, place = ticket.reporter, ticket.matter, ticket.place_id
    return known if is_certain(work, known, own, matter, place) else None


def _twin_of(work: Work, request: Request) -> TicketRow | None:
    """The open ticket of which this request is a second report."""
    if request.private or "place" in request.missing:
        return None
    return twin(work, request.category, request.matter, request.place)
