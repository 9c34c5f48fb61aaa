"""The clock of a ticket, from its history alone."""

from __future__ import annotations

import itertools
import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.hours import Hours
from knowledge.community.days.zone import ZONE
from knowledge.community.tickets.course import Clock, follow
from knowledge.community.tickets.deed import Deed
from knowledge.community.tickets.ticket import (
    CLOSED,
    NEXT,
    OPEN,
    Kind,
    Lane,
    State,
    Step,
)
from knowledge.community.tickets.timers import Moment, Timers, timers
from tests.amount import amount

DAYS, HOURS = WorkCalendar(), Hours()
STREAMS = amount(2_000, 10_000)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


class History:
    """A ticket's events, written one after the other."""

    def __init__(self, filed: datetime, lane: Lane, kind: Kind = Kind.REPAIR) -> None:
        self.deeds: list[Deed] = []
        self.add(filed, Step.FILED, State.NEW, lane=lane.value, kind=kind.value)

    @property
    def state(self) -> State:
        return self.deeds[-1].target

    def add(self, when: datetime, step: Step, to: State | None = None, **facts: Any) -> History:
        origin = self.deeds[-1].target if self.deeds else None
        target = to or origin or State.NEW
        self.deeds.append(
            Deed(1, len(self.deeds) + 1, when, step, origin, target, "x", facts=facts)
        )
        return self

    def moves(self, when: datetime, to: State) -> History:
        return self.add(when, Step.MOVED, to)

    def fires(self, moment: Moment, *, top: bool = False) -> None:
        """Write down what the clock has done at its moment."""
        if moment.step is Step.ESCALATED and top:
            self.add(moment.at, Step.SUPERVISED, clock=moment.clock.value)
        else:
            self.add(moment.at, moment.step, moment.target, clock=moment.clock.value)

    def timers(self) -> Timers:
        return timers(self.deeds, DAYS, HOURS)


def moments(history: History) -> list[tuple[str, str]]:
    return [(f"{m.at:%d %H:%M}", m.step.value) for m in history.timers().moments]


@pytest.mark.parametrize(
    ("filed", "claim", "solve"),
    [
        ("2026-11-23T09:00", "2026-11-23T21:00", "2026-11-26T21:00"),
        ("2026-10-09T22:00", "2026-10-10T21:00", "2026-10-13T21:00"),
    ],
)
def test_an_ordinary_request_is_contacted_the_same_day_and_solved_in_three(
    filed: str, claim: str, solve: str
):
    clock = History(at(filed), Lane.P2).timers()
    assert (clock.claim_due, clock.solve_due) == (at(claim), at(solve))


def test_an_urgent_one_is_claimed_in_ten_minutes_and_visited_in_thirty_at_any_hour():
    night = History(at("2026-11-28T23:42"), Lane.P1)
    assert moments(night) == [("28 23:47", "nudged"), ("28 23:52", "escalated")]
    night.moves(at("2026-11-28T23:46"), State.ACCEPTED)
    assert night.timers().visit_due == at("2026-11-29T00:12")
    assert night.timers().claim_due is None
    night.moves(at("2026-11-28T23:58"), State.IN_PROGRESS)
    assert night.timers().visit_due is None
    assert night.timers().solve_due == at("2026-11-29T23:42")


def test_each_rung_is_a_new_clock_and_the_owner_is_nudged_only_once():
    history = History(at("2026-11-23T09:00"), Lane.P0)
    seen = []
    for rung in range(5):
        while history.timers().moments:
            moment = history.timers().moments[0]
            history.fires(moment, top=rung == 4)
            seen.append((f"{moment.at:%H:%M:%S}", moment.step.value))
            if moment.step is Step.ESCALATED:
                break
    assert seen == [
        ("09:01:30", "nudged"),
        ("09:03:00", "escalated"),
        ("09:06:00", "escalated"),
        ("09:09:00", "escalated"),
        ("09:12:00", "escalated"),
        ("09:15:00", "escalated"),
    ]
    assert moments(history) == [("23 09:25", "alarmed")]


def test_a_life_that_nobody_has_come_for_is_called_for_again_ever_more_thinly_until_it_is_taken():
    history = History(at("2026-11-23T02:12"), Lane.P0)
    history.add(at("2026-11-23T02:27"), Step.SUPERVISED, clock="claim")
    seen = []
    while (moment := history.timers().moments[0]).at < at("2026-11-24T02:27"):
        history.fires(moment)
        seen.append(moment.at)
    pauses = [later - sooner for sooner, later in itertools.pairwise(seen)]
    assert seen[0] == at("2026-11-23T02:37")
    assert pauses[:5] == [timedelta(minutes=10)] * 5
    assert pauses == sorted(pauses)
    assert timedelta(hours=3) < pauses[-1] < timedelta(hours=4)
    history.moves(at("2026-11-24T02:27"), State.ACCEPTED)
    assert not [m for m in history.timers().moments if m.step is Step.ALARMED]


def test_what_endangers_no_life_rests_on_the_supervisors_list():
    history = History(at("2026-11-23T02:12"), Lane.P1)
    assert not history.add(at("2026-11-23T03:12"), Step.SUPERVISED, clock="claim").timers().moments


def test_a_missed_visit_climbs_one_rung_and_no_further():
    history = History(at("2026-11-23T09:00"), Lane.P1).moves(at("2026-11-23T09:05"), State.ACCEPTED)
    while (moment := history.timers().moments[0]).clock is Clock.VISIT:
        history.fires(moment)
    assert [deed.step for deed in history.deeds[2:]] == [Step.NUDGED, Step.ESCALATED]
    assert f"{history.deeds[-1].at:%H:%M}" == "09:30"


@pytest.mark.parametrize("before", [Step.NUDGED, Step.SUPERVISED])
def test_whoever_gets_it_next_has_the_whole_time_and_is_nudged_anew(before: Step):
    history = History(at("2026-11-23T09:00"), Lane.P1)
    history.add(at("2026-11-23T09:05"), Step.NUDGED, clock="claim")
    history.add(at("2026-11-23T09:20"), before, clock="claim")
    history.add(at("2026-11-23T09:21"), Step.TRANSFERRED, State.NEW)
    assert moments(history) == [("23 09:26", "nudged"), ("23 09:31", "escalated")]


def test_a_changed_lane_keeps_the_time_that_has_passed():
    history = History(at("2026-11-23T09:00"), Lane.P2)
    history.add(at("2026-11-23T09:04"), Step.LANED, lane="P1")
    assert history.timers().claim_due == at("2026-11-23T09:10")
    history.add(at("2026-11-23T09:06"), Step.LANED, lane="P2")
    assert history.timers().claim_due == at("2026-11-23T21:00")


def test_only_waiting_for_the_reporter_stops_the_clock():
    history = History(at("2026-11-23T09:00"), Lane.P2).moves(at("2026-11-23T10:00"), State.ACCEPTED)
    history.moves(at("2026-11-24T09:00"), State.WAITING_REPORTER)
    assert moments(history) == [("27 09:00", "reminded"), ("01 09:00", "moved")]
    assert history.timers().solve_due is None
    history.moves(at("2026-11-25T09:00"), State.ACCEPTED)
    assert history.timers().solve_due == at("2026-11-27T21:00"), "one day of service was lost"


def test_a_pause_in_the_night_costs_an_ordinary_request_nothing():
    history = History(at("2026-11-23T09:00"), Lane.P2).moves(at("2026-11-23T10:00"), State.ACCEPTED)
    history.moves(at("2026-11-23T21:30"), State.WAITING_REPORTER)
    history.moves(at("2026-11-24T08:00"), State.ACCEPTED)
    assert history.timers().solve_due == at("2026-11-26T21:00")


def test_opening_again_starts_a_new_clock_and_keeps_the_record():
    history = History(at("2026-11-23T09:00"), Lane.P2).moves(at("2026-11-23T10:00"), State.ACCEPTED)
    history.moves(at("2026-11-25T10:00"), State.HANDLED)
    assert moments(history) == [("28 10:00", "moved")]
    history.moves(at("2026-11-26T10:00"), State.ACCEPTED)
    assert history.timers().solve_due == at("2026-12-01T21:00")
    assert follow(history.deeds).redone == 1


def test_what_was_handed_back_has_two_hours_of_service_time():
    history = History(at("2026-11-23T19:00"), Lane.P2)
    history.moves(at("2026-11-23T20:00"), State.RETURNED)
    assert history.timers().claim_due == at("2026-11-24T09:30")


def test_questions_and_service_orders_have_promises_of_their_own():
    asked = History(at("2026-11-23T09:00"), Lane.P2, Kind.ENQUIRY)
    assert asked.timers().solve_due == at("2026-11-25T21:00")
    order = History(at("2026-11-23T09:00"), Lane.P2, Kind.SERVICE)
    assert order.timers().claim_due == at("2026-11-23T11:00")


def test_who_takes_it_after_the_visit_was_due_is_not_reproached_at_once():
    history = History(at("2026-11-23T09:00"), Lane.P1)
    history.moves(at("2026-11-23T09:40"), State.ACCEPTED)
    assert [m.clock for m in history.timers().moments] == [Clock.SOLVE, Clock.SOLVE]


def test_who_takes_it_after_it_should_be_solved_gets_the_time_anew():
    history = History(at("2026-11-23T09:00"), Lane.P2)
    history.moves(at("2026-11-30T10:00"), State.ACCEPTED)
    assert history.timers().solve_due == at("2026-12-03T21:00")


def test_what_is_parked_rests_until_its_review_and_then_goes_on():
    history = History(at("2026-11-23T09:00"), Lane.P2).moves(at("2026-11-23T10:00"), State.ACCEPTED)
    history.add(at("2026-11-24T10:00"), Step.MOVED, State.PARKED, review="2026-12-10T08:30+08:00")
    assert moments(history) == [("10 08:30", "moved")]
    history.fires(history.timers().moments[0])
    assert history.state is State.ACCEPTED
    assert history.timers().solve_due == at("2026-12-15T21:00")


def test_who_is_whistled_for_reports_in_within_thirty_minutes_of_service_time():
    history = History(at("2026-11-23T09:00"), Lane.P2).moves(at("2026-11-23T10:00"), State.ACCEPTED)
    history.add(at("2026-11-23T20:45"), Step.WHISTLED, State.WHISTLED, parties=["x", "gas"])
    assert moments(history)[:2] == [("23 21:00", "nudged"), ("24 08:45", "escalated")]
    history.add(at("2026-11-23T20:50"), Step.ATTENDED)
    assert follow(history.deeds).absent == ["gas"]
    night = History(at("2026-11-23T23:00"), Lane.P1)
    night.add(at("2026-11-23T23:05"), Step.WHISTLED, State.WHISTLED, parties=["gas"])
    assert ("23 23:35", "escalated") in moments(night)


def test_what_was_solved_is_asked_about_once_more_after_four_weeks():
    history = History(at("2026-11-23T09:00"), Lane.P2).moves(at("2026-11-23T10:00"), State.ACCEPTED)
    history.moves(at("2026-11-24T10:00"), State.HANDLED)
    history.moves(at("2026-11-24T11:00"), State.CLOSED_CONFIRMED)
    assert moments(history) == [("22 11:00", "rechecked")]
    history.fires(history.timers().moments[0])
    assert history.timers().moments == ()
    asked = History(at("2026-11-23T09:00"), Lane.P2, Kind.ENQUIRY)
    asked.moves(at("2026-11-23T10:00"), State.ACCEPTED)
    asked.moves(at("2026-11-23T11:00"), State.CLOSED_CONFIRMED)
    assert asked.timers().moments == ()


def test_a_ticket_without_a_history_has_no_clock():
    with pytest.raises(ValueError, match="without a history"):
        timers([], DAYS, HOURS)


def _wander(chance: random.Random) -> History:
    """A random life of a ticket: people and the clock act, each within the table of steps."""
    now = at("2026-09-01T00:00") + timedelta(minutes=chance.randrange(120 * 24 * 60))
    history = History(now, chance.choice(list(Lane)), chance.choice(list(Kind)))
    for _ in range(chance.randrange(12)):
        due = history.timers().moments
        if due and chance.random() < 0.5:
            now = max(now, due[0].at)
            history.fires(due[0], top=chance.random() < 0.2)
            continue
        now += timedelta(minutes=chance.choice((1, 7, 45, 600, 3000)))
        if chance.random() < 0.2:
            history.add(now, Step.LANED, lane=chance.choice(list(Lane)).value)
        else:
            _step(history, now, chance)
    return history


def _step(history: History, now: datetime, chance: random.Random) -> None:
    """One thing that somebody does, as the state allows it."""
    to = chance.choice(sorted(NEXT[history.state] - {State.NEW}))
    if history.state is State.CLOSED_DUPLICATE:
        _split(history, now)
    elif history.state is State.WHISTLED and chance.random() < 0.5:
        history.add(now, Step.ATTENDED)
    elif to is State.WHISTLED:
        history.add(now, Step.WHISTLED, to, parties=["x", "y"][: chance.randint(1, 2)])
    elif to is State.PARKED:
        review = now + timedelta(days=chance.randint(1, 40))
        history.add(now, Step.MOVED, to, review=review.isoformat())
    else:
        history.moves(now, to)


def _split(history: History, now: datetime) -> None:
    """Splitting off leaves the clock as if the two had never been one."""
    merged = max(n for n, deed in enumerate(history.deeds) if deed.moves)
    before, origin = history.deeds[:merged], history.deeds[merged].origin
    history.add(now, Step.SPLIT, origin)
    clock = history.timers()
    assert clock == timers(before, DAYS, HOURS)


def _check(history: History) -> None:
    clock, state = history.timers(), history.state
    assert clock == timers(list(history.deeds), DAYS, HOURS), "the same history, the same clock"
    assert list(clock.moments) == sorted(clock.moments)
    if state in CLOSED - {State.CLOSED_CONFIRMED, State.CLOSED_SILENT}:
        assert clock == Timers()
    if state in CLOSED:
        assert all(m.step is Step.RECHECKED for m in clock.moments)
    if state is State.PARKED:
        (review,) = clock.moments
        assert review.at - history.deeds[-1].at <= timedelta(days=30)
    if state is not State.WHISTLED:
        assert all(m.clock is not Clock.ATTEND for m in clock.moments)
    if state is State.WAITING_REPORTER:
        assert {m.clock for m in clock.moments} == {Clock.PAUSE}
    if state is State.HANDLED:
        assert [m.target for m in clock.moments] == [State.CLOSED_SILENT]
    if state not in OPEN:
        assert clock.solve_due is None
    assert sum(m.step is Step.RECHECKED for m in clock.moments) <= 1
    nudges = [m for m in clock.moments if m.step is Step.NUDGED]
    assert len({m.clock for m in nudges}) == len(nudges)


def _ends(history: History) -> None:
    """When nobody does anything any more, the clock acts a few times and then rests, or calls on."""
    fired: list[tuple[Step, Clock]] = []
    while (clock := history.timers()).moments and clock.moments[0].step is not Step.ALARMED:
        moment = clock.moments[0]
        fired.append((moment.step, moment.clock))
        history.fires(moment, top=fired.count((Step.ESCALATED, moment.clock)) > 4)
        assert len(fired) < 40
    nudged = [clock for step, clock in fired if step is Step.NUDGED]
    assert len(set(nudged)) == len(nudged), "nobody is nudged twice by one clock"


def test_thousands_of_lives_of_tickets_keep_the_rules_of_the_clock():
    chance = random.Random(20261123)
    for _ in range(STREAMS):
        history = _wander(chance)
        _check(history)
        _ends(history)
