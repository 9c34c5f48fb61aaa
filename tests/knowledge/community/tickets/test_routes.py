"""Who is asked first depends on the matter and on who manages the estate."""

from __future__ import annotations

import pytest

from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.community.tickets.categories import category
from knowledge.community.tickets.routes import asked_first
from knowledge.community.tickets.ticket import Lane
from knowledge.community.words.wording import read_list
from knowledge.files.blocks import split_list

PEOPLE = (
    Person("lin", "林邻长", grants=(Grant(Role.NEIGHBOUR_LEADER, ("e",)),)),
    Person("she", "社主任", grants=(Grant(Role.COMMUNITY, ("c",)),)),
    Person("wu", "物经理", grants=(Grant(Role.PROPERTY, ("e",)),)),
)


def asked(
    management: str, code: str, lane: Lane = Lane.P2, without: str = "", away: str = ""
) -> list[str | None]:
    places = (
        Place("c", None, PlaceKind.COMMUNITY, "社区"),
        Place("e", "c", PlaceKind.ESTATE, "小区", management=management),  # type: ignore[arg-type]  # by test id
        Place("b", "e", PlaceKind.BUILDING, "1栋"),
    )
    hood = Neighbourhood(places, tuple(one for one in PEOPLE if one.id != without), ())
    found = asked_first(hood, code, lane, "b", frozenset({away}))
    return [rung.person for rung in found]


@pytest.mark.parametrize(
    ("management", "people"),
    [("物管", ["wu"]), ("自管", ["wu", "she"]), ("协管", ["wu", "she"]), ("", ["lin"])],
)
def test_the_managers_work_goes_where_the_management_says(management: str, people: list[str]):
    assert asked(management, "elevator") == people


@pytest.mark.parametrize("management", ["物管", "自管", "协管", ""])
def test_what_is_no_managers_work_goes_up_the_ladder_everywhere(management: str):
    assert asked(management, "dispute") == asked(management, "stair-light") == ["lin"]


def test_in_an_emergency_the_leader_and_the_manager_are_asked_at_once():
    assert asked("物管", "leak", Lane.P1) == ["lin", "wu"]


def test_who_is_complained_of_is_not_asked():
    assert asked("物管", "property-service") == ["she"]


def test_without_a_manager_the_leader_is_asked():
    assert (
        asked("物管", "elevator", without="wu") == asked("物管", "elevator", away="wu") == ["lin"]
    )
    assert asked("自管", "elevator", without="wu") == ["lin", "she"]
    assert asked("协管", "elevator", without="she") == ["wu"]


def test_every_code_of_the_table_is_a_category():
    for block in read_list("routes"):
        for code in split_list(block.fields[0].value):
            assert category(code), code
