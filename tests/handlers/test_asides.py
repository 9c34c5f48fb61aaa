"""Who reports something and asks something in one breath gets both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


@pytest.mark.parametrize(
    "said",
    [
        "楼道灯坏了，还有我想问下满80岁有什么补贴领",
        "我满80了有么子补贴领不还有楼道灯坏了",
    ],
)
async def test_a_question_beside_a_report_is_answered_before_the_place_is_asked(
    world: World, said: str
) -> None:
    陈叔 = world["陈叔"]

    await 陈叔.says(said)

    assert ["高龄" in text for text in world.said_in("@chen")] == [True, False]
    陈叔.hears("楼道灯")


async def test_what_is_urgent_comes_before_the_question(world: World) -> None:
    陈叔 = world["陈叔"]

    await 陈叔.says("3栋水管爆了，另外满80岁有什么补贴领")

    assert ["高龄" in text for text in world.said_in("@chen")][-1]
    陈叔.hears("总阀")


async def test_an_unclear_question_beside_a_report_is_asked_for_again(world: World) -> None:
    陈叔 = world["陈叔"]

    await 陈叔.says("3栋2单元楼道灯坏了，另外老人的卡怎么办")
    陈叔.hears("老人的卡怎么办", "单独再发一次")
    陈叔.hears("楼道灯")

    await 陈叔.says("3栋1单元电梯坏了，另外残疾补贴怎么领", GROUP)
    assert not any("单独再发" in text for text in world.said_in(GROUP)), "nobody called us"


async def test_one_matter_told_in_two_halves_is_one(world: World) -> None:
    陈叔 = world["陈叔"]

    await 陈叔.says("3栋2单元楼道灯坏了，还有什么时候能修好")

    assert not any("单独再发" in text for text in world.said_in("@chen"))
