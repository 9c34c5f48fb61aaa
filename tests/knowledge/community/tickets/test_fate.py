"""What a history says to a report does not hang on how the database tells it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

from knowledge.community.days.zone import day_and_hour, local
from knowledge.community.tickets.fate import Fate, fate_of
from knowledge.community.tickets.ticket import State

MOVES: tuple[tuple[Any, ...], ...] = (
    (1, "filed", None, "new", "", "居民", None),
    (2, "moved", "new", "accepted", "", "邻长", None),
    (3, "moved", "accepted", "closed_silent", "", "邻长", None),
    (4, "moved", "closed_silent", "accepted", "重办", "居民", None),
)


def told(events: tuple[tuple[Any, ...], ...], within: tuple[bool, ...] = ()) -> Fate:
    found = fate_of(",".join(json.dumps(one, ensure_ascii=False) for one in events), within)
    assert found is not None
    return found


def test_in_whatever_order_events_come_the_fate_is_that_of_their_numbers() -> None:
    for events in permutations(MOVES):
        found = told(events)
        assert (found.state, found.answered, found.silent) == (State.ACCEPTED, False, False)
        assert [events[place][0] for place in (*found.filed, *found.contacted)] == [1, 2]
        assert [events[place][0] for place in found.done] == [3]
        assert found.sums == {"redone": 1}


def test_what_lies_outside_of_the_span_moves_a_ticket_and_is_not_counted() -> None:
    found = told(MOVES, (True, True, True, False))
    assert (found.state, found.silent, found.sums) == (State.ACCEPTED, True, {})


def test_what_was_never_filed_has_no_fate() -> None:
    assert fate_of('[1, "drafted", null, "draft", "", "居民", null]') is None


def test_the_local_day_and_hour_of_every_hour_are_those_of_the_zone() -> None:
    begin = datetime(1990, 4, 1, 0, 59, tzinfo=UTC)  # summer time was kept until 1991
    for hours in range(0, 400 * 24, 7):
        at = begin + timedelta(hours=hours)
        assert day_and_hour(at) == (local(at).date(), local(at).hour)
