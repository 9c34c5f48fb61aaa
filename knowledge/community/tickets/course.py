"""A ticket's history folded into what its clocks need: where it stands and since when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.community.tickets.ticket import (
    PAUSED,
    UNFINISHED,
    WAITING_FOR_CLAIM,
    Kind,
    Lane,
    State,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.community.tickets.deed import Deed


class Clock(StrEnum):
    """The clocks that one ticket can have running."""

    CLAIM = "claim"
    VISIT = "visit"
    SOLVE = "solve"
    ATTEND = "attend"
    PAUSE = "pause"
    REVIEW = "review"
    DRAFT = "draft"
    SILENCE = "silence"
    RECHECK = "recheck"


PROMISED = (Clock.CLAIM, Clock.VISIT, Clock.SOLVE)
TAKEN = WAITING_FOR_CLAIM | {State.ACCEPTED}
UNTIMED = frozenset({Step.JOINED, Step.URGED, Step.RATED, Step.CALLED, Step.REDACTED})
"""Events that no clock looks at: after them every time stays what it was."""
_ARRIVED = frozenset({State.IN_PROGRESS, State.SCHEDULED, State.HANDLED})


@dataclass(slots=True)
class Course:
    """Where a ticket stands after its history; `since` = when it entered its state."""

    state: State
    began: datetime
    since: datetime
    touched: datetime
    taken: datetime
    """When the person who has it now was asked or took it."""
    lane: Lane = Lane.P2
    kind: Kind = Kind.REPAIR
    complete: bool = False
    reminded: bool = False
    visited: bool = False
    starts: dict[Clock, datetime] = field(default_factory=dict)
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    nudged: set[Clock] = field(default_factory=set)
    topped: set[Clock] = field(default_factory=set)
    climbs: Counter[Clock] = field(default_factory=Counter)
    redone: int = 0
    """How often it was opened again."""
    rechecked: bool = False
    absent: list[str] = field(default_factory=list)
    """Who was whistled for and has not reported in."""
    review: datetime | None = None
    """When what is parked must be looked at again."""
    listed: datetime | None = None
    """Since when it is on the 督办 list because nobody has taken it."""
    alarmed: datetime | None = None
    """When everybody was called last, no rung being left."""
    aside: Course | None = None
    """How it stood before it became a part of another ticket: there it goes on when split off."""


def follow(deeds: Iterable[Deed]) -> Course:
    """Fold a history, oldest event first; raises ValueError when there is none."""
    course: Course | None = None
    for deed in deeds:
        if course is None:
            course = Course(deed.target, deed.at, deed.at, deed.at, deed.at)
        if deed.step is Step.SPLIT and course.aside is not None:
            course = course.aside
            continue
        _learn(course, deed)
        _mark(course, deed)
        _gather(course, deed)
        if deed.moves:
            _move(course, deed)
    if course is None:
        raise ValueError("a ticket without a history")
    return course


def _learn(course: Course, deed: Deed) -> None:
    """Take over what the event states: lane, kind, completeness of a draft."""
    course.lane = Lane(deed.facts.get("lane", course.lane))
    course.kind = Kind(deed.facts.get("kind", course.kind))
    course.complete = bool(deed.facts.get("complete", course.complete))
    course.rechecked = course.rechecked or deed.step is Step.RECHECKED
    if deed.step in (Step.DRAFTED, Step.EDITED):
        course.touched = deed.at
    if "review" in deed.facts:
        course.review = datetime.fromisoformat(deed.facts["review"])


def _mark(course: Course, deed: Deed) -> None:
    """Remember that a clock has acted, so that it acts only once."""
    clock = Clock(deed.facts.get("clock", Clock.CLAIM))
    if deed.step is Step.NUDGED:
        course.nudged.add(clock)
    elif deed.step is Step.REMINDED:
        course.reminded = True
    elif deed.step is Step.ESCALATED:
        course.climbs[clock] += 1
        course.starts[clock] = deed.at
    elif deed.step in (Step.SUPERVISED, Step.ALARMED):
        _top(course, clock, deed)
    elif deed.step is Step.TRANSFERRED and deed.target in WAITING_FOR_CLAIM:
        _again(course, Clock.CLAIM, deed.at)
    elif deed.step in (Step.NOTED, Step.ATTENDED) and deed.facts.get("arrived"):
        course.visited = True


def _top(course: Course, clock: Clock, deed: Deed) -> None:
    """Remember that no rung is left, and since when everybody is called."""
    course.topped.add(clock)
    if clock is Clock.CLAIM:
        course.alarmed = deed.at
        course.listed = deed.at if deed.step is Step.SUPERVISED else course.listed


def _gather(course: Course, deed: Deed) -> None:
    """Remember who was whistled for and who has reported in."""
    if deed.step is Step.WHISTLED:
        called = deed.facts.get("parties", ())
        course.absent += [one for one in called if one not in course.absent]
        _again(course, Clock.ATTEND, deed.at)
    elif deed.step is Step.ATTENDED:
        course.absent = [one for one in course.absent if one != deed.actor]


def _move(course: Course, deed: Deed) -> None:
    if deed.target is State.CLOSED_DUPLICATE:
        course.aside = _kept(course)
    if deed.target not in PAUSED | {State.WHISTLED}:
        course.absent = []
    if deed.origin in PAUSED:
        course.pauses.append((course.since, deed.at))
    if deed.target in TAKEN:
        course.taken = deed.at
    if deed.origin not in UNFINISHED and deed.target in UNFINISHED:
        _begin(course, deed)
    elif deed.target in WAITING_FOR_CLAIM:
        _again(course, Clock.CLAIM, deed.at)
    course.visited = course.visited or deed.target in _ARRIVED
    course.reminded = False
    course.state, course.since = deed.target, deed.at


def _begin(course: Course, deed: Deed) -> None:
    """All clocks begin anew: at filing, and as 重办 at re-opening."""
    course.starts = dict.fromkeys(PROMISED, deed.at)
    course.nudged, course.topped = set(), set()
    course.climbs, course.pauses = Counter(), []
    course.visited, course.rechecked = False, False
    course.redone += deed.target is not State.NEW


def _again(course: Course, clock: Clock, at: datetime) -> None:
    """One clock begins anew: somebody else is asked."""
    course.starts[clock] = at
    course.nudged.discard(clock)
    course.topped.discard(clock)
    course.climbs[clock] = 0


def _kept(course: Course) -> Course:
    """A copy that later events leave alone."""
    return replace(
        course,
        starts=dict(course.starts),
        pauses=list(course.pauses),
        nudged=set(course.nudged),
        topped=set(course.topped),
        climbs=Counter(course.climbs),
        absent=list(course.absent),
    )
