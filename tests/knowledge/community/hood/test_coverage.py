from __future__ import annotations

from importlib.resources import as_file, files

import pytest

from knowledge.community.hood.coverage import coverage
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.community.roster.roster import read_roster

PLACES = (
    Place("s", None, PlaceKind.STREET, "云麓街道"),
    Place("e", "s", PlaceKind.ESTATE, "桂花园小区"),
    Place("g", "e", PlaceKind.GRID, "一网格"),
    Place("b1", "g", PlaceKind.BUILDING, "1栋"),
    Place("b1-1", "b1", PlaceKind.UNIT, "1单元"),
    Place("b2", "e", PlaceKind.BUILDING, "2栋"),
)
L, G, A = Role.NEIGHBOUR_LEADER, Role.GROUP_LEADER, Role.AREA_LEADER


def cover(*leaders):
    people = [
        Person(f"p{number}", f"某{number}", grants=(Grant(role, (scope,)),))
        for number, (role, scope) in enumerate(leaders)
    ]
    return coverage(Neighbourhood(PLACES, people))


def gaps(found):
    return {(gap.place, gap.role) for gap in found.missing}


def test_every_staircase_with_three_leaders_is_covered():
    found = cover((L, "b1"), (L, "b2"), (G, "e"), (A, "e"))
    assert found.as_json() == {"units": 2, "covered": 2, "missing": []}


def test_without_leaders_each_staircase_misses_three():
    found = cover()
    assert (found.units, found.covered, len(found.missing)) == (2, 0, 6)
    assert found.as_json()["missing"][0] == {"place": "b1-1", "role": "邻长"}


@pytest.mark.parametrize("scope", ["b1-1", "b1", "g"])
def test_a_neighbour_leader_counts_below_the_estate(scope):
    assert ("b1-1", L) not in gaps(cover((L, scope)))


@pytest.mark.parametrize("scope", ["e", "s"])
def test_a_neighbour_leader_of_the_whole_estate_does_not_count(scope):
    assert ("b1-1", L) in gaps(cover((L, scope)))


@pytest.mark.parametrize(
    ("scope", "counts"), [("g", True), ("e", True), ("s", True), ("b1", False)]
)
def test_a_group_leader_counts_at_or_above_the_grid(scope, counts):
    assert (("b1-1", G) not in gaps(cover((G, scope)))) == counts


def test_without_a_grid_the_group_leader_stands_above_the_building():
    assert ("b2", G) in gaps(cover((G, "b2")))
    assert ("b2", G) not in gaps(cover((G, "e")))


@pytest.mark.parametrize(("scope", "counts"), [("e", True), ("s", True), ("g", False)])
def test_an_area_leader_counts_at_or_above_the_estate(scope, counts):
    assert (("b1-1", A) not in gaps(cover((A, scope)))) == counts


def test_two_equally_near_leaders_are_a_finding_and_a_nearer_one_is_not():
    tie = cover((L, "b1"), (L, "b1"))
    assert next(gap.why for gap in tie.missing if gap.role is L) == "有 2 个一样近的邻长：某0、某1"
    assert ("b1-1", L) not in gaps(cover((L, "b1"), (L, "b1"), (L, "b1-1")))


def test_the_demo_community_is_complete_and_of_the_size_the_seeds_speak_of():
    with as_file(files("knowledge.pack") / "roster") as folder:
        roster, problems = read_roster(folder)
    assert problems == ()
    assert roster is not None
    hood = Neighbourhood.from_roster(roster)
    kinds = [place.kind for place in hood.places.values()]

    assert coverage(hood).missing == ()
    assert kinds.count(PlaceKind.STREET) == 1
    assert kinds.count(PlaceKind.COMMUNITY) == 2
    assert kinds.count(PlaceKind.BUILDING) == 20
    assert {place.management for place in hood.places.values()} == {"", "物管", "自管", "协管"}
    assert len(hood.people) == 62
    assert {chat.channel for chat in hood.chats.values()} == {"web", "replay"}
    assert {role for person in hood.people.values() for role in person.roles} == set(Role)
