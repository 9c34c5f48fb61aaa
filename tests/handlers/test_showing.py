"""A leader's photo that comes after the words belongs to what they have just finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


async def taken(world: World, no: int, words: str = "3栋2单元楼道灯不亮") -> None:
    await world["李娭毑"].says(words, GROUP)
    await world["李娭毑"].says("1", GROUP)
    await world["张师傅"].says(f"接{no}")


async def test_the_photo_after_the_words_is_shown_to_the_reporter(world: World) -> None:
    await taken(world, 1)
    await world["张师傅"].says("完1 换了新灯")
    await world.passes(seconds=30)

    await world["张师傅"].says("", photos=1)

    assert "张师傅发来照片 1 张" in world["李娭毑"].reads("楼道灯不亮（0001）")
    await world.passes(minutes=1)
    world["张师傅"].hears_nothing()


async def test_also_when_the_reporter_was_quicker(world: World) -> None:
    await taken(world, 1)
    await world["张师傅"].says("完1 换了新灯")
    await world["李娭毑"].says("1", GROUP)

    await world["张师傅"].says("", photos=1)

    world["李娭毑"].reads("0001", "照片 1 张")


async def test_a_photo_before_the_words_waits_for_the_next_task(world: World) -> None:
    await taken(world, 1)
    await taken(world, 2, "3栋2单元门禁坏了")
    await world["张师傅"].says("", photos=1)
    await world["张师傅"].says("完1 换了新灯")

    await world["张师傅"].says("", photos=1)
    assert world.news == []
    await world["张师傅"].says("完2 换了锁")

    world["李娭毑"].reads("（0002）", "照片 1 张")


async def test_a_while_later_it_may_be_of_another_task(world: World) -> None:
    await taken(world, 1)
    await taken(world, 2, "3栋2单元门禁坏了")
    await world["张师傅"].says("完1 换了新灯")
    await world.passes(minutes=3)

    await world["张师傅"].says("", photos=1)
    assert world.news == []
    await world.passes(seconds=20)

    world["张师傅"].hears("照片收到了", "完2 说明")


async def test_with_nothing_else_in_hand_it_may_come_ten_minutes_later(world: World) -> None:
    await taken(world, 1)
    await world["张师傅"].says("完1 换了新灯")
    await world.passes(minutes=9)

    await world["张师傅"].says("", photos=1)
    world["李娭毑"].reads("0001", "照片 1 张")
    await world.passes(minutes=2)
    await world["张师傅"].says("", photos=1)
    await world.passes(seconds=20)

    world["张师傅"].hears("照片收到了")


async def test_in_the_group_a_leaders_photo_is_a_neighbours(world: World) -> None:
    await taken(world, 1)
    await world["张师傅"].says("完1 换了新灯")

    await world["张师傅"].says("", GROUP, photos=1)

    assert world.news == []
