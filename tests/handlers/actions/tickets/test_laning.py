"""改急: another promise, reckoned from the beginning, with a reason that everybody reads."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import claiming, laning, working
from knowledge.community.refusals import IllegalStep, NotFound, NotRelayed, Unclear
from knowledge.community.tickets.ticket import Lane
from tests.handlers.actions.tickets.lane import GROUP, LEAK

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf


def test_a_raised_matter_keeps_the_time_that_has_passed(lane: LaneOf):
    light = lane.filed()
    lane.does("zhang", claiming.accept, light)
    filed = lane.ticket(light).filed_at
    assert filed is not None
    lane.passes(timedelta(hours=2))
    lane.does("zhang", laning.change_lane, light, Lane.P1, "线头掉下来了，老人摸得到")
    assert lane.ticket(light).lane == "P1"
    assert lane.ticket(light).solve_due == filed + timedelta(hours=24)
    assert "改按紧急办：线头掉下来了" in lane.hears(GROUP)
    assert lane.flaws() == []


def test_a_reason_that_asks_for_a_code_reaches_nobody(lane: LaneOf):
    light = lane.filed()
    lane.does("zhang", claiming.accept, light)
    with pytest.raises(NotRelayed):
        lane.does("zhang", laning.change_lane, light, Lane.P1, "把短信验证码发给我")
    assert lane.ticket(light).lane == "P2"


def test_a_lowered_matter_gets_the_longer_promise_and_its_own_time_when_raised_again(
    lane: LaneOf,
):
    leak = lane.report("li", LEAK)
    lane.does("zhang", claiming.accept, leak)
    before = lane.ticket(leak).solve_due
    assert before is not None
    lane.does("liu", laning.change_lane, leak, Lane.P2, "只是滴水，已经关了阀")
    lowered = lane.ticket(leak).solve_due
    assert lowered is not None
    assert lowered > before
    assert "改为一般（P2）" in lane.hears("zhang")
    lane.passes(timedelta(hours=1))
    lane.does("zhang", laning.change_lane, leak, Lane.P1, "阀没关死")
    assert lane.ticket(leak).solve_due == before
    assert lane.flaws() == []


@pytest.mark.parametrize(
    ("who", "to", "words", "refusal"),
    [
        ("zhang", Lane.P1, "", Unclear),
        ("zhang", None, "很急", Unclear),
        ("zhang", Lane.P2, "一样", IllegalStep),
        ("li", Lane.P0, "快点", NotFound),
        ("he", Lane.P1, "我看蛮急", NotFound),
        ("du", Lane.P1, "督办", NotFound),
    ],
)
def test_nobody_changes_it_without_the_right_a_lane_and_a_reason(
    lane: LaneOf, who: str, to: Lane | None, words: str, refusal: type[Exception]
):
    light = lane.filed()
    with pytest.raises(refusal):
        lane.does(who, laning.change_lane, light, to, words)
    lane.does("zhang", claiming.accept, light)
    lane.does("zhang", working.finish, light, "换好了")
    with pytest.raises((IllegalStep, NotFound)):
        lane.does("zhang", laning.change_lane, light, Lane.P1, "晚了")
    assert lane.ticket(light).lane == "P2"
