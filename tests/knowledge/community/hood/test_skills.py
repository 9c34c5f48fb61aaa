"""Volunteers are asked for what they are good at, where they help."""

from __future__ import annotations

import pytest

from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.hood.skills import skilled
from knowledge.community.places.places import Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.community.tickets.categories import category
from knowledge.community.words.wording import read_list


def _volunteer(who: str, place: str, *skills: str, active: bool = True) -> Person:
    grants = (Grant(Role.VOLUNTEER, (place,)),)
    return Person(who, who, grants=grants, skills=skills, active=active)


HOOD = Neighbourhood(
    (
        Place("c", None, PlaceKind.COMMUNITY, "社区"),
        Place("e", "c", PlaceKind.ESTATE, "小区"),
        Place("b", "e", PlaceKind.BUILDING, "1栋"),
        Place("f", "c", PlaceKind.ESTATE, "别的小区"),
    ),
    (
        _volunteer("wide", "c", "家电维修"),
        _volunteer("near", "e", "理发", "水电"),
        _volunteer("else", "f", "水电"),
        _volunteer("gone", "e", "水电", active=False),
        Person("li", "李", grants=(Grant(Role.RESIDENT, ("b",)),), skills=("水电",)),
    ),
    (),
)


@pytest.mark.parametrize(
    ("service", "people"),
    [("svc-mend", ("near", "wide")), ("svc-haircut", ("near",)), ("svc-other", ()), ("leak", ())],
)
def test_those_who_can_are_found_the_nearest_first(service: str, people: tuple[str, ...]):
    assert skilled(HOOD, service, "b") == people


def test_whoever_is_away_or_elsewhere_is_not():
    assert skilled(HOOD, "svc-mend", "b", frozenset({"near"})) == ("wide",)
    assert skilled(HOOD, "svc-mend", None) == ()


def test_every_code_of_the_list_is_a_service():
    for block in read_list("skills"):
        code = block.first("编号")
        assert code is not None, block.title
        assert category(code.value).code.startswith("svc-"), block.title
