"""Back from leave: what was lent comes back, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import claiming, handing, parking, returning
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.refusals import IllegalStep
from knowledge.community.tickets.ticket import State
from tests.handlers.actions.tickets.lane import HOOD, LEAK, LIGHT, PEOPLE, PLACES
from tests.handlers.actions.tickets.test_random_weeks import SOON

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf


@pytest.fixture
def deputised(lane: LaneOf) -> LaneOf:
    """The lane in which 陈片长 stands in for 张师傅."""
    people = tuple(replace(p, deputy="chen") if p.id == "zhang" else p for p in PEOPLE)
    lane.hood = Neighbourhood(PLACES, people, tuple(HOOD.chats.values()))
    return lane


def leaves(lane: LaneOf, who: str = "zhang") -> None:
    with lane.database.transaction() as session:
        handing.hand_over_all(lane.work(session), who, handing.LEAVE)
    lane.away |= {who}


def is_back(lane: LaneOf, who: str = "zhang") -> int:
    with lane.database.transaction() as session:
        came = returning.come_back(lane.work(session), who)
    lane.away -= {who}
    return came


def test_what_was_told_meanwhile_comes_back_unless_somebody_wanted_it_elsewhere(deputised: LaneOf):
    lane = deputised
    leaves(lane)
    told = lane.filed()
    passed = lane.filed("li", replace(LIGHT, category="door", matter="门坏了"))
    lane.does(lane.ticket(passed).owner_id or "", claiming.transfer, passed, "刘芳")

    assert is_back(lane) == 1
    assert lane.ticket(told).owner_id == "zhang"
    assert lane.ticket(passed).owner_id == "liu"
    assert is_back(lane) == 0, "nothing comes twice"
    assert lane.flaws() == []


def test_what_somebody_gave_away_by_hand_before_the_leave_stays_where_it_is(deputised: LaneOf):
    lane = deputised
    no = lane.filed()
    lane.does("zhang", claiming.transfer, no, "刘芳")
    leaves(lane)

    assert is_back(lane) == 0
    assert lane.ticket(no).owner_id == "liu"


def test_where_it_is_urgent_the_one_who_is_back_is_asked_beside_the_others(deputised: LaneOf):
    lane = deputised
    no = lane.filed("zhao", LEAK)
    leaves(lane)

    assert is_back(lane) == 0
    assert lane.ticket(no).owner_id == "chen"
    assert {"chen", "zhang"} <= set(lane.ticket(no).claimants)
    assert "请您接" in lane.hears("zhang")


@pytest.mark.parametrize("state", ["accepted", "parked"])
def test_what_others_have_begun_stays_until_it_is_asked_back(deputised: LaneOf, state: str):
    lane = deputised
    no = lane.filed()
    leaves(lane)
    lane.does("chen", claiming.accept, no)
    if state == "parked":
        lane.does("office", parking.park, no, SOON, "等配件")
    assert is_back(lane) == 0
    assert lane.hears("zhang").startswith("您请假时转出去的 0001 楼道灯不亮，陈片长在办。")

    with lane.database.transaction() as session:
        assert returning.resume(lane.work(session, "zhang"), "zhang") == 1
        assert returning.resume(lane.work(session, "zhang"), "zhang") == 0
    assert (lane.ticket(no).owner_id, lane.state(no)) == ("zhang", state)
    assert "您不用管了" in lane.hears("chen")
    assert lane.flaws() == []


def test_who_has_gone_away_again_takes_nothing_back_before_they_are_here(deputised: LaneOf):
    lane = deputised
    no = lane.filed()
    leaves(lane)
    lane.does("chen", claiming.accept, no)
    is_back(lane)
    leaves(lane)
    told = lane.told()

    with (
        lane.database.transaction() as session,
        pytest.raises(IllegalStep, match="您在请假"),
    ):
        returning.resume(lane.work(session, "zhang"), "zhang")
    assert (lane.ticket(no).owner_id, lane.told()) == ("chen", told)


def test_who_handles_nothing_any_more_gets_nothing_back(deputised: LaneOf):
    lane = deputised
    no = lane.filed()
    leaves(lane)
    people = tuple(p for p in PEOPLE if p.id != "zhang")
    lane.hood = Neighbourhood(PLACES, people, tuple(HOOD.chats.values()))

    assert is_back(lane) == 0
    assert lane.ticket(no).owner_id == "chen"
    assert lane.state(no) == State.NEW
