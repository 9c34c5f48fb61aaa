"""What residents say: answered, asked back, handed on, warned, or left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


async def test_a_call_in_a_group_is_answered_there_by_name(world: World) -> None:
    周爹爹 = world["周爹爹"]

    await 周爹爹.says("@社区小助手 我满80了，有么子补贴领不？", GROUP)

    assert 周爹爹.reads("高龄补贴").startswith("周爹爹，")
    assert len(world.news) == 1


async def test_a_group_reads_an_answer_once_unless_somebody_calls_for_it(world: World) -> None:
    asked = "高龄补贴怎么领？"
    李娭毑, 周爹爹 = world["李娭毑"], world["周爹爹"]

    await 李娭毑.says(asked, GROUP)
    assert len(world.said_in(GROUP)) == 1
    await world.passes(seconds=10)
    await 周爹爹.says(asked, GROUP)
    assert world.said_in(GROUP) == [], "it stands just above"
    await 周爹爹.says(f"小助手，{asked}", GROUP)
    assert len(world.said_in(GROUP)) == 1
    await world.passes(seconds=11)
    await 李娭毑.says(asked, GROUP)
    assert len(world.said_in(GROUP)) == 1


async def test_the_offered_help_becomes_a_task_with_a_person(world: World) -> None:
    周爹爹 = world["周爹爹"]
    await 周爹爹.says("我满80了，有么子补贴领不？")

    await 周爹爹.says("1")

    周爹爹.hears("登记好了，编号 0001")
    world["张师傅"].hears("想请邻长帮忙", "3栋1单元 · 周爹爹")


async def test_nobody_is_offered_help_that_the_answer_does_not_name(world: World) -> None:
    周爹爹 = world["周爹爹"]
    await 周爹爹.says("社区几点上班？")

    await 周爹爹.says("1")

    assert not any("登记好了" in text for text in world.said_in("@zhou"))


async def test_what_nobody_knows_goes_to_a_person_without_the_call_before_it(world: World) -> None:
    陈叔 = world["陈叔"]

    await 陈叔.says("@社区小助手 老屋的证能不能过户给女婿", GROUP)

    陈叔.reads("没有可靠的答案", "已转给社区王主任")
    assert "社区小助手" not in world["王主任"].hears("【待答 问-0001】")


@pytest.mark.parametrize(
    "said", ["喂 师傅在不在咯", "妹子啊你睡了没", "你好啊，有人在吗", "喂喂喂"]
)
async def test_who_looks_whether_somebody_is_there_is_greeted(world: World, said: str) -> None:
    李娭毑, 王主任 = world["李娭毑"], world["王主任"]

    await 李娭毑.says(said)
    李娭毑.hears("我在")
    王主任.hears_nothing()


@pytest.mark.parametrize("said", ["是滴", "是的", "对头", "晓得哒", "先这样吧", "就这样吧，辛苦了"])
async def test_agreement_and_leave_bother_nobody(world: World, said: str) -> None:
    李娭毑, 王主任 = world["李娭毑"], world["王主任"]

    await 李娭毑.says(said)
    李娭毑.hears_nothing()
    王主任.hears_nothing()


async def test_a_greeting_and_small_talk_bother_no_human(world: World) -> None:
    李娭毑, 王主任 = world["李娭毑"], world["王主任"]

    await 李娭毑.says("你好")
    李娭毑.hears("我在")
    await 李娭毑.says("谢谢")
    李娭毑.hears_nothing()
    王主任.hears_nothing()


async def test_a_suspicious_message_is_warned_of_and_never_called_genuine(world: World) -> None:
    周爹爹 = world["周爹爹"]

    await 周爹爹.says("【医保中心】您的医保卡将停用，请点 ybk-xx.top 认证。这是骗子吗？")

    said = 周爹爹.hears("先别点")
    assert "不是骗子" not in said


async def test_the_ledger_of_a_private_matter_stays_out_of_the_group(world: World) -> None:
    周爹爹 = world["周爹爹"]

    await 周爹爹.says("@社区小助手 投诉3栋1单元402天天半夜打麻将", GROUP)

    assert all("402" not in text for text in world.said_in(GROUP))


async def test_a_phone_number_never_reaches_the_group(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)
    await 李娭毑.says("1", GROUP)
    await 张师傅.says("接1")

    await 张师傅.says("进展1 打 13912345678 或者到 3栋2单元502 找我")

    said = 李娭毑.reads("张师傅说")
    assert "13912345678" not in said
    assert "502" not in said


async def test_traditional_is_answered_in_traditional(world: World) -> None:
    何先生 = world["何先生"]

    await 何先生.says("@社區小助手 請問長者卡丟了怎麼補辦？", GROUP)
    何先生.reads("補辦老年卡")
    await 何先生.says("1", GROUP)

    world["张师傅"].hears("想请邻长帮忙")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3栋2单元着火了", "119"),
        ("有人触电倒地了，在3栋2单元", "120"),
        ("电梯里关人了，3栋2单元", "119"),
        ("闻到好大的煤气味，3栋2单元", "119"),
    ],
)
async def test_danger_is_told_its_number_first_at_any_hour(
    world: World, text: str, number: str
) -> None:
    await world.passes(hours=17)

    await world["李娭毑"].says(text, GROUP)

    assert number in world.said_in(GROUP)[0]
    world["张师傅"].hears("危急")


async def test_a_complaint_in_the_group_goes_on_in_private_and_takes_the_groups_digits(
    world: World,
) -> None:
    周爹爹 = world["周爹爹"]

    await 周爹爹.says("@社区小助手 投诉3栋1单元402天天半夜打麻将", GROUP)
    周爹爹.reads("这件事不在群里说，我私聊您了")
    周爹爹.hears("这样登记，对不对？")
    await 周爹爹.says("1", GROUP)

    周爹爹.hears("登记好了")
    assert world.said_in(GROUP) == []


async def test_the_resident_s_own_words_stand_on_the_card(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯又不亮哒，晚上看不清路", GROUP)
    await 李娭毑.says("1", GROUP)

    card = world["张师傅"].hears("【新任务 0001】", "原话：“3栋2单元楼道灯又不亮哒", "网页：https")

    assert len(card.rpartition("\n网页：")[0]) <= 120  # an address is tapped, not read


async def test_what_is_called_off_is_looked_at_all_the_same_where_life_is_in_danger(
    world: World,
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("闻到好大的煤气味，3栋2单元", GROUP)

    await 李娭毑.says("算了", GROUP)

    李娭毑.reads("还是请张师傅去看一眼")
    world["张师傅"].hears("还是请您去看一眼")


async def test_a_guest_is_called_by_the_name_of_the_platform(world: World) -> None:
    客人 = world.stranger("g-77", "老陈")
    await 客人.says("3栋2单元楼道灯不亮", GROUP)
    await 客人.says("1", GROUP)

    await world["张师傅"].says("接1")

    assert world.said_in(GROUP)[0].startswith("@老陈 ")


async def test_at_night_the_receipt_says_when_the_leader_is_told(world: World) -> None:
    await world.passes(hours=13.5)
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)

    await 李娭毑.says("1", GROUP)

    李娭毑.reads("登记好了", "休息时间不打扰，08:00 通知")
    world["张师傅"].hears_nothing()


async def test_words_that_only_point_at_a_photo_wait_for_the_matter(world: World) -> None:
    周爹爹 = world["周爹爹"]

    await 周爹爹.says("看这个", photos=1)
    await world.passes(seconds=30)
    周爹爹.hears("照片收到了。请说说哪里坏了")

    await 周爹爹.says("三栋一单元楼道灯坏了")
    周爹爹.hears("楼道灯坏了", "照片 1 张")


@pytest.mark.parametrize("said", ["asdfgh", "=cmd|calc", "<b>hi</b>", "wqeqweqwe123"])
async def test_what_is_no_question_of_anybodys_is_handed_to_nobody(world: World, said: str) -> None:
    李娭毑 = world["李娭毑"]

    await 李娭毑.says(said)

    李娭毑.hears("我没看懂")
    assert world.said_in("@wang") == []


async def test_a_question_in_english_reaches_a_human(world: World) -> None:
    await world["李娭毑"].says("Where can I renew my residence permit?")

    assert len(world.said_in("@wang")) == 1
