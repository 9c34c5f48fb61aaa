"""The complete clock of a ticket, recomputed from its history.

A clock has a beginning and a promise; halfway the owner is nudged once, at its end the ticket
climbs one rung and a new clock of the same length begins. Only waiting for the reporter stops it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.community.tickets.course import Clock, Course, follow
from knowledge.community.tickets.promise import Limit, Term, Unit, promise_of, span, term
from knowledge.community.tickets.ticket import (
    WAITING_FOR_CLAIM,
    WORKING,
    Kind,
    Lane,
    State,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from knowledge.community.days.hours import Days, Hours
    from knowledge.community.tickets.deed import Deed

RECHECKED_KINDS = frozenset({Kind.REPAIR, Kind.COMPLAINT, Kind.HELP})
"""What can turn out not to have lasted: asked about once more, four weeks after its end."""


ONCE = frozenset({Clock.VISIT, Clock.ATTEND})
"""Clocks that climb one rung and no further."""
THINNING = 6
"""Everybody is called again after a sixth of the time for which nobody has taken it."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """When the clock acts by itself, what it does then, and which clock makes it."""

    at: datetime
    step: Step
    clock: Clock
    target: State | None = None


@dataclass(frozen=True, slots=True)
class Timers:
    """Everything that a ticket's history says about the future; None = met or not running."""

    claim_due: datetime | None = None
    visit_due: datetime | None = None
    solve_due: datetime | None = None
    moments: tuple[Moment, ...] = ()

    @property
    def next_at(self) -> datetime | None:
        """When the clock has to look again."""
        return self.moments[0].at if self.moments else None


def timers(deeds: Iterable[Deed], days: Days, hours: Hours) -> Timers:
    """The clock of one ticket, recomputed from its complete history (oldest event first)."""
    return Reckoning(follow(deeds), days, hours).timers()


class Reckoning:
    """One ticket's course laid against the calendar and the service hours."""

    def __init__(self, course: Course, days: Days, hours: Hours) -> None:
        self._course = course
        self._days = days
        self._hours = hours
        self._promise = promise_of(course.lane, course.kind)

    def timers(self) -> Timers:
        """All promises still open and all moments still to come, earliest first."""
        resting = self._resting()
        if resting is not None:
            return Timers(moments=resting())
        dues = {clock: self._due(clock) for clock in self._running()}
        found = [m for clock, due in dues.items() for m in self._moments(clock, due)]
        return Timers(
            claim_due=dues.get(Clock.CLAIM),
            visit_due=dues.get(Clock.VISIT),
            solve_due=dues.get(Clock.SOLVE),
            moments=tuple(sorted((*found, *self._alarm()))),
        )

    def _resting(self) -> Callable[[], tuple[Moment, ...]] | None:
        """What reckons the moments of a state in which no promise runs."""
        reckoned = {
            State.DRAFT: self._draft,
            State.HANDLED: self._silence,
            State.WAITING_REPORTER: self._pause,
            State.PARKED: self._review,
            State.CLOSED_CONFIRMED: self._recheck,
            State.CLOSED_SILENT: self._recheck,
        }
        return reckoned.get(self._course.state)

    def _running(self) -> tuple[Clock, ...]:
        course = self._course
        if course.state in WAITING_FOR_CLAIM:
            return (Clock.CLAIM, Clock.SOLVE)
        if course.state not in WORKING:
            return ()
        attend = (Clock.ATTEND,) if course.absent else ()
        if self._promise.visit is None or course.visited:
            return (*attend, Clock.SOLVE)
        return (*attend, Clock.VISIT, Clock.SOLVE)

    def _moments(self, clock: Clock, due: datetime) -> list[Moment]:
        """The nudge and the climb of one running clock that have not happened yet."""
        course = self._course
        if clock in course.topped or (clock in ONCE and course.climbs[clock]):
            return []
        if clock is Clock.SOLVE and course.state in WAITING_FOR_CLAIM:
            return []
        if clock is Clock.VISIT and due <= course.taken:
            return []
        found = [Moment(due, Step.ESCALATED, clock)]
        middle = self._middle(clock, due)
        if not (course.climbs[clock] or clock in course.nudged or middle < course.taken):
            found.append(Moment(middle, Step.NUDGED, clock))
        return found

    def _alarm(self) -> tuple[Moment, ...]:
        """The next call to everybody for a life that nobody has come for, no rung being left."""
        course, last = self._course, self._course.alarmed
        left = Clock.CLAIM in course.topped and course.state in WAITING_FOR_CLAIM
        if course.lane is not Lane.P0 or not left or last is None or course.listed is None:
            return ()
        pause = max(span(Limit.ALARM), (last - course.listed) / THINNING)
        return (Moment(last + pause, Step.ALARMED, Clock.CLAIM),)

    def promised(self, clock: Clock, start: datetime) -> datetime:
        """The end of a clock that began at `start`, put off by every pause."""
        return self._stretched(start, self._end(start, self._term(clock)), clock)

    def _due(self, clock: Clock) -> datetime:
        return self.promised(clock, self._start(clock))

    def _start(self, clock: Clock) -> datetime:
        """When a clock began; who takes a ticket whose time is over gets the time anew."""
        start, taken = self._course.starts[clock], self._course.taken
        late = clock is Clock.SOLVE and self._end(start, self._term(clock)) <= taken
        return taken if late else start

    def _middle(self, clock: Clock, due: datetime) -> datetime:
        """Half of the time between the clock's beginning and its end, as the clock counts it."""
        start = self._start(clock)
        end = self._end(start, self._term(clock))
        if self._round_the_clock(clock):
            middle = start + (end - start) / 2
        else:
            half = self._hours.elapsed(start, end, self._days) / 2
            middle = self._hours.later(start, half, self._days)
        return min(self._stretched(start, middle, clock), due)

    def _term(self, clock: Clock) -> Term:
        if clock is Clock.SOLVE:
            return self._promise.solve
        if clock is Clock.VISIT:
            return self._promise.visit or self._promise.solve
        if clock is Clock.ATTEND:
            return self._attendance()
        returned = self._course.state is State.RETURNED and not self._course.climbs[clock]
        if returned and not self._round_the_clock(clock):
            return term(Limit.RETURNED)
        return self._promise.claim

    def _attendance(self) -> Term:
        """Day and night where it is urgent, else in service hours only."""
        length = term(Limit.ATTEND)
        urgent = self._round_the_clock(Clock.SOLVE)
        return length if urgent else replace(length, unit=Unit.SERVICE_MINUTES)

    def _round_the_clock(self, clock: Clock) -> bool:
        length = self._promise.claim if clock is Clock.CLAIM else self._promise.solve
        return length.unit is Unit.MINUTES

    def _end(self, start: datetime, length: Term) -> datetime:
        if length.unit is Unit.MINUTES:
            return start + timedelta(minutes=length.count)
        if length.unit is Unit.SERVICE_MINUTES:
            return self._hours.later(start, timedelta(minutes=length.count), self._days)
        if length.unit is Unit.DAYS:
            return self._hours.same_day(self._hours.opening_after(start, length.count), self._days)
        if length.count == 0:
            return self._hours.same_day(start, self._days)
        return self._hours.days_after(start, length.count, self._days)

    def _stretched(self, start: datetime, moment: datetime, clock: Clock) -> datetime:
        """The moment put off by every pause that began before it."""
        for begin, end in self._course.pauses:
            if end <= start or begin >= moment:
                continue
            if self._round_the_clock(clock):
                moment += end - max(begin, start)
            else:
                lost = self._hours.elapsed(max(begin, start), end, self._days)
                moment = self._hours.later(moment, lost, self._days)
        return moment

    def _draft(self) -> tuple[Moment, ...]:
        course, soon = self._course, self._course.touched + span(Limit.CONFIRM)
        if course.complete:
            return (Moment(soon, Step.FILED, Clock.DRAFT, State.NEW),)
        over = course.began + span(Limit.DRAFT)
        end = Moment(over, Step.MOVED, Clock.DRAFT, State.CLOSED_WITHDRAWN)
        return (end,) if course.reminded else (Moment(soon, Step.REMINDED, Clock.DRAFT), end)

    def _silence(self) -> tuple[Moment, ...]:
        end = self._course.since + span(Limit.SILENCE)
        return (Moment(end, Step.MOVED, Clock.SILENCE, State.CLOSED_SILENT),)

    def _pause(self) -> tuple[Moment, ...]:
        since = self._course.since
        end = Moment(since + span(Limit.PAUSE), Step.MOVED, Clock.PAUSE, State.ACCEPTED)
        if self._course.reminded:
            return (end,)
        return (Moment(since + span(Limit.ASK_AGAIN), Step.REMINDED, Clock.PAUSE), end)

    def _review(self) -> tuple[Moment, ...]:
        latest = self._course.since + span(Limit.REVIEW)
        at = min(self._course.review or latest, latest)
        return (Moment(at, Step.MOVED, Clock.REVIEW, State.ACCEPTED),)

    def _recheck(self) -> tuple[Moment, ...]:
        course = self._course
        if course.rechecked or course.kind not in RECHECKED_KINDS:
            return ()
        return (Moment(course.since + span(Limit.RECHECK), Step.RECHECKED, Clock.RECHECK),)
