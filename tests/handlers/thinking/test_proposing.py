"""Where a matter lies, what is missing, and who is asked first."""

from __future__ import annotations

import pytest

from handlers.intents.read import read_intent
from handlers.thinking.proposing import propose
from knowledge.community.roster.people import Role
from tests.handlers.samples import scene


def proposal(said, chat="g-1", sender=None):
    return propose(said, read_intent(said), scene(chat, sender))


@pytest.mark.parametrize(
    ("said", "chat", "sender", "place", "missing"),
    [
        ("3栋2单元楼道灯坏了", "g-1", None, "u32", ()),
        ("楼道灯坏了", "g-1", None, "e", ("place",)),
        ("我们单元楼道灯坏了", "g-1", "li", "u32", ()),
        ("我们单元楼道灯坏了", None, "li", "u32", ()),
        ("我们单元楼道灯坏了", "g-1", None, "e", ("place",)),
        ("我们单元楼道灯坏了", "g-1", "chen", "e", ("place",)),
        ("7栋楼道灯坏了", "g-1", "li", "b7", ()),
        ("路灯坏了", "g-1", None, "e", ()),
        ("院子里的配电房冒烟了", "g-1", None, "e", ()),
        ("3栋9单元楼道灯坏了", "g-1", None, "b3", ("place",)),
        ("路灯坏了", None, None, None, ("place",)),
        ("路灯坏了", None, "li", None, ("place",)),
        ("我要报修", None, None, None, ("place", "matter")),
        ("我要报修", "g-1", None, "e", ("matter",)),
    ],
)
def test_the_place_is_named_home_or_the_groups(said, chat, sender, place, missing):
    found = proposal(said, chat, sender)
    assert (found.place, found.missing) == (place, missing)


def test_the_named_person_of_the_place_is_asked_first():
    found = proposal("3栋2单元楼道灯坏了")
    assert found.owner == "zhang"
    assert [(rung.role, rung.person) for rung in found.route] == [
        (Role.NEIGHBOUR_LEADER, "zhang"),
        (Role.GROUP_LEADER, "zou"),
        (Role.COMMUNITY, "wang"),
    ]


def test_a_place_without_a_neighbour_leader_has_the_next_rung():
    assert proposal("7栋1单元楼道灯坏了").owner == "zou"


@pytest.mark.parametrize("said", ["楼上半夜吵死了", "物业不管事", "有人高空抛物"])
def test_a_complaint_about_somebody_is_private(said):
    assert proposal(said).private


def test_a_repair_is_not_private():
    assert not proposal("楼道灯坏了").private
