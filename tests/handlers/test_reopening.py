"""没好, said after the end: opened again, passed on, or asked which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.choosing import says_bad
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("没好", ""),
        ("没好，又坏了", "又坏了"),
        ("还是没修好！", ""),
        ("冇好", ""),
        ("又坏了", ""),
        ("根本没修好 灯还是黑的", "灯还是黑的"),
    ],
)
def test_words_that_say_it_is_not_good(text: str, rest: str) -> None:
    assert says_bad(text) == rest


@pytest.mark.parametrize("text", ["没好吃的", "没好意思说", "不行", "好了", "我没好", "2"])
def test_words_that_do_not(text: str) -> None:
    assert says_bad(text) is None


async def closed(world: World, no: int, words: str = "3栋2单元楼道灯不亮") -> None:
    await world["李娭毑"].says(words, GROUP)
    await world["李娭毑"].says("1", GROUP)
    await world["张师傅"].says(f"接{no}")
    await world["张师傅"].says(f"完{no} 修了")
    await world["李娭毑"].says("1", GROUP)


async def test_a_closed_matter_is_opened_again_by_saying_so(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await closed(world, 1)

    await 李娭毑.says("没好", GROUP)

    李娭毑.reads("0001 重新打开", "哪里没好，直接说一句")
    张师傅.hears("【重办 0001】")
    await 李娭毑.says("还是不亮", GROUP)
    张师傅.hears("李娭毑补充：还是不亮")
    李娭毑.reads("已转给张师傅")


async def test_good_said_days_after_the_silence_confirms(world: World) -> None:
    await world["李娭毑"].says("3栋2单元楼道灯不亮")
    await world["李娭毑"].says("1")
    await world["张师傅"].says("接1")
    await world["张师傅"].says("完1 修了")
    await world.passes(days=4)

    await world["李娭毑"].says("好了")

    world["李娭毑"].hears("1 满意")
    world["张师傅"].hears("0001")


@pytest.mark.parametrize("chat", [GROUP, None])
async def test_who_is_content_before_the_rating_has_confirmed(
    world: World, chat: str | None
) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)
    await 李娭毑.says("1", GROUP)
    await 张师傅.says("完1 换了灯")

    await 李娭毑.says("很满意，谢谢", *([chat] if chat else []))

    张师傅.hears("李娭毑确认好了，办结")


async def test_it_can_be_said_in_private_too_and_goes_to_no_office(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await closed(world, 1)

    await 李娭毑.says("没好，又坏了")

    张师傅.hears("【重办 0001】", "又坏了")
    assert not any("待答" in text for text in world.said_in("@wang"))


async def test_of_several_matters_one_is_asked_for(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await closed(world, 1)
    await closed(world, 2, "3栋2单元门禁坏了")

    await 李娭毑.says("没好", GROUP)
    李娭毑.reads("哪一件没好", "1 楼道灯不亮（0001）", "（0002）")
    await 李娭毑.says("2", GROUP)

    李娭毑.reads("0002 重新打开")


async def test_what_is_still_in_hand_is_passed_on(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("3栋2单元楼道灯不亮")
    await 李娭毑.says("1")
    await 张师傅.says("接1")

    await 李娭毑.says("还没好")

    张师傅.hears("李娭毑补充：还没好")


async def test_it_is_chatter_of_those_who_have_nothing_done(world: World) -> None:
    await world["周爹爹"].says("没好", GROUP)

    assert world.news == []


async def test_the_reason_of_a_bad_rating_reaches_the_leader_and_the_one_above(
    world: World,
) -> None:
    李娭毑 = world["李娭毑"]
    await closed(world, 1)
    await 李娭毑.says("3", GROUP)
    李娭毑.reads("哪里不好，直接告诉我")

    await 李娭毑.says("来得太慢", GROUP)

    李娭毑.reads("已转给张师傅")
    world["张师傅"].hears("来得太慢")
    world["吴姐"].hears("来得太慢")


@pytest.mark.parametrize("why", ["等了两天才来，态度也不好", "等了三天没人来修，还要收钱"])
async def test_fault_found_when_we_ask_what_was_bad_is_no_complaint_of_its_own(
    world: World, why: str
) -> None:
    李娭毑 = world["李娭毑"]
    await closed(world, 1)
    await 李娭毑.says("3", GROUP)
    李娭毑.reads("哪里不好，直接告诉我")

    await 李娭毑.says(why, GROUP)

    李娭毑.reads("已转给")
    world["吴姐"].hears(why)


async def test_another_matter_told_then_is_another_matter(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await closed(world, 1)
    await 李娭毑.says("3", GROUP)

    await 李娭毑.says("5栋物业保安态度不好", GROUP)

    assert not any("已转给" in text for text in world.said_in(GROUP))


async def handled(world: World, no: int, words: str = "3栋2单元楼道灯不亮") -> None:
    await world["李娭毑"].says(words, GROUP)
    await world["李娭毑"].says("1", GROUP)
    await world["张师傅"].says(f"完{no} 修了")


async def test_good_is_understood_in_private_of_what_was_asked_in_the_group(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await handled(world, 1)

    await 李娭毑.says("修好了，谢谢")

    李娭毑.hears("打个分")
    world["张师傅"].hears("李娭毑确认好了")
    assert not world.said_in(GROUP)


async def test_of_several_that_wait_for_the_word_one_is_asked_for(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await handled(world, 1)
    await handled(world, 2, "3栋2单元门禁坏了")

    await 李娭毑.says("好了")
    李娭毑.hears("哪一件好了", "1 楼道灯不亮（0001）", "（0002）")
    await 李娭毑.says("2")

    world["张师傅"].hears("（0002）李娭毑确认好了")


async def test_a_private_word_is_answered_in_private_and_not_read_out_in_the_group(
    world: World,
) -> None:
    李娭毑 = world["李娭毑"]
    await closed(world, 1)

    await 李娭毑.says("没好，我不想再见到他")

    李娭毑.hears("0001 重新打开", "我不想再见到他")
    assert not world.said_in(GROUP)
    await 李娭毑.says("没好")
    李娭毑.hears("已转给张师傅")


async def test_a_number_behind_it_names_the_matter_and_is_no_remark(world: World) -> None:
    await closed(world, 1)
    await closed(world, 2, "3栋2单元门禁坏了")

    await world["李娭毑"].says("没好2 锁不上")

    world["张师傅"].hears("【重办 0002】", "李娭毑说：“锁不上”")


@pytest.mark.parametrize(
    "words", ["0001 没修好 还是黑的", "0001没好，还是黑的", "没好 ０００１ 还是黑的"]
)
async def test_the_number_is_read_before_or_behind_it_and_is_no_new_matter(
    world: World, words: str
) -> None:
    await closed(world, 1)

    await world["李娭毑"].says(words)
    world["张师傅"].hears("【重办 0001】", "还是黑的")

    await world["李娭毑"].says(words)
    world["张师傅"].hears("楼道灯不亮（0001）李娭毑补充")
    assert not world.said_in("@wang")


@pytest.mark.parametrize("words", ["又不亮了", "今天又灭了，唉"])
async def test_what_is_wrong_again_opens_the_only_matter_done_lately(
    world: World, words: str
) -> None:
    await closed(world, 1)

    await world["李娭毑"].says(words)

    world["张师傅"].hears("【重办 0001】", f"李娭毑说：“{words}”")


async def test_what_is_wrong_again_with_a_matter_of_its_own_opens_no_other(world: World) -> None:
    await closed(world, 1)

    await world["李娭毑"].says("又停电了")

    assert not [text for text in world.said_in("@zhang") if "重办" in text]


@pytest.mark.parametrize("group", [GROUP, None])
@pytest.mark.parametrize("words", ["0001 又不亮了", "0001又不亮了", "0001号还是黑的"])
async def test_the_number_with_what_is_wrong_again_opens_that_matter_and_no_other(
    world: World, words: str, group: str | None
) -> None:
    await closed(world, 1)
    await closed(world, 2, "3栋2单元门禁坏了")
    await world.passes(hours=24)

    await world["李娭毑"].says(words, group)
    world["张师傅"].hears("【重办 0001】", words.removeprefix("0001").strip("号 "))

    await world["李娭毑"].says("0001 又灭了", group)
    world["张师傅"].hears("楼道灯不亮（0001）李娭毑补充：0001 又灭了")


async def test_the_number_of_a_neighbours_matter_opens_nothing(world: World) -> None:
    await closed(world, 1)

    await world["周爹爹"].says("0001 又不亮了", GROUP)

    assert not any("重办" in out.text for out in world.news)


async def test_a_door_before_it_is_no_number_of_a_matter(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮")
    await 李娭毑.says("1")

    await 李娭毑.says("0007没修好")
    李娭毑.hears("没有找到 0007")
    await 李娭毑.says("1203没修好")
    world["张师傅"].hears("0001", "李娭毑补充：1203没修好")


async def test_the_number_of_a_matter_of_long_ago_is_told_anew(world: World) -> None:
    await closed(world, 1)
    await world.passes(days=31)

    await world["李娭毑"].says("0001 没好 又坏了")

    world["李娭毑"].hears("0001 办结超过 30 天了，请直接再说一次")


async def test_what_was_taken_back_can_turn_out_not_to_be_good(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮")
    await 李娭毑.says("1")
    await 李娭毑.says("算了，好了")

    await 李娭毑.says("没好")

    李娭毑.hears("0001 重新打开")
    world["张师傅"].hears("【重办 0001】")


async def test_after_thirty_days_it_is_to_be_told_anew(world: World) -> None:
    await closed(world, 1)
    await world.passes(days=31)

    await world["李娭毑"].says("没好")

    world["李娭毑"].hears("0001 办结超过 30 天了，请直接再说一次")
    assert not any("待答" in text for text in world.said_in("@wang"))


async def test_a_number_of_nobody_opens_nothing(world: World) -> None:
    await closed(world, 1)

    await world["李娭毑"].says("没好9")

    world["李娭毑"].hears("没有找到 0009")
    world["张师傅"].hears_nothing()


async def test_what_was_taken_back_by_erasing_stays_so(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮")
    await 李娭毑.says("1")
    await 李娭毑.says("删除我的数据")
    await 李娭毑.says("1")

    await 李娭毑.says("没好")

    world["张师傅"].hears_nothing()


async def test_a_group_reads_no_private_matter_among_those_that_may_be_meant(world: World) -> None:
    周爹爹 = world["周爹爹"]
    told = [
        ("投诉张师傅骂人，3栋", "肖姐"),
        ("3栋2单元楼道灯不亮", "张师傅"),
        ("3栋门禁坏了", "张师傅"),
    ]
    for no, (words, called) in enumerate(told, 1):
        answered = None if called == "肖姐" else GROUP
        await 周爹爹.says(words, GROUP)
        await 周爹爹.says("1", answered)
        await world[called].says(f"接{no}")
        await world[called].says(f"完{no} 好了")
        await 周爹爹.says("1", answered)

    await 周爹爹.says("@社区小助手 又坏了", GROUP)

    assert "骂人" not in 周爹爹.reads("楼道灯", "门禁")


async def test_a_group_reads_only_the_number_of_what_was_told_in_private(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元门禁坏了")
    await 李娭毑.says("1")
    await world["张师傅"].says("接1")
    await world["张师傅"].says("完1 修了")
    await 李娭毑.says("1")

    await 李娭毑.says("3栋门禁又坏了", GROUP)
    asked = 李娭毑.reads("您报过的 0001 已经办过", "是，回复 1 重办")
    assert "2单元" not in asked
    assert "门禁" not in asked

    await 李娭毑.says("3栋门禁又坏了")
    李娭毑.hears("您报过“单元门禁坏了 · 3栋2单元”（0001）")
