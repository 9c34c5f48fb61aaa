"""The place of a matter is corrected by who told of it, whether it is asked or logged already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.world import World

WAYS = ["你讲错哒，在三楼", "不对，在三楼", "你搞错了，在三楼"]


@pytest.mark.parametrize("said", WAYS)
async def test_the_floor_of_a_draft_is_corrected(world: World, said: str) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋楼道灯坏了")
    await 李娭毑.says(said)

    李娭毑.hears("【报修】三楼楼道灯坏了 · 3栋")


@pytest.mark.parametrize("said", WAYS)
async def test_the_floor_of_a_logged_matter_goes_to_who_was_asked(world: World, said: str) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋楼道灯坏了")
    await 李娭毑.says("要得")
    await world.passes(hours=2)
    await 李娭毑.says(said)

    world["张师傅"].hears(f"李娭毑补充：“{said}”")
    world["王主任"].hears_nothing()


async def test_the_building_of_a_logged_matter_is_corrected(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋楼道灯坏了")
    await 李娭毑.says("要得")
    await 李娭毑.says("你讲错哒，是6栋")

    world["张师傅"].hears("6栋")
    assert any("0001" in text for text in world.said_in("@li"))
    await 李娭毑.says("进度")
    李娭毑.hears("楼道灯坏了（6栋）")

    await 李娭毑.says("不对，是5栋")
    李娭毑.hears("我们这里没有5栋")


async def test_after_an_answer_of_ours_the_same_words_are_about_the_answer(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋楼道灯坏了")
    await 李娭毑.says("要得")
    await world.passes(minutes=1)
    await 李娭毑.says("满80岁有什么补贴")
    await 李娭毑.says("你讲错哒，在三楼")

    李娭毑.hears("谢谢提醒")


@pytest.mark.parametrize(
    "said",
    [
        "不是讲6栋先修吗",
        "不是说好今天来吗，6栋的都修好了",
        "不对啊，6栋的人说他们那边先报的",
        "不对，6栋都修好了",
    ],
)
async def test_who_finds_fault_with_the_wait_corrects_no_place(world: World, said: str) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋楼道灯坏了")
    await 李娭毑.says("要得")
    await 李娭毑.says(said)
    await 李娭毑.says("进度")

    李娭毑.hears("楼道灯坏了（3栋）")
