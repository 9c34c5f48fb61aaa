from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.community.hood.ladder import Rung
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role

PLACES = (
    Place("street", None, PlaceKind.STREET, "云麓街道"),
    Place("c", "street", PlaceKind.COMMUNITY, "月塘社区"),
    Place("e", "c", PlaceKind.ESTATE, "桂花园小区", (), "物管"),
    Place("g", "e", PlaceKind.GRID, "一网格"),
    Place("b3", "g", PlaceKind.BUILDING, "3栋"),
    Place("b3-2", "b3", PlaceKind.UNIT, "2单元"),
    Place("b4", "g", PlaceKind.BUILDING, "4栋"),
)


def person(person_id, *grants, **more):
    held = tuple(Grant(role, tuple(scope)) for role, *scope in grants)
    return Person(person_id, person_id, grants=held, **more)


LI = person("li", (Role.RESIDENT, "b3-2"))
ZHANG = person("zhang", (Role.NEIGHBOUR_LEADER, "b3"), (Role.RESIDENT, "b4"), deputy="hu")
HU = person("hu", (Role.NEIGHBOUR_LEADER, "b4"))
HUANG = person("huang", (Role.GROUP_LEADER, "g"))
DENG = person("deng", (Role.AREA_LEADER, "e"))
WANG = person("wang", (Role.COMMUNITY, "c"))
PEOPLE = (LI, ZHANG, HU, HUANG, DENG, WANG)


def hood(*people, chats=()):
    return Neighbourhood(PLACES, people or PEOPLE, chats)


def test_the_chain_names_the_nearest_of_each_rung():
    assert hood().chain("b3-2") == (
        Rung(Role.NEIGHBOUR_LEADER, "zhang", "b3"),
        Rung(Role.GROUP_LEADER, "huang", "g"),
        Rung(Role.AREA_LEADER, "deng", "e"),
        Rung(Role.COMMUNITY, "wang", "c"),
        Rung(Role.STREET, None, None),
    )


def test_a_leader_of_the_staircase_is_nearer_than_one_of_the_building():
    unit_leader = person("ai", (Role.NEIGHBOUR_LEADER, "b3-2"))
    assert hood(*PEOPLE, unit_leader).responsible("b3-2").person == "ai"


def test_the_estate_itself_belongs_to_its_area_leader():
    assert hood().responsible("e") == Rung(Role.AREA_LEADER, "deng", "e")


def test_the_deputy_stands_in_for_a_leader_on_leave():
    assert hood().responsible("b3", frozenset({"zhang"})).person == "hu"


def test_the_deputy_stands_in_for_a_leader_who_left():
    gone = replace(ZHANG, active=False)
    assert hood(gone, HU, HUANG).responsible("b3").person == "hu"


def test_with_leader_and_deputy_away_the_next_rung_answers():
    assert hood().responsible("b3", frozenset({"zhang", "hu"})).person == "huang"


def test_a_second_leader_of_the_same_place_steps_in():
    second = person("zou", (Role.NEIGHBOUR_LEADER, "b3"))
    alone = replace(ZHANG, deputy=None)
    assert hood(alone, second, HUANG).responsible("b3", frozenset({"zhang"})).person == "zou"


def test_with_the_whole_chain_away_somebody_of_it_is_named_all_the_same():
    everybody = frozenset(person.id for person in PEOPLE)
    assert hood().responsible("b3", everybody).person == "zhang"


def test_a_place_without_a_chain_falls_to_the_highest_of_the_ladder():
    assert hood(HU, HUANG).responsible("c") == Rung(Role.GROUP_LEADER, "huang", "g")
    assert hood(HU, HUANG).responsible("unknown").person == "huang"


def test_without_any_ladder_nobody_is_responsible():
    assert hood(LI).responsible("b3") is None


@pytest.mark.parametrize(
    ("place", "label"),
    [("b3-2", "3栋2单元"), ("b3", "3栋"), ("e", "桂花园小区"), ("nowhere", ""), (None, "")],
)
def test_labels_are_short(place, label):
    assert hood().label(place) == label


def test_a_unit_called_by_its_full_name_is_not_doubled():
    places = (*PLACES[:5], Place("b3-2", "b3", PlaceKind.UNIT, "3栋2单元"))
    assert Neighbourhood(places).label("b3-2") == "3栋2单元"


def test_everybody_has_a_replay_and_a_web_account_unless_the_roster_says_otherwise():
    town = hood(replace(LI, accounts=(("web", "lily"), ("telegram", "5"))), ZHANG)

    assert town.by_account("replay", "li").id == "li"
    assert town.by_account("web", "lily").id == "li"
    assert town.by_account("web", "li") is None
    assert town.by_account("telegram", "5").id == "li"
    assert town.by_account("telegram", "zhang") is None
    assert town.account("li", "web") == "lily"
    assert town.account("zhang", "web") == "zhang"
    assert town.account("zhang", "telegram") is None
    assert town.account("nobody", "web") is None


def test_an_account_of_somebody_who_left_is_nobodys():
    assert hood(replace(LI, active=False)).by_account("replay", "li") is None


def test_the_tree_knows_above_and_within():
    town = hood()
    assert town.ancestors("b3-2") == ("b3-2", "b3", "g", "e", "c", "street")
    assert town.within("b3-2", "e")
    assert town.within("e", "e")
    assert not town.within("e", "b3")
    assert not town.within(None, "e")
    assert town.estate("b3-2").id == "e"
    assert town.estate("c") is None


@pytest.mark.parametrize(
    ("first", "second", "finer"),
    [
        ("b3-2", "e", "b3-2"),
        ("e", "b3", "b3"),
        ("b3", "b4", "b3"),
        (None, "e", "e"),
        ("e", "x", "e"),
    ],
)
def test_the_finer_of_two_places(first, second, finer):
    assert hood().finer(first, second) == finer


def test_home_is_where_somebody_is_a_resident():
    town = hood()
    assert town.home(ZHANG) == "b4"
    assert town.home(HU) == "b4"
    assert town.home(person("x", (Role.NEIGHBOUR_LEADER, "b3", "b4"))) == "g"
    assert town.home(person("x", (Role.RESIDENT, "b3", "b3-2"))) == "b3-2"
    assert town.home(person("x", (Role.ADMIN,))) is None


def test_members_are_all_who_live_or_serve_inside():
    assert [one.id for one in hood().members_of("b3")] == ["li", "zhang"]


def test_chats_are_found_by_channel_and_id():
    group = GroupChat("web", "g-1", "居民群", "e")
    town = hood(LI, chats=(group,))
    assert town.chat("web", "g-1") is group
    assert town.chat("replay", "g-1") is None


def test_a_circle_in_damaged_data_ends_the_climb():
    looped = (Place("a", "b", PlaceKind.ESTATE, "甲"), Place("b", "a", PlaceKind.GRID, "乙"))
    assert Neighbourhood(looped).ancestors("a") == ("a", "b")


def test_a_member_of_the_company_has_one_account_on_all_its_channels():
    town = hood(replace(LI, accounts=(("wecom", "LiNa"),)), replace(HU, accounts=(("mp", "o1"),)))
    assert town.account("li", "wecom_app") == town.account("li", "wecom_bot") == "LiNa"
    assert town.by_account("wecom_app", "LiNa") == town.people["li"]
    assert town.account("hu", "wecom_app") is None
    assert town.by_account("wecom_app", "o1") is None
    own = hood(replace(LI, accounts=(("wecom", "LiNa"), ("wecom_bot", "woLiNa"))))
    assert own.account("li", "wecom_bot") == "woLiNa"


def test_who_answers_for_more_than_one_estate_reads_which_one_it_is() -> None:
    town = hood()

    assert town.label_for("zhang", "b3-2") == "3栋2单元"
    assert town.label_for("huang", "b3") == "3栋"
    assert town.label_for("wang", "b3-2") == "桂花园小区3栋2单元"
    assert town.label_for("wang", "e") == "桂花园小区"
    assert town.label_for("li", "b3") == town.label_for(None, "b3") == "3栋"
