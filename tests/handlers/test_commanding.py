"""The fixed words: for the right people, about the right ticket, with or without its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.commanding import COMMANDS
from handlers.intents.commands import Word
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


async def filed(world: World, called: str, text: str) -> None:
    """Somebody reports something ordinary and confirms it."""
    await world[called].says(text)
    await world[called].says("1")
    world[called].hears("登记好了")


def test_every_word_is_obeyed() -> None:
    assert set(COMMANDS) == set(Word)


@pytest.mark.parametrize("text", ["任务", "接1", "完1 好了", "进展1 买灯", "转1 肖姐", "请假 3天"])
async def test_the_words_of_leaders_do_nothing_for_residents(world: World, text: str) -> None:
    周爹爹 = world["周爹爹"]
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")

    await 周爹爹.says(text)
    周爹爹.hears("这句话我接不上")
    await 周爹爹.says(text, GROUP)
    assert world.said_in(GROUP) == []


@pytest.mark.parametrize("text", ["完2 好了", "进展2 买灯", "转2 肖姐", "催2"])
async def test_somebody_elses_ticket_looks_like_a_missing_one(world: World, text: str) -> None:
    """肖姐 has nothing to do with 3栋: number 1 is not hers, number 2 does not exist."""
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    肖姐 = world["肖姐"]

    await 肖姐.says(text)
    missing = world.said_in("@xiao")
    await 肖姐.says(text.replace("2", "1"))
    foreign = world.said_in("@xiao")

    assert len(missing) == len(foreign) == 1
    assert missing[0].startswith("没有找到")
    assert foreign[0].startswith("没有找到")


async def test_without_a_number_the_only_open_one_is_meant(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")

    await 张师傅.says("接单")
    张师傅.hears("已接单")
    await 张师傅.says("完 换了新灯")
    张师傅.hears("0001 等李娭毑确认")


async def test_with_several_open_the_number_is_asked_for(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await filed(world, "赵姐", "7栋1单元门禁坏了")

    await 张师傅.says("完")

    张师傅.hears("有 2 件（0001、0002），请带上编号")


async def test_who_is_there_with_several_in_hand_is_shown_how_to_say_that_not_how_to_end_one(
    world: World,
) -> None:
    张师傅 = world["张师傅"]
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await filed(world, "赵姐", "7栋1单元门禁坏了")

    await 张师傅.says("到了")
    张师傅.hears("例如：进展1 到了")


async def test_a_leader_who_asks_for_help_is_told_the_words_of_the_work(world: World) -> None:
    张师傅 = world["张师傅"]
    await 张师傅.says("帮助")
    张师傅.hears("任务", "接127", "请假 3天", "报修")


async def test_tasks_are_told_in_private_only(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")

    await 张师傅.says("任务", GROUP)
    assert all("0001" not in text for text in world.said_in(GROUP))
    await 张师傅.says("任务")
    张师傅.hears("0001 楼道灯不亮（3栋2单元）")


async def test_a_private_matter_is_not_told_in_the_group(world: World) -> None:
    周爹爹 = world["周爹爹"]
    await 周爹爹.says("投诉3栋1单元楼上半夜吵，打麻将")
    await 周爹爹.says("1")

    await 周爹爹.says("小助手，进度", GROUP)
    his = world.said_in(GROUP)[-1]
    await world["李娭毑"].says("小助手，进度", GROUP)
    hers = world.said_in(GROUP)[-1]

    assert his == hers  # nobody learns that he has told something in private
    assert "私聊我发“进度”" in his


async def test_a_leader_on_leave_is_spared_and_the_deputy_asked(world: World) -> None:
    张师傅 = world["张师傅"]
    await 张师傅.says("请假 3天")
    张师傅.hears("请假到 11 月 25 日", "任务先派给肖姐")
    await world.app.refresh()

    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")

    world["肖姐"].hears("【新任务 0001】")
    张师傅.hears_nothing()


async def test_back_from_leave_everything_is_as_before(world: World) -> None:
    张师傅 = world["张师傅"]
    await 张师傅.says("请假 1天")
    await world.app.refresh()
    await world.passes(days=1)

    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")

    张师傅.hears("【新任务 0001】")


async def test_never_mind_ends_a_draft_and_takes_back_a_request(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("楼道灯不亮")
    await 李娭毑.says("算了")
    李娭毑.hears("不登记了")

    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await 李娭毑.says("算了")
    李娭毑.hears("撤回")
    张师傅.hears("撤回了，不用去了")


async def test_a_received_without_a_notice_is_nobodys_question(world: World) -> None:
    李娭毑 = world["李娭毑"]

    await world.happens(李娭毑.event("收到"), 李娭毑.event("收到", GROUP))

    assert not any("待答" in out.text for out in world.news)


async def test_never_mind_among_neighbours_is_not_meant_for_us(world: World) -> None:
    await world["周爹爹"].says("算了", GROUP)

    assert world.news == []


async def test_help_and_more_answer_only_who_speaks_to_us(world: World) -> None:
    李娭毑 = world["李娭毑"]

    await 李娭毑.says("帮助", GROUP)
    assert world.news == []
    await 李娭毑.says("帮助")
    李娭毑.hears("我能做这些")
    await 李娭毑.says("更多")
    李娭毑.hears("没有可以展开的答案")


async def test_my_data_are_shown_in_private_and_erased_after_a_second_word(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")

    await 李娭毑.says("我的数据", GROUP)
    李娭毑.reads("请私聊我")
    await 李娭毑.says("我的数据")
    李娭毑.hears("13900000011", "502", "0001")
    await 李娭毑.says("删除我的数据")
    李娭毑.hears("不能恢复")
    await 李娭毑.says("1")
    assert "已经删了" in world.said_in("@li")[-1]


async def test_what_is_done_is_told_as_done_and_not_to_be_urged(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await 张师傅.says("接1")
    await 张师傅.says("进展1 买灯去了")
    await 张师傅.says("完1 换了")

    await 李娭毑.says("进度")
    李娭毑.hears("已处置·待确认")
    assert not any("催一下" in text for text in world.said_in("@li"))
    await 李娭毑.says("好了")
    await 李娭毑.says("进度1")

    李娭毑.hears("已经办结的", "办结·居民确认")
    assert not any("没办完" in text or "催一下" in text for text in world.said_in("@li"))


async def test_who_took_it_when_is_not_moved_by_the_clock(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元水管爆了")
    await world.passes(minutes=2)
    await world["张师傅"].says("接1")
    await world.passes(minutes=40)

    await 李娭毑.says("进度1")

    李娭毑.hears("09:02 张师傅接单")


async def test_passing_on_what_is_done_asks_for_no_name(world: World) -> None:
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await world["张师傅"].says("完1 换了")

    await world["张师傅"].says("转1")

    world["张师傅"].hears("这一步做不了")


@pytest.mark.parametrize(
    "said", ["好了，不用来了", "没事了自己修好了", "我崽弄好了，不用麻烦师傅了"]
)
async def test_what_the_reporter_says_to_be_over_is_taken_back(world: World, said: str) -> None:
    """In the group too, where nobody called us: it was reported there."""
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await world["李娭毑"].says(said)
    world["张师傅"].hears("撤回了，不用去了")

    await world["周爹爹"].says("3栋1单元的门禁坏了", GROUP)
    await world["周爹爹"].says("1", GROUP)
    await world["周爹爹"].says(said, GROUP)
    assert any("撤回了，不用去了" in out.text for out in world.news)


@pytest.mark.parametrize("said", ["没事了", "好了，不用来了"])
async def test_all_is_well_among_neighbours_takes_nothing_back(world: World, said: str) -> None:
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await world["周爹爹"].says(said, GROUP)
    await world["李娭毑"].says(said, GROUP)  # it was reported in private

    assert not any("撤回" in out.text for out in world.news)


async def test_of_several_matters_the_example_is_of_what_was_said(world: World) -> None:
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await filed(world, "李娭毑", "3栋2单元的门禁坏了")
    await world["李娭毑"].says("催")
    world["李娭毑"].hears("例如：催1")
    await world["张师傅"].says("完")
    world["张师傅"].hears("例如：完1 说明")


async def test_a_name_typed_long_after_the_question_hands_nothing_over(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await 张师傅.says("接1")
    await 张师傅.says("转1")
    张师傅.hears("转给谁")
    await world.passes(minutes=20)
    await 张师傅.says("刘姐")

    assert not any("新任务" in out.text for out in world.news)


async def test_handing_back_among_neighbours_names_the_ticket_or_us(world: World) -> None:
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    张师傅 = world["张师傅"]

    for chatter in ("退单，我买错了", "不归我管，找物业去"):
        await 张师傅.says(chatter, GROUP)
        assert world.news == []
    await 张师傅.says("退单1 灯归物业", GROUP)
    world["吴姐"].hears("张师傅退单：灯归物业")
    assert "原话" not in world.said_in("@wu")[0], "the card says all that was said"


async def test_neighbours_who_urge_or_call_off_other_things_move_no_ticket(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("投诉3栋1单元楼上半夜吵，打麻将")
    await 李娭毑.says("1")
    before = len(world.said_in(GROUP))

    for said in ("催催他们吧", "催一下，快递还没到", "怎么还没人来啊", "昨天说的团购不用换了"):
        await 李娭毑.says(said, GROUP)
        await 张师傅.says(said, GROUP)

    assert len(world.said_in(GROUP)) == before
    await 李娭毑.says("进度")
    李娭毑.hears("您有 1 件没办完", "0001")


@pytest.mark.parametrize(
    "said",
    [
        "停到什么时候",
        "几时来水咯",
        "进度怎么样了",
        "搞好冇",
        "师傅来冇",
        "何什还冇得人来咯",
        "师傅到哪里了啊 好急人",
        "到哪里来了",
        "怎么还没人来，急死了",
    ],
)
async def test_who_waits_asks_for_news_of_what_is_open(world: World, said: str) -> None:
    周爹爹 = world["周爹爹"]
    await 周爹爹.says("3栋1单元停水了")
    await 周爹爹.says(said)

    周爹爹.hears("0001", "停水")
    world["王主任"].hears_nothing()


@pytest.mark.parametrize("said", ["么时候修好", "查下进度", "师傅来了没"])
async def test_who_waits_for_a_lamp_asks_in_the_same_ways(world: World, said: str) -> None:
    await filed(world, "周爹爹", "3栋1单元楼道灯不亮")

    await world["周爹爹"].says(said)

    world["周爹爹"].hears("还没人接单")


async def test_without_a_matter_of_their_own_the_same_is_a_question(world: World) -> None:
    周爹爹 = world["周爹爹"]
    await 周爹爹.says("停到什么时候")

    周爹爹.hears("没有可靠的答案")


async def test_whether_the_lamp_of_yesterday_is_mended_is_asked_of_the_own_report(
    world: World,
) -> None:
    周爹爹 = world["周爹爹"]
    await filed(world, "周爹爹", "3栋1单元楼道灯不亮")
    await world.passes(days=1)
    await 周爹爹.says("昨天那个灯好哒冇")

    周爹爹.hears("0001", "楼道灯不亮")


async def test_the_number_may_be_said_first(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await filed(world, "李娭毑", "3栋2单元的门禁坏了")

    await 张师傅.says("2 接了，明天上午去看")
    张师傅.hears("完2")
    world["李娭毑"].hears("张师傅说：明天上午去看")
    await 张师傅.says("0002完成 换了锁")
    world["李娭毑"].hears("（0002）张师傅说修好了：“换了锁”")
    await 张师傅.says("0001转肖姐")
    world["肖姐"].hears("【新任务 0001】")


async def test_a_digit_with_a_command_is_the_number_of_a_task_and_no_choice(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")
    await 张师傅.says("接1")
    await filed(world, "周爹爹", "3栋1单元的门禁坏了")

    await 张师傅.says("7完")
    张师傅.hears("没听懂。您手上有 0001")
    await 张师傅.says("1完")

    world["李娭毑"].hears("（0001）张师傅说修好了")
    assert not any("已接单" in out.text for out in world.news)


@pytest.mark.parametrize("said", ["0001完成", "1接了", "0001转肖姐"])
async def test_a_number_first_does_nothing_for_residents(world: World, said: str) -> None:
    await filed(world, "李娭毑", "3栋2单元楼道灯不亮")

    await world["周爹爹"].says(said)

    world["张师傅"].hears_nothing()
    world["李娭毑"].hears_nothing()
