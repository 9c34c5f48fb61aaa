"""Two people at the same moment: exactly one wins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

from handlers.actions.tickets import claiming, climbing
from knowledge.community.course import Clock
from knowledge.community.refusals import AlreadyTaken
from knowledge.store.tickets import by_no
from tests.handlers.actions.tickets.lane import LEAK

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf


def test_of_two_who_tap_at_once_exactly_one_has_it(lane: LaneOf):
    no = lane.filed("zhao", LEAK)
    with lane.database.transaction() as session:
        ticket = by_no(session, no)
        assert ticket is not None
        climbing.climb(lane.work(session), ticket, Clock.CLAIM)
    start = Barrier(2)

    def tap(who: str) -> str:
        start.wait()
        try:
            lane.does(who, claiming.accept, no)
        except AlreadyTaken as refusal:
            return refusal.say
        return "taken"

    with ThreadPoolExecutor(2) as threads:
        said = list(threads.map(tap, ("zhang", "liu")))
    assert said.count("taken") == 1
    winner = lane.ticket(no).owner_id
    assert winner == ("zhang", "liu")[said.index("taken")]
    assert any("已由" in words for words in said)
    assert lane.flaws() == []
