"""Events from outside: the notices that wait for them, where they concern, once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.actions.notices.happenings import Happening, happen
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.notices.notice import Notice
from knowledge.community.notices.trigger import parse_trigger
from knowledge.community.places.places import GroupChat
from tests.world import GROUP

if TYPE_CHECKING:
    from handlers.work import Work
    from tests.world import World

STORM = Happening("气象", "hy", "红色", "大风", "w-1")


async def happens(world: World, happening: Happening, cause: str = "event:1") -> int:
    notices = world.app.papers.notices
    world.news.clear()
    sent = await world.app.act(cause, lambda work: happen(work, happening, notices))
    await world.app.settle()
    return sent


async def test_it_is_told_at_once_even_at_night(world: World) -> None:
    await world.passes(hours=14)

    assert await happens(world, STORM) == 1
    assert "大风红色预警" in world.said_in(GROUP)[0]


async def test_a_broken_channel_keeps_a_warning_back_for_no_night(world: World) -> None:
    await world.passes(hours=11, minutes=50)
    world.channel.fault.down = True
    await happens(world, STORM)
    await world.passes(hours=1)
    assert world.news == []

    world.channel.fault.down = False
    await world.passes(minutes=15)
    assert "大风红色预警" in world.said_in(GROUP)[0]


async def test_the_same_happening_has_one_effect(world: World) -> None:
    await happens(world, STORM)

    assert await happens(world, STORM, "event:2") == 0
    assert world.news == []


@pytest.mark.parametrize(
    ("kind", "place", "level"),
    [
        ("火情", "hy", "红色"),
        ("气象", "hy", "蓝色"),
        ("气象", "xy", "红色"),
        ("气象", "xy-1-1", "红色"),
    ],
)
async def test_what_concerns_nobody_is_told_to_nobody(
    world: World, kind: str, place: str, level: str
) -> None:
    assert await happens(world, Happening(kind, place, level, "x", "k")) == 0


@pytest.mark.parametrize("place", [None, "hy", "hy-3", "hz", "ym"])
async def test_it_is_told_where_the_place_lies_inside_or_above(
    world: World, place: str | None
) -> None:
    assert await happens(world, Happening("气象", place, "红色", "x", "k")) == 1


@pytest.mark.parametrize(
    ("kind", "level", "at_once"),
    [
        ("气象", "红色", True),
        ("气象", "橙色", True),
        ("气象", "蓝色", False),
        ("走失", "", True),
        ("火情", "", True),
        ("诈骗", "", False),
        ("停水", "", False),
    ],
)
def test_only_danger_grave_weather_and_missing_persons_pass_at_night(
    kind: str, level: str, *, at_once: bool
) -> None:
    assert Happening(kind, None, level, "x", "k").presses is at_once


async def test_a_fraud_in_the_estate_by_night_is_told_in_the_morning(world: World) -> None:
    fraud = Notice(
        "fraud-here", "x", "反诈", (parse_trigger("事件 本小区 诈骗"),), short="有邻居被骗。"
    )
    await world.passes(hours=14)
    happening = Happening("诈骗", "hy", "", "x", "k")
    assert await world.app.act("e", lambda work: happen(work, happening, (fraud,))) == 1
    await world.app.settle()
    await world.passes(hours=8, minutes=59)
    assert not world.said_in(GROUP)
    await world.passes(minutes=1)

    assert "有邻居被骗" in world.said_in(GROUP)[0]


@pytest.mark.parametrize(("trigger", "groups"), [("事件 本小区 火情", 1), ("事件 火情", 0)])
async def test_what_happens_in_one_building_is_told_in_the_whole_estate_where_the_notice_says_so(
    world: World, trigger: str, groups: int
) -> None:
    fire = Notice("fire", "x", "消防", (parse_trigger(trigger),), short="刚有火情。")
    hood = world.app.town.hood
    other = GroupChat("replay", "g-7", "7栋群", "hy-7", "积极")
    beside = Neighbourhood(hood.places.values(), hood.people.values(), (other,))
    happening = Happening("火情", "hy-3", "", "x", "k")

    def burn(work: Work) -> int:
        return happen(replace(work, hood=beside), happening, (fire,))

    assert await world.app.act("e", burn) == groups
