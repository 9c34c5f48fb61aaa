"""并单 takes over everybody who waits; 拆单 leaves both as if they had never been one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import (
    claiming,
    closing,
    filing,
    following,
    merging,
    withdrawing,
    working,
)
from handlers.messages import direct
from knowledge.community.refusals import IllegalStep, NotFound, Unclear
from knowledge.community.tickets.ticket import State
from knowledge.store.parties import parties
from knowledge.store.tickets import by_no
from tests.handlers.actions.tickets.lane import GROUP, LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.handlers.actions.tickets.lane import LaneOf

DOOR = replace(LIGHT, category="door", matter="门坏了", place="b3-1")


def _stands(lane: LaneOf, no: int) -> tuple[object, ...]:
    """Everything that a ticket is, but for the length of its history."""
    row = lane.ticket(no)
    with lane.database.view() as session:
        ticket = by_no(session, no)
        assert ticket is not None
        waiting = sorted(one.who for one in parties(session, ticket))
    times = (row.claim_due, row.solve_due, row.next_at)
    return (row.state, row.owner_id, tuple(row.claimants), row.reports, times, waiting)


@pytest.fixture
def two(lane: LaneOf) -> tuple[int, int]:
    """A light with one follower in private, and a door with two of its own; one waits for both."""
    light, door = lane.filed(), lane.filed("zhao", DOOR)
    lane.report("wang", LIGHT, chat=direct("web", "wang"))
    lane.report("wang", DOOR, chat=direct("web", "wang"))
    lane.report("web:guest", DOOR, chat=direct("web", "guest"))
    lane.does("zhang", claiming.accept, door)
    lane.passes(timedelta(hours=3))
    return light, door


def test_everybody_waits_for_the_one_that_is_left_and_counts_once(
    lane: LaneOf, two: tuple[int, int]
):
    light, door = two
    lane.does("office", merging.fold, door, light)
    assert lane.state(door) == State.CLOSED_DUPLICATE
    assert lane.ticket(light).reports == 4, "李, 王 for both, 赵, the guest"
    assert "合到一起办" in lane.hears("guest")
    lane.does("zhang", working.note, light, "都换好了")
    assert "都换好了" in lane.hears("guest")


@pytest.mark.parametrize("rest", [timedelta(), timedelta(days=2), timedelta(days=9)])
def test_split_off_both_stand_as_if_they_had_never_been_one(
    lane: LaneOf, two: tuple[int, int], rest: timedelta
):
    light, door = two
    before = [_stands(lane, no) for no in two]
    lane.does("office", merging.fold, door, light)
    lane.does("office", merging.split, door)
    assert [_stands(lane, no) for no in two] == before

    lane.does("office", merging.fold, door, light)
    lane.passes(rest)
    lane.does("zhao", merging.split, door)
    assert lane.ticket(door).solve_due == before[1][4][1]
    assert lane.ticket(light).reports == 2
    assert lane.flaws() == []


def test_a_draft_that_was_taken_for_the_same_becomes_a_request_of_its_own(lane: LaneOf):
    lane.filed()
    lost = lane.report("zhao", replace(LIGHT, place=None, missing=("place",)))
    lane.does("zhao", filing.edit, lost, place="b3-2")
    assert lane.state(lost) == State.CLOSED_DUPLICATE
    lane.does("zhao", merging.split, lost)
    assert lane.state(lost) == State.NEW
    assert lane.ticket(lost).owner_id == "zhang"
    assert lane.flaws() == []


def test_a_neighbour_who_was_only_counted_gets_a_request_of_his_own(
    lane: LaneOf, two: tuple[int, int]
):
    """王 had no ticket: she gets one, in her words; the light counts as if she had never joined."""
    light, _ = two
    lane.does("wang", lambda work, ticket, who: merging.separate(work, ticket.no, who), light)
    own = 3
    assert lane.ticket(light).reports == 1
    assert (lane.state(own), lane.ticket(own).reporter) == (State.NEW, "wang")
    assert lane.ticket(own).owner_id == "zhang"
    with pytest.raises(NotFound):
        lane.does("web:guest", lambda work, one, who: merging.separate(work, one.no, who), light)
    assert lane.flaws() == []


def test_who_has_become_the_reporter_meanwhile_leaves_it_to_the_next(
    lane: LaneOf, two: tuple[int, int]
):
    light, door = two
    lane.does("office", merging.fold, door, light)
    lane.does("li", withdrawing.withdraw, light)
    lane.does("wang", withdrawing.withdraw, light)
    assert lane.ticket(light).reporter == "zhao"
    lane.does("office", merging.split, door)
    assert (lane.ticket(door).reports, lane.ticket(door).reporter) == (3, "zhao")
    assert lane.state(light) == State.CLOSED_WITHDRAWN, "nobody waits for it any more"
    assert lane.flaws() == []


@pytest.mark.parametrize(
    ("who", "into", "refusal"),
    [("zhang", 1, NotFound), ("office", None, Unclear), ("office", 2, IllegalStep)],
)
def test_merging_is_the_offices_and_needs_another_open_ticket(
    lane: LaneOf, two: tuple[int, int], who: str, into: int | None, refusal: type[Exception]
):
    with pytest.raises(refusal):
        lane.does(who, merging.fold, two[1], into)


def test_nothing_private_is_merged_and_a_chain_is_split_from_its_end(
    lane: LaneOf, two: tuple[int, int]
):
    light, door = two
    noise = lane.filed("wang", replace(LIGHT, category="noise", private=True))
    with pytest.raises(IllegalStep):
        lane.does("office", merging.fold, noise, light)
    third = lane.filed("li", replace(LIGHT, category="third"))
    lane.does("office", merging.fold, door, light)
    lane.does("office", merging.fold, light, third)
    with pytest.raises(IllegalStep, match="请先拆 0001"):
        lane.does("office", merging.split, door)
    lane.does("office", merging.split, light)
    lane.does("office", merging.split, door)
    assert lane.ticket(third).reports == 1
    assert lane.flaws() == []


def test_a_neighbour_for_whom_it_is_not_solved_is_counted_and_opens_nothing(
    lane: LaneOf, two: tuple[int, int]
):
    _, door = two
    lane.does("zhang", working.finish, door, "换了锁")
    lane.does("zhao", closing.confirm, door, chat=GROUP)
    lane.does("wang", following.still_there, door, "我这边还关不上")
    lane.does("wang", following.still_there, door, "真的")
    lane.does("web:guest", following.still_there, door)
    assert lane.state(door) == State.CLOSED_CONFIRMED
    assert "一起报的有 2 户说没好" in lane.hears("zhang")


def test_photos_come_along_and_go_back_again(lane: LaneOf):
    light = lane.filed("li", replace(LIGHT, images=("lamp",)))
    door = lane.filed("zhao", replace(DOOR, images=("door",)))
    lane.does("office", merging.fold, door, light)
    assert lane.ticket(light).images == ["lamp", "door"]
    assert lane.outbox("zhang")[-1].images == ["door"]

    lane.does("office", merging.split, door)
    assert lane.ticket(light).images == ["lamp"]
    assert lane.ticket(door).images == ["door"]
    assert lane.flaws() == []


@pytest.mark.parametrize("deed", [claiming.accept, working.finish])
def test_whoever_handles_the_one_that_went_is_told_which_it_is_now(
    lane: LaneOf, two: tuple[int, int], deed: Callable[..., object]
):
    light, door = two
    lane.does("office", merging.fold, door, light)

    for helper in ("zhang", "liu"):
        with pytest.raises(IllegalStep, match=r"0002 和 0001 是同一件事.*请用 0001"):
            lane.does(helper, deed, door)


def test_who_may_not_see_it_learns_nothing_of_it(lane: LaneOf, two: tuple[int, int]):
    light, door = two
    lane.does("office", merging.fold, door, light)

    with pytest.raises(NotFound, match="没有找到"):
        lane.does("web:stranger", working.finish, door)
