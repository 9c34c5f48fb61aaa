"""议事: a topic is raised, decided with somebody responsible until a day, done; or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.actions.auditing import note
from handlers.actions.relaying import relayable
from handlers.actions.telling import About, tell_person
from handlers.phrases import topics as phrases
from knowledge.community.hood.access import HELPERS, Act, Relation, may
from knowledge.community.hood.territory import reach
from knowledge.community.places.places import PlaceKind
from knowledge.community.refusals import IllegalStep, NotFound, TooOften, Unclear
from knowledge.store.erasing import ERASED
from knowledge.store.rows.topics import TopicRow
from knowledge.store.topics import raised_by, waiting_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.work import Work
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.people import Person

TITLE, WORDS = 40, 200
"""Most characters of a title, and of anything else written about a topic."""
LEVELS = frozenset({PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.ESTATE})
"""Places that meet."""
MOST_WAITING, COUNTED = 3, timedelta(days=30)
"""So many topics of one resident wait at once, of those raised so lately."""
PAPER = timedelta(days=60)
"""How long after the meeting its minutes can be written in."""
LONGEST = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided: who sees to it until when."""

    held_on: date
    words: str
    responsible: str
    due: date


def above(person: Person, hood: Neighbourhood) -> frozenset[str]:
    """The meeting places in or below which a person has a home or a post."""
    around = {place for scope in person.scopes() for place in hood.ancestors(scope)}
    return frozenset(place for place in around if hood.places[place].kind in LEVELS)


def seen_by(person: Person, hood: Neighbourhood) -> frozenset[str] | None:
    """The places of which a person reads the topics, None = all: their own, and what they report on."""
    tops = reach(person, Act.REPORT_READ, hood)
    if tops is None:
        return None
    return above(person, hood).union(*(hood.inside(top) for top in tops))


def standing(work: Work, topic: TopicRow, who: str) -> frozenset[Relation]:
    """How a person stands to a topic that they read."""
    person = work.hood.person(who)
    if person is None:
        return frozenset()
    held = (
        (Relation.CHAIN, topic.responsible == who),
        (Relation.SUBTREE, holds_office(person, topic.place_id, work.hood)),
    )
    return frozenset(relation for relation, holds in held if holds)


def holds_office(person: Person, place_id: str, hood: Neighbourhood) -> bool:
    """Whether the place belongs to the range over which a person writes the minutes."""
    tops = reach(person, Act.TOPIC_DECIDE, hood)
    return tops is None or any(hood.within(place_id, top) for top in tops)


def candidates(hood: Neighbourhood, place_id: str) -> list[Person]:
    """Who can be made responsible at a place: helpers there, and those of the places around it."""
    return [
        person
        for person in hood.people.values()
        if person.active
        and any(
            hood.within(scope, place_id) or hood.within(place_id, scope)
            for grant in person.grants
            if grant.role in HELPERS
            for scope in grant.scope
        )
    ]


def raise_topic(work: Work, who: str, place_id: str, title: str, told: str = "") -> TopicRow:
    """Put a topic into the box of a place; what the office puts in there is nobody's own.

    Raises:
        Unclear, NotRelayed: not their place, no title, too long, or words that ask for codes or money.
        TooOften: as many as one resident may have wait already.
    """
    person, place = work.hood.person(who), work.hood.place(place_id)
    if person is None or place is None or place.kind not in LEVELS:
        raise Unclear(phrases.NO_PLACE)
    office = holds_office(person, place_id, work.hood)
    if not office and place_id not in above(person, work.hood):
        raise Unclear(phrases.NO_PLACE)
    if not office and waiting_of(work.session, who, work.now - COUNTED) >= MOST_WAITING:
        raise TooOften(phrases.ENOUGH.format(most=MOST_WAITING))
    row = TopicRow(
        place_id=place_id,
        title=_read("议题", title, phrases.NO_TITLE.format(most=TITLE), TITLE),
        told=_read("说明", told),
        raised_by="" if office else who,
        raised_at=work.now,
        entered_by=who,
    )
    work.session.add(row)
    work.session.flush()
    _note(work, who, "raise", row)
    return row


def decide(work: Work, topic_id: int, who: str, made: Decision) -> None:
    """Write down what the meeting decided, and tell who is responsible."""
    row = _found(work, topic_id, who, Act.TOPIC_DECIDE)
    _still(waiting=row.waiting)
    today = work.now.date()
    if not today - PAPER <= made.held_on <= today:
        raise Unclear(phrases.WRONG_MEETING)
    if not today < made.due <= today + LONGEST:
        raise Unclear(phrases.WRONG_DUE)
    if made.responsible not in {one.id for one in candidates(work.hood, row.place_id)}:
        raise Unclear(phrases.NOBODY)
    row.decision = _read("决议", made.words, phrases.NO_DECISION)
    row.held_on, row.responsible, row.due = made.held_on, made.responsible, made.due
    number = phrases.topic_number(row.id)
    text = phrases.task(number, row.title, row.decision, made.held_on, made.due)
    tell_person(work, made.responsible, text, about=About(lane="P3"), task=True)
    _note(work, who, "decide", row, made.responsible)


def drop(work: Work, topic_id: int, who: str, reason: str) -> None:
    """Take a topic out of the box, with a reason for everybody."""
    row = _found(work, topic_id, who, Act.TOPIC_DECIDE)
    _still(waiting=row.waiting)
    row.decision = phrases.DROPPED.format(reason=_read("理由", reason, phrases.NO_REASON))
    _note(work, who, "drop", row)


def finish(work: Work, topic_id: int, who: str, words: str) -> None:
    """Say that what was decided is done, and how."""
    row = _found(work, topic_id, who, Act.TOPIC_FINISH)
    if not row.under_way:
        raise IllegalStep(phrases.NOT_UNDER_WAY)
    row.done_words, row.done_on = _read("结果", words, phrases.NO_RESULT), work.now.date()
    _note(work, who, "finish", row)


def disown(work: Work, names: Collection[str]) -> None:
    """Take a party out of their topics; what no meeting has decided loses its words and is over."""
    for row in raised_by(work.session, names):
        if row.held_on is None:
            row.title, row.told, row.decision = ERASED, "", row.decision or phrases.GONE
        row.raised_by = row.entered_by = ""


def _found(work: Work, topic_id: int, who: str, act: Act) -> TopicRow:
    row = work.session.get(TopicRow, topic_id, with_for_update=True)
    if row is None or not may(work.hood.person(who), act, standing(work, row, who)):
        raise NotFound(phrases.NO_SUCH_TOPIC)
    return row


def _still(*, waiting: bool) -> None:
    if not waiting:
        raise IllegalStep(phrases.SETTLED)


def _read(what: str, said: str, missing: str = "", most: int = WORDS) -> str:
    """What was written, in one line; `missing` = the refusal of nothing, "" = nothing will do."""
    text = " ".join(said.split())
    if missing and not text:
        raise Unclear(missing)
    if (over := len(text) - most) > 0:
        raise Unclear(phrases.TOO_LONG.format(what=what, most=most, over=over))
    relayable(text)
    return text


def _note(work: Work, who: str, verb: str, row: TopicRow, person: str = "") -> None:
    """Into the log go the place and the responsible person, never a resident's words."""
    detail = "，".join(filter(None, (work.hood.label(row.place_id), person)))
    note(work, who, f"topic.{verb}", phrases.topic_number(row.id), detail)
