"""Buttons and digits: once, by the right person, in the right chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.tickets.index import CHOICES as TICKET_CHOICES
from handlers.pressing import CHOICES
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


def test_every_choice_about_a_ticket_is_in_the_table() -> None:
    assert set(TICKET_CHOICES) <= set(CHOICES)


async def test_a_digit_does_what_the_button_does(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)
    await 李娭毑.presses("对", GROUP)
    李娭毑.reads("登记好了，编号 0001")

    await 张师傅.says("1")

    张师傅.hears("已接单")


async def test_a_choice_is_made_once(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)
    await 李娭毑.says("1", GROUP)

    await 李娭毑.says("1", GROUP)

    assert world.said_in(GROUP) == []


async def test_a_digit_of_somebody_else_is_none_of_our_business(world: World) -> None:
    李娭毑, 周爹爹 = world["李娭毑"], world["周爹爹"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)

    await 周爹爹.says("1", GROUP)

    assert world.news == []


async def test_a_digit_counts_for_half_an_hour(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("@社区小助手 我满80了，有么子补贴领不？", GROUP)
    await world.passes(minutes=31)

    await 李娭毑.says("1", GROUP)

    assert world.said_in(GROUP) == []


async def test_the_newest_offer_counts(world: World) -> None:
    张师傅 = world["张师傅"]
    await world["李娭毑"].says("3栋2单元水管爆了", GROUP)
    await world["赵姐"].says("7栋1单元水管爆了", GROUP)

    await 张师傅.says("1")
    张师傅.hears("完2")
    await 张师傅.says("1")
    张师傅.hears("完1")


async def test_a_digit_that_stands_for_nothing_is_not_taken_as_another(world: World) -> None:
    张师傅 = world["张师傅"]
    await world["李娭毑"].says("3栋2单元水管爆了", GROUP)

    await 张师傅.says("9")

    assert not any("已接单" in text for text in world.said_in("@zhang"))
    await 张师傅.says("1")
    张师傅.hears("已接单")


async def test_handing_back_asks_for_a_reason_and_then_goes_up(world: World) -> None:
    李娭毑, 张师傅, 吴姐 = world["李娭毑"], world["张师傅"], world["吴姐"]
    await 李娭毑.says("3栋2单元楼道灯不亮")
    await 李娭毑.says("1")
    await 张师傅.says("3")
    张师傅.hears("为什么不归您管？")

    await 张师傅.says("2")

    张师傅.hears("请吴姐来定")
    吴姐.hears("张师傅退单", "不归社区管")


async def test_passing_on_asks_for_a_name(world: World) -> None:
    李娭毑, 张师傅, 肖姐 = world["李娭毑"], world["张师傅"], world["肖姐"]
    await 李娭毑.says("3栋2单元楼道灯不亮")
    await 李娭毑.says("1")
    await 张师傅.presses("转给别人")
    张师傅.hears("转给谁")

    await 张师傅.says("肖姐")

    张师傅.hears("已转给肖姐")
    肖姐.hears("【新任务 0001】", "张师傅转给您")


async def test_more_shows_the_long_answer(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("老年卡坐公交")

    await 李娭毑.says("更多")

    李娭毑.hears("年审一次")


async def test_somebody_elses_button_makes_no_noise_in_the_group(world: World) -> None:
    李娭毑, 周爹爹 = world["李娭毑"], world["周爹爹"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)

    await 周爹爹.presses("对", GROUP)

    assert world.said_in(GROUP) == []
    周爹爹.hears("给别人按的")


async def test_taking_twice_says_that_it_is_in_hand(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)
    await 李娭毑.says("1", GROUP)
    await 张师傅.presses("接单")

    await 张师傅.presses("接单")

    张师傅.hears("0001 已经在您手上了")


async def test_a_taken_task_can_still_be_passed_on_by_its_card(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)
    await 李娭毑.says("1", GROUP)
    await 张师傅.presses("接单")

    await 张师傅.presses("转给别人")

    张师傅.hears("转给谁")


async def test_a_digit_with_nothing_to_choose_is_explained_in_private(world: World) -> None:
    李娭毑 = world["李娭毑"]

    await 李娭毑.says("3")

    李娭毑.hears("没有等您选的", "查进度请说：进度")
    await 李娭毑.says("3", GROUP)
    assert world.news == []


async def test_a_digit_that_is_not_offered_is_told_which_are(world: World) -> None:
    张师傅 = world["张师傅"]
    await world["李娭毑"].says("3栋2单元水管爆了", GROUP)

    await 张师傅.says("3")

    张师傅.hears("请回复这几个数字里的一个：1、2")


async def test_an_older_choice_is_not_meant_by_a_digit_after_a_newer_question(
    world: World,
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元门禁坏了")
    await 李娭毑.says("楼道灯不亮，在小区里")
    李娭毑.hears("几栋几单元")

    await 李娭毑.says("1")

    assert not any("登记好了" in text for text in world.said_in("@li"))
