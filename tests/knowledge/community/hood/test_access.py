"""The table of access itself: complete, and closed for everybody whom it does not name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.community.hood.access import GUEST_ACTS, TABLE, Act, Relation, may, roles_of
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.hood.territory import oversees
from knowledge.community.places.places import Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role

HOOD = Neighbourhood(
    [
        Place("s", None, PlaceKind.STREET, "街道"),
        Place("c", "s", PlaceKind.COMMUNITY, "社区"),
        Place("a", "c", PlaceKind.ESTATE, "甲小区"),
        Place("b", "c", PlaceKind.ESTATE, "乙小区"),
    ]
)
acts = st.sampled_from(Act)
relations = st.frozensets(st.sampled_from(Relation))
roles = st.lists(st.sampled_from(Role), max_size=3)


def somebody(*held: Role, scope: str = "a", active: bool = True) -> Person:
    grants = tuple(Grant(role, (scope,)) for role in held)
    return Person("p", "某人", grants=grants, active=active)


def test_every_act_has_a_row() -> None:
    assert set(TABLE) == set(Act)
    assert [act for act in Act if not TABLE[act]] == [Act.CHANNEL_CALL], "no person calls a door"


@given(acts, relations)
def test_a_guest_may_do_nothing_but_what_is_listed_with_his_own_things(act, held) -> None:
    listed = act is Act.PUBLIC or (act in GUEST_ACTS and Relation.OWN in held)

    assert may(None, act, held) is listed


@given(acts, relations, roles)
def test_whoever_is_disabled_may_do_nothing(act, held, titles) -> None:
    if act is not Act.PUBLIC:
        assert not may(somebody(*titles, active=False), act, held)


@given(acts, roles)
def test_without_a_relation_only_what_holds_for_everybody_is_open(act, titles) -> None:
    carriers = TABLE[act].get(Relation.ANY, frozenset())

    assert may(somebody(*titles), act) is bool(carriers & roles_of(somebody(*titles)))


@given(acts, relations, relations, roles)
def test_a_further_relation_never_takes_anything_away(act, held, more, titles) -> None:
    if may(somebody(*titles), act, held):
        assert may(somebody(*titles), act, held | more)


@pytest.mark.parametrize(
    ("act", "role", "relation"),
    [
        (Act.TICKET_DETAILS, Role.EDITOR, Relation.SUBTREE),
        (Act.TICKET_DETAILS, Role.AREA_LEADER, Relation.SUBTREE),
        (Act.TICKET_DETAILS, Role.RESIDENT, Relation.OWN),
        (Act.TICKET_DETAILS, Role.VOLUNTEER, Relation.CHAIN),
        (Act.TICKET_CLAIM, Role.STREET, Relation.SUBTREE),
        (Act.TICKET_CONFIRM, Role.NEIGHBOUR_LEADER, Relation.CHAIN),
        (Act.ROSTER_READ, Role.NEIGHBOUR_LEADER, Relation.SUBTREE),
        (Act.FAQ_EDIT, Role.COMMUNITY, Relation.ANY),
    ],
)
def test_what_must_never_be_open(act: Act, role: Role, relation: Relation) -> None:
    assert not may(somebody(role), act, frozenset({relation}))


def test_everybody_is_also_a_resident() -> None:
    assert Role.RESIDENT in roles_of(somebody(Role.STREET))
    assert roles_of(None) == frozenset()


def test_one_oversees_what_lies_inside_the_scope_of_an_overseeing_role() -> None:
    assert oversees(somebody(Role.COMMUNITY, scope="c"), "a", HOOD)
    assert oversees(somebody(Role.AREA_LEADER, scope="a"), "a", HOOD)
    assert not oversees(somebody(Role.AREA_LEADER, scope="a"), "b", HOOD)
    assert not oversees(somebody(Role.AREA_LEADER, scope="a"), "c", HOOD)
    assert not oversees(somebody(Role.RESIDENT, scope="s"), "a", HOOD)
    assert not oversees(somebody(Role.COMMUNITY, scope="c"), None, HOOD)
