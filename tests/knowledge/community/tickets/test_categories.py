"""The lists of categories and services hold together."""

from __future__ import annotations

import re

import pytest

from knowledge.community.tickets.categories import all_categories, all_services, category, spoken_of
from knowledge.community.tickets.ticket import Kind, Lane

EVERY = [*all_categories(), *all_services()]


def test_codes_are_unique_and_fit_for_open311():
    codes = [each.code for each in EVERY]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z0-9-]+", code) for code in codes)


def test_names_are_unique_and_short():
    names = [each.name for each in EVERY]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 6


def test_categories_stand_in_the_order_of_their_urgency():
    lanes = [each.lane for each in all_categories()]
    assert lanes.index(Lane.P0) == 0
    assert lanes.index(Lane.P1) < lanes.index(Lane.P2)
    assert Lane.P0 not in lanes[lanes.count(Lane.P0) :]


@pytest.mark.parametrize(
    ("lane", "codes"),
    [
        (Lane.P0, {"fire", "gas", "shock", "lift-trapped", "drowning", "injury", "violence"}),
        (Lane.P1, {"leak", "water-outage", "power-outage", "gas-outage", "drain", "collapse"}),
        (Lane.P2, {"stair-light", "street-light", "garbage", "noise", "parking", "elevator"}),
        (Lane.P3, {"add-elevator", "renovation", "title"}),
    ],
)
def test_lanes_follow_the_published_promises(lane, codes):
    assert {code for code in codes if (found := category(code)) and found.lane is lane} == codes


def test_services_are_orders():
    assert {each.kind for each in all_services()} == {Kind.SERVICE}


def test_an_unknown_code_is_none():
    assert category("nothing") is None


def test_an_exception_takes_a_mention_back():
    fire = category("fire")
    assert fire is not None
    assert [found.text for found in fire.mentions("隔壁着火了")] == ["着火"]
    assert list(fire.mentions("气得我冒火")) == []


def test_thing_and_fault_are_told():
    light = category("stair-light")
    assert light is not None
    found = next(light.mentions("三楼楼道灯又不亮了"))
    assert (found.thing, found.fault) == ("楼道灯", "不亮了")


def test_ordinary_talk_speaks_of_hardly_anything():
    assert spoken_of("恭喜恭喜") == ()
