"""Several people at the same moment: exactly one wins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TYPE_CHECKING

from handlers.actions.tickets import claiming, climbing, merging
from knowledge.community.refusals import Refusal
from knowledge.community.tickets.course import Clock
from knowledge.store.tickets import by_no
from tests.handlers.actions.tickets.lane import LEAK, LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.handlers.actions.tickets.lane import LaneOf


EVERYBODY = ("zhang", "liu", "chen", "office", "street")


def test_of_all_who_tap_at_once_exactly_one_has_it(lane: LaneOf):
    no = lane.filed("zhao", LEAK)
    for _ in EVERYBODY[1:]:
        with lane.database.transaction() as session:
            ticket = by_no(session, no)
            assert ticket is not None
            climbing.climb(lane.work(session), ticket, Clock.CLAIM)
    said = _at_once(lambda who: lane.does(who, claiming.accept, no), EVERYBODY)
    assert said.count("done") == 1
    winner = lane.ticket(no).owner_id
    assert winner == EVERYBODY[said.index("done")]
    assert sum("已由" in words for words in said) == len(EVERYBODY) - 1
    assert lane.flaws() == []


def test_of_all_who_split_a_ticket_at_once_one_does_it(lane: LaneOf):
    light, door = lane.filed(), lane.filed("zhao", replace(LIGHT, category="door"))
    lane.does("office", merging.fold, door, light)
    said = _at_once(lambda who: lane.does(who, merging.split, door), ("office", "street", "zhao"))
    assert said.count("done") == 1
    assert lane.ticket(light).reports == 1
    assert lane.flaws() == []


def _at_once(tap: Callable[[str], None], people: tuple[str, ...]) -> list[str]:
    """Let everybody do it at the same moment: "done", or what each was told."""
    start = Barrier(len(people))

    def try_it(who: str) -> str:
        start.wait()
        try:
            tap(who)
        except Refusal as refusal:
            return refusal.say
        return "done"

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(try_it, people))
