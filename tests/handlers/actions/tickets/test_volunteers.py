"""Volunteers (点单) are asked beside the owner: who takes it first has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import adding, claiming, locating
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import GroupChat
from knowledge.community.refusals import NotFound
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.community.tickets.ticket import Kind
from tests.handlers.actions.tickets.lane import GROUP, LIGHT, PEOPLE, PLACES

if TYPE_CHECKING:
    from handlers.actions.tickets.request import Request
    from tests.handlers.actions.tickets.lane import LaneOf


CHATS = (GroupChat("web", "g-3", "3栋群", "b3", "积极"),)
VOLUNTEERS = tuple(
    Person(who, name, title=name, skills=skills, grants=(Grant(Role.VOLUNTEER, (place,)),))
    for who, name, place, skills in (
        ("xia", "夏师傅", "e", ("水电", "家电维修")),
        ("pan", "潘姐", "c", ("理发",)),
        ("kuang", "小旷", "c", ("水电",)),
    )
)
ORDER = replace(
    LIGHT, kind=Kind.SERVICE, category="svc-mend", matter="换水龙头", words="想请人换水龙头"
)


@pytest.fixture
def helped(lane: LaneOf) -> LaneOf:
    return replace(lane, hood=Neighbourhood(PLACES, (*PEOPLE, *VOLUNTEERS), CHATS))


def test_an_order_is_put_before_the_volunteers_who_can_and_the_first_has_it(helped: LaneOf):
    no = helped.filed(request=ORDER)
    assert helped.ticket(no).owner_id == "zhang"
    assert all("【新任务 0001】换水龙头" in helped.hears(one) for one in ("zhang", "xia", "kuang"))
    assert helped.outbox("pan") == []
    helped.chooses("kuang", 1)
    assert helped.ticket(no).owner_id == "kuang"
    assert helped.hears("xia") == helped.hears("zhang") == "0001 已由小旷接单，您不用管了，谢谢！"
    assert "138" not in helped.hears("xia")
    assert helped.flaws() == []


def test_volunteers_learn_phone_and_door_only_once_they_have_it(helped: LaneOf):
    words = "想请人换水龙头，打我电话 13800001111"
    no = helped.filed(request=replace(ORDER, words=words))
    helped.does("li", adding.add, no, "也可以打 13800002222", chat=GROUP)
    assert any("13800001111" in row.text for row in helped.outbox("zhang"))
    assert not any("13800001111" in row.text for row in helped.outbox("xia"))
    assert "138****2222" in helped.hears("xia")
    helped.does("zhang", claiming.details, no)
    for who in ("xia", "kuang"):
        with pytest.raises(NotFound):
            helped.does(who, claiming.details, no)

    helped.does("kuang", claiming.accept, no)

    helped.does("kuang", claiming.details, no)
    with pytest.raises(NotFound):
        helped.does("xia", claiming.details, no)


def test_a_volunteer_who_cannot_leaves_it_to_the_others(helped: LaneOf):
    no = helped.filed(request=ORDER)
    helped.does("xia", claiming.refuse, no, "这几天没空")
    assert helped.hears("xia") == "好的，0001 由张师傅来接，您不用管了。"
    assert (helped.state(no), helped.ticket(no).owner_id) == ("new", "zhang")
    with pytest.raises(NotFound):
        helped.does("xia", claiming.accept, no)


def test_what_a_volunteer_took_and_hands_back_comes_to_whose_place_it_is(helped: LaneOf):
    no = helped.filed(request=ORDER)
    helped.does("kuang", claiming.accept, no)
    helped.does("kuang", claiming.refuse, no, "不会修这种")

    assert (helped.state(no), helped.ticket(no).owner_id) == ("returned", "zhang")
    assert "不会修这种" in helped.hears("zhang")
    helped.does("zhang", claiming.refuse, no, "没空")
    assert helped.ticket(no).owner_id == "liu"
    assert helped.flaws() == []


@pytest.mark.parametrize(("passes_on", "words"), [("transfer", "刘姐"), ("refuse", "没空")])
def test_volunteers_hear_in_the_morning_though_the_owner_has_passed_it_on_at_night(
    helped: LaneOf, passes_on: str, words: str
):
    helped.until(helped.clock.now().replace(hour=22))
    no = helped.filed(request=ORDER)
    helped.does("zhang", getattr(claiming, passes_on), no, words)
    assert helped.ticket(no).owner_id == "liu"
    helped.until(helped.clock.now() + timedelta(hours=11))

    for who in ("liu", "xia", "kuang"):
        assert sum("【新任务 0001】换水龙头" in row.text for row in helped.outbox(who)) == 1, who
    assert "新任务" not in helped.hears("zhang")


@pytest.mark.parametrize(
    "request_", [replace(ORDER, private=True), replace(ORDER, kind=Kind.REPAIR)]
)
def test_no_volunteer_hears_of_what_is_private_or_no_order(helped: LaneOf, request_: Request):
    helped.filed(request=request_)
    assert helped.outbox("xia") == helped.outbox("kuang") == []


def _in_two_buildings(lane: LaneOf) -> LaneOf:
    near = (
        Person(who, name, title=name, skills=("水电",), grants=(Grant(Role.VOLUNTEER, (place,)),))
        for who, name, place in (("san", "三哥", "b3"), ("liu6", "六姐", "b6"))
    )
    return replace(lane, hood=Neighbourhood(PLACES, (*PEOPLE, *VOLUNTEERS, *near), CHATS))


def test_a_corrected_place_is_put_before_its_own_volunteers_and_settled_for_the_others(
    lane: LaneOf,
):
    helped = _in_two_buildings(lane)
    no = helped.filed(request=ORDER)
    assert "【新任务 0001】换水龙头" in helped.hears("san")
    assert helped.outbox("liu6") == []

    helped.does("li", locating.locate, no, "b6")

    assert helped.hears("san") == "0001 地点改了，由那边的人去，您不用管了，谢谢！"
    assert "【新任务 0001】换水龙头\n6栋" in helped.hears("liu6")
    assert "地点：" in helped.hears("xia"), "who serves both is told the new place"
    with pytest.raises(NotFound):
        helped.does("san", claiming.accept, no)
    helped.does("liu6", claiming.accept, no)
    assert helped.ticket(no).owner_id == "liu6"
    assert helped.flaws() == []


def test_a_place_corrected_at_night_brings_nobody_a_card_of_the_old_one(lane: LaneOf):
    helped = _in_two_buildings(lane)
    helped.until(helped.clock.now().replace(hour=22))
    no = helped.filed(request=ORDER)
    helped.does("li", locating.locate, no, "b6")
    helped.until(helped.clock.now() + timedelta(hours=11))

    assert helped.outbox("san") == []
    for who in ("xia", "kuang", "liu6"):
        assert sum("【新任务 0001】换水龙头" in row.text for row in helped.outbox(who)) == 1, who
