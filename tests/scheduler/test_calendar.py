"""A year of which nobody knows the holidays: deadlines go on, the admin hears of it once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world import World


async def test_an_unknown_year_is_told_to_the_admin_once(world: World) -> None:
    calendar = world.app.calendar
    assert calendar.is_working(date(2040, 1, 2)), "a Monday"

    await world.passes(minutes=1)
    world["小陈"].hears("2040 年的放假和调休还不知道")
    await world.passes(days=40)

    assert not any("2040" in text for text in world.said_in("@xiaochen"))
