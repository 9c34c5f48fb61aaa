"""Who is in which group of the built-in chat."""

from __future__ import annotations

import pytest

from bot.web.membership import groups_of, is_member, private_chat
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role

HOOD = Neighbourhood(
    places=(
        Place("yt", None, PlaceKind.COMMUNITY, "月塘社区"),
        Place("gh", "yt", PlaceKind.ESTATE, "桂花园"),
        Place("gh-3", "gh", PlaceKind.BUILDING, "3栋"),
        Place("gh-3-2", "gh-3", PlaceKind.UNIT, "2单元"),
        Place("dj", "yt", PlaceKind.ESTATE, "电机厂"),
    ),
    people=(
        Person("li", "李", grants=(Grant(Role.RESIDENT, ("gh-3-2",)),)),
        Person("zhang", "张", grants=(Grant(Role.NEIGHBOUR_LEADER, ("gh-3",)),)),
        Person("wang", "王", grants=(Grant(Role.COMMUNITY, ("yt",)),)),
        Person("chen", "陈", grants=(Grant(Role.ADMIN),)),
        Person("ma", "马", grants=(Grant(Role.RESIDENT, ("dj",)),), accounts=(("web", "ma-1"),)),
    ),
    chats=(
        GroupChat("web", "g-gh", "桂花园群", "gh"),
        GroupChat("web", "g-gh3", "3栋群", "gh-3"),
        GroupChat("web", "g-dj", "电机厂群", "dj"),
        GroupChat("web", "g-yt", "三长工作群", "yt"),
        GroupChat("replay", "g-gh", "桂花园群", "gh"),
    ),
)


@pytest.mark.parametrize(
    ("person", "groups"),
    [
        ("li", ["g-gh", "g-gh3"]),
        ("zhang", ["g-gh", "g-gh3", "g-yt"]),
        ("wang", ["g-gh", "g-gh3", "g-dj", "g-yt"]),
        ("chen", []),
        ("ma", ["g-dj"]),
    ],
)
def test_groups_hold_those_whose_place_they_share_and_work_groups_take_a_role(person, groups):
    assert [group.id for group in groups_of(HOOD.people[person], HOOD)] == groups


def test_a_private_chat_belongs_to_one_person_under_their_account():
    assert private_chat(HOOD.people["ma"], HOOD).id == "@ma-1"
    assert is_member(HOOD.people["ma"], "@ma-1", HOOD)
    assert not is_member(HOOD.people["ma"], "@ma", HOOD)
    assert not is_member(HOOD.people["li"], "@ma-1", HOOD)
