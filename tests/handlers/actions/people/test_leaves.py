"""Leave in words and days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.actions.people.leaves import leave_days, take_leave
from knowledge.community.refusals import Unclear

if TYPE_CHECKING:
    from tests.world import World


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", 1),
        ("3天", 3),
        ("３天", 3),
        ("三天", 3),
        ("两天", 2),
        ("十日", 10),
        ("一周", 7),
        ("两个星期", 14),
        ("一个月", 30),
        ("0天", 0),
    ],
)
def test_words_are_days(text: str, days: int) -> None:
    assert leave_days(text) == days


@pytest.mark.parametrize(("days", "last"), [(1, "11-23"), (3, "11-25"), (60, "01-21")])
async def test_leave_ends_with_its_last_day(world: World, days: int, last: str) -> None:
    until = await world.app.act("t", lambda work: take_leave(work, "zhang", days))

    assert f"{until:%m-%d %H:%M}" == f"{last} 23:59"
    await world.app.refresh()
    assert world.app.town.away(world.clock.now()) == {"zhang"}
    assert world.app.town.away(until) == frozenset()


async def test_no_days_end_a_leave(world: World) -> None:
    await world.app.act("t", lambda work: take_leave(work, "zhang", 3))
    await world.app.act("t", lambda work: take_leave(work, "zhang", 0))
    await world.app.refresh()

    assert world.app.town.away(world.clock.now()) == frozenset()


@pytest.mark.parametrize("days", [-1, 61, 1000])
async def test_a_leave_without_end_is_a_change_of_the_roster(world: World, days: int) -> None:
    with pytest.raises(Unclear, match="1 到 60"):
        await world.app.act("t", lambda work: take_leave(work, "zhang", days))
