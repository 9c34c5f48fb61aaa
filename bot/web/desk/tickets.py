"""One ticket for the people it concerns: where it stands, what happened, what they can do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.web.desk.tasks import task_of
from bot.web.forms import cleaned
from bot.web.visit import NOTHING_HERE
from handlers.actions.tickets.climbing import urge
from handlers.actions.tickets.closing import (
    RATEABLE,
    REOPENABLE,
    called_back,
    confirm,
    is_too_late,
    rate,
    reopen,
)
from handlers.actions.tickets.picturing import after, before
from handlers.actions.tickets.standing import allowed, find
from handlers.actions.tickets.wording import person_name
from handlers.phrases.callbacks import OUTCOMES as CALL_OUTCOMES
from handlers.phrases.endings import RATINGS
from handlers.phrases.moments import when
from handlers.phrases.timeline import step_words
from knowledge.community.attached import UNPLAYED, kind_of, pictures, voices
from knowledge.community.hood.access import Act
from knowledge.community.places.places import PlaceKind
from knowledge.community.privacy import mask
from knowledge.community.refusals import NotFound, Refusal
from knowledge.community.tickets.ticket import (
    CLOSED,
    OPEN,
    OUTCOMES,
    UNFINISHED,
    WAITING_FOR_CLAIM,
    State,
)
from knowledge.store.callbacks import open_callback
from knowledge.store.histories import history, words
from knowledge.store.lists import reported_by
from knowledge.store.parties import is_party

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from bot.web.desk.tasks import Task
    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

    Deed = Callable[[Work, TicketRow, str], None]


ADDRESSED = frozenset(PlaceKind) - {PlaceKind.GRID, PlaceKind.UNIT}
"""Levels of places that a map knows."""
CALLED = "call:"
"""Before what the reporter said on the phone, in the form of the caller."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history: when, what, and the words that somebody wrote."""

    at: str
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Where the reporter is reached: for the assigned chain only."""

    name: str
    phone: str
    door: str
    address: str
    """From the street down to the building, as a map finds it."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A ticket as one person may see it."""

    task: Task
    happenings: tuple[Happening, ...]
    contact: Contact | None
    acts: frozenset[Act]
    after: int
    """How many photos of what was done can be seen."""
    voices: tuple[str, ...]
    """How each voice was recorded that can be listened to."""
    rated: str
    """The rating as a word, "" for none yet."""
    mine: bool
    """Whether it is in the viewer's hands, to take or to finish."""
    reported: bool
    """Whether the viewer reported it, or joined."""


async def ticket(visit: Visit) -> web.Response:
    """Show a ticket with its history to those whom it concerns."""
    return await _show(visit)


async def mine(visit: Visit) -> web.Response:
    """Show what the person has reported or joined."""
    states = OPEN | OUTCOMES
    found = await visit.glance(
        lambda work: [
            task_of(work, row, visit.me.id)
            for row in reversed(reported_by(work.session, visit.me.id, states))
        ]
    )
    return visit.page("mine.html", tasks=found)


async def respond(visit: Visit) -> web.Response:
    """Take the reporter's word: good, not good, a rating, or that it is urgent."""
    form = await visit.request.post()
    said = str(form.get("answer", ""))
    act, deed = _answer(said, cleaned(str(form.get("words", "")))[:500])
    try:
        await visit.act(lambda work: deed(work, _find(visit, work, act), visit.me.id))
    except Refusal as refusal:
        if isinstance(refusal, NotFound):
            raise
        return await _show(visit, refusal.say, status=409)
    return visit.back(f"/t/{visit.request.match_info['no']}")


def _answer(said: str, words: str) -> tuple[Act, Deed]:
    if said in RATINGS:
        rating = RATINGS.index(said) + 1
        return Act.TICKET_RATE, lambda work, row, who: rate(work, row, who, rating)
    if said == "bad":
        return Act.TICKET_REOPEN, lambda work, row, who: reopen(work, row, who, words)
    if said == "urge":
        return Act.TICKET_URGE, urge
    if said.startswith(CALLED):
        outcome = said.removeprefix(CALLED)
        return Act.TICKET_CALL, lambda work, row, who: called_back(work, row, who, outcome, words)
    if said == "good":
        return Act.TICKET_CONFIRM, confirm
    raise NotFound(NOTHING_HERE)


async def _show(visit: Visit, trouble: str = "", status: int = 200) -> web.Response:
    dossier = await visit.glance(
        lambda work: _dossier(work, _find(visit, work, Act.TICKET_READ), visit.me.id)
    )
    return visit.page(
        "ticket.html",
        status=status,
        dossier=dossier,
        trouble=trouble,
        covering=visit.request.query.get("cover", ""),
        notes={},
        ratings=RATINGS,
        outcomes=CALL_OUTCOMES,
        UNPLAYED=UNPLAYED,
        Act=Act,
    )


def _find(visit: Visit, work: Work, act: Act) -> TicketRow:
    return find(work, int(visit.request.match_info["no"]), visit.me.id, act)


def _dossier(work: Work, row: TicketRow, who: str) -> Dossier:
    said = words(work.session, row)
    inside = allowed(work, row, who, Act.MEDIA_READ)
    contactable = allowed(work, row, who, Act.TICKET_DETAILS)
    reads = inside and (who == row.reporter or contactable)
    happenings = tuple(
        Happening(
            when(deed.at, work.now),
            step_words(deed, person_name(work, deed.actor), _named_in(work, deed.facts)),
            _read_by(who, deed.actor, said.get(deed.seq, ""), inside=reads),
        )
        for deed in history(work.session, row)
    )
    acts = frozenset(act for act in _possible(work, row) if allowed(work, row, who, act))
    contact = None
    if contactable:
        person = work.hood.person(row.reporter)
        where = _address(work, row.place_id)
        contact = Contact(person.called, person.phone, person.door, where) if person else None
    rated = RATINGS[row.rating - 1] if row.rating else ""
    task = task_of(work, row, who)
    seen = inside or Act.MEDIA_REDACT in acts
    done = after(work, row) if seen else []
    came = before(work, row, who) if seen else []
    heard = tuple(map(kind_of, voices([*came, *done])))
    task = replace(task, images=len(pictures(came)))
    shown = len(pictures(done))
    own = who == row.reporter or is_party(work.session, row, who)
    return Dossier(
        task, happenings, contact, acts, shown, heard, rated, _in_hands_of(row, who), own
    )


def _in_hands_of(row: TicketRow, who: str) -> bool:
    """Whether somebody holds the task, or was told of it and may take it."""
    if State(row.state) in WAITING_FOR_CLAIM:
        return who == row.owner_id or who in row.claimants
    return who == row.owner_id and State(row.state) in UNFINISHED


def _address(work: Work, place_id: str | None) -> str:
    """The names from the street down, grids and units left out."""
    path = [work.hood.places[one] for one in reversed(work.hood.ancestors(place_id))]
    return "".join(one.name for one in path if one.kind in ADDRESSED)


def _read_by(who: str, author: str, words: str, *, inside: bool) -> str:
    """Words as their author, the reporter and the assigned chain read them; masked for others."""
    return words if inside or who == author else mask(words)


def _named_in(work: Work, facts: Mapping[str, Any]) -> str:
    """The person, or the other building, that an event names."""
    if "building" in facts:
        return work.hood.label(str(facts["building"]))
    return person_name(work, str(facts.get("owner") or ""))


def _possible(work: Work, row: TicketRow) -> set[Act]:
    """Return what the state allows at all."""
    state = State(row.state)
    acts = set()
    if state is State.HANDLED:
        acts.add(Act.TICKET_CONFIRM)
    if state in REOPENABLE and not is_too_late(work, row):
        acts.add(Act.TICKET_REOPEN)
    if state in RATEABLE and row.rating is None:
        acts.add(Act.TICKET_RATE)
    if state in UNFINISHED:
        acts |= {Act.TICKET_URGE, Act.TICKET_FINISH, Act.TICKET_CLAIM, Act.TICKET_ARRANGE}
        acts.add(Act.TICKET_TRANSFER)
    if state is State.CLOSED_DUPLICATE:
        acts |= {Act.TICKET_SPLIT, Act.TICKET_ARRANGE}
    if state in CLOSED and open_callback(work.session, row) is not None:
        acts.add(Act.TICKET_CALL)
    return acts | {Act.MEDIA_REDACT}
