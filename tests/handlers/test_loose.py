"""Leaders' loose words: understood, or answered with the choices, never a question to the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


async def filed(world: World, words: str = "3栋2单元楼道灯不亮") -> None:
    await world["李娭毑"].says(words, GROUP)
    await world["李娭毑"].says("1", GROUP)


@pytest.mark.parametrize(
    "words", ["好的我接", "好咧 我去", "我接", "行，我去", "接单", "收到，我来"]
)
async def test_words_that_take_the_task(world: World, words: str) -> None:
    await filed(world)

    await world["张师傅"].says(words)

    world["张师傅"].hears("已接单")


async def test_small_talk_under_a_card_is_answered_with_its_choices(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world)

    await 张师傅.says("这个灯有点麻烦")

    张师傅.hears("没听懂。0001 楼道灯不亮：", "回复 1 接单")
    world["王主任"].hears_nothing()


async def test_done_in_other_words_ends_the_only_task(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world)
    await 张师傅.says("1")

    await 张师傅.says("办好了")

    world["李娭毑"].reads("张师傅说修好了")
    await 张师傅.says("1")
    await 张师傅.says("办好了")
    张师傅.hears("您手上没有任务")


@pytest.mark.parametrize("words", ["转", "进展", "接-1"])
async def test_half_a_command_is_completed(world: World, words: str) -> None:
    await world["张师傅"].says(words)

    world["张师傅"].hears("请这样发")


@pytest.mark.parametrize("words", ["谢谢，好了", "好了，谢谢", "修好了", "亮了", "好了谢谢师傅"])
async def test_thanks_around_the_words_do_not_hide_them(world: World, words: str) -> None:
    await filed(world)
    await world["张师傅"].says("接1")
    await world["张师傅"].says("完1 换了新灯")

    await world["李娭毑"].says(words, GROUP)

    world["李娭毑"].reads("那就好！给这次服务打个分")


async def test_what_the_night_has_overtaken_is_not_told_in_the_morning(world: World) -> None:
    张师傅 = world["张师傅"]
    await world.passes(hours=13)
    await filed(world)
    await 张师傅.says("接1")
    await 张师傅.says("完1 换了新灯")

    await world.passes(hours=11)

    assert [text for text in world.said_in("@zhang") if "0001" in text] == []
    assert [text for text in world.said_in(GROUP) if "0001" in text] == [
        "@李娭毑 楼道灯不亮（0001）张师傅说修好了：“换了新灯”。\n好了，回复 1；没好，回复 2。"
    ]


@pytest.mark.parametrize("words", ["不删", "不", "不要", "2"])
async def test_own_data_stay_when_their_owner_says_no(world: World, words: str) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("删除我的数据")

    await 李娭毑.says(words)

    assert world.said_in("@li") == ["好的，没有删，都还在。"]


async def test_what_was_never_filed_is_not_counted_among_ones_data(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮")
    await 李娭毑.says("算了")

    await 李娭毑.says("我的数据")

    李娭毑.hears("报过的事 0 件")


async def test_received_without_a_notice_is_acknowledged_in_private_only(world: World) -> None:
    李娭毑 = world["李娭毑"]

    await 李娭毑.says("收到")

    assert world.said_in("@li") == ["好的。有事直接说就行。"]
    await 李娭毑.says("收到", GROUP)
    assert world.news == []


async def test_a_word_takes_no_task_where_two_wait(world: World) -> None:
    await filed(world)
    await world["赵姐"].says("7栋1单元门禁坏了", GROUP)
    await world["赵姐"].says("1", GROUP)

    await world["张师傅"].says("接")

    world["张师傅"].hears("有 2 件等人接（0001、0002）", "接1")
    await world["张师傅"].says("1")
    world["张师傅"].hears("已接单")


async def test_not_mine_without_a_task_is_no_question_for_the_office(world: World) -> None:
    await world["张师傅"].says("不归我管")

    world["张师傅"].hears("您手上没有任务")
    assert not world.said_in("@wang")


async def test_being_there_said_alone_meets_the_promise_of_the_only_task(world: World) -> None:
    张师傅 = world["张师傅"]
    await world["李娭毑"].says("3栋2单元水管爆了")
    await 张师傅.says("接1")

    await 张师傅.says("我到了")

    world["李娭毑"].hears("张师傅", "到")
    await world.passes(minutes=40)
    张师傅.hears_nothing()


async def test_being_there_is_said_of_the_task_in_hand_not_of_one_that_waits(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("3栋2单元水管爆了")
    await 张师傅.says("接1")
    await world["赵姐"].says("7栋1单元水管爆了")

    await 张师傅.says("到了")

    李娭毑.hears("张师傅到现场了（0001）")
    await 张师傅.says("接2")
    await 张师傅.says("到了")
    张师傅.hears("有 2 件（0001、0002）", "进展1 到了")


@pytest.mark.parametrize("words", ["9分钟到", "8分钟后到", "8、9分钟就到", "2小时内过来"])
async def test_how_long_it_takes_to_come_ends_and_hands_back_nothing(
    world: World, words: str
) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await filed(world)
    await 张师傅.says("接1")

    await 张师傅.says(words)

    李娭毑.reads(f"张师傅说：{words}")
    张师傅.hears("0001 的进展告诉李娭毑了")


@pytest.mark.parametrize("words", ["9 晚上来", "9，明天上午去看", "8 明天再去", "7 下午买灯"])
async def test_plans_behind_a_digit_that_no_text_shows_are_progress(
    world: World, words: str
) -> None:
    await filed(world)
    await world["张师傅"].says("接1")

    await world["张师傅"].says(words)

    world["李娭毑"].reads(f"张师傅说：{words}")
    world["张师傅"].hears("0001 的进展告诉李娭毑了")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("8 这个找物业", "为什么不归您管？"),
        ("9 户没电", "没听懂。您手上有 0001"),
        ("9 看不懂", "没听懂。您手上有 0001"),
        ("8 户人家在等", "没听懂。您手上有 0001"),
    ],
)
async def test_doubtful_words_behind_it_end_and_hand_back_nothing(
    world: World, words: str, asked: str
) -> None:
    await filed(world)
    await world["张师傅"].says("接1")

    await world["张师傅"].says(words)

    world["张师傅"].hears(asked)
    assert not world.said_in(GROUP)
    world["吴姐"].hears_nothing()


@pytest.mark.parametrize(
    ("words", "told"),
    [("9", "说修好了"), ("9 换了新灯", "换了新灯"), ("9，修好了", "说修好了"), ("7 肖姐", "肖姐")],
)
async def test_what_the_digit_means_is_done_with_its_words(
    world: World, words: str, told: str
) -> None:
    await filed(world)
    await world["张师傅"].says("接1")

    await world["张师傅"].says(words)

    assert any(told in text for text in world.said_in(GROUP))


async def test_a_reason_behind_it_hands_the_task_back(world: World) -> None:
    await filed(world)
    await world["张师傅"].says("接1")

    await world["张师傅"].says("8 不归我管")

    world["吴姐"].hears("张师傅退单")


async def test_when_somebody_comes_is_told_on_with_the_taking(world: World) -> None:
    await filed(world)

    await world["张师傅"].says("1 明天上午去看")

    world["张师傅"].hears("已接单")
    world["李娭毑"].reads("张师傅说：明天上午去看")


@pytest.mark.parametrize(
    "words",
    [
        "十分钟到",
        "关了阀，明天换管子",
        "重新接了线",
        "看过了，是防水坏了",
        "来看过了，明天带工具来",
    ],
)
async def test_steps_forward_in_other_words_are_told_on(world: World, words: str) -> None:
    await filed(world)
    await world["张师傅"].says("接1")

    await world["张师傅"].says(words)

    world["李娭毑"].reads(f"张师傅说：{words}")


@pytest.mark.parametrize("words", ["我今天有哪些事", "还有几件没办", "手上还有什么任务"])
async def test_what_there_is_to_do_is_asked_in_other_words(world: World, words: str) -> None:
    await filed(world)

    await world["张师傅"].says(words)

    world["张师傅"].hears("0001 楼道灯不亮")
    world["王主任"].hears_nothing()
