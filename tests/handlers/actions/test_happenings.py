"""Events from outside: the notices that wait for them, where they concern, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.actions.happenings import Happening, happen
from tests.world import GROUP

if TYPE_CHECKING:
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
