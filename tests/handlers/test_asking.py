"""Going on with what was asked: the place, the matter, corrections, answers, and other things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from knowledge.store.rows.tickets import TicketRow
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


async def tickets(world: World) -> list[tuple[int, str, str | None, str]]:
    rows = await world.looks(lambda session: session.scalars(select(TicketRow)).all())
    return [(row.no, row.state, row.place_id, row.matter) for row in rows]


@pytest.mark.parametrize(
    "words",
    [
        "三栋二单元",
        "3#2单元",
        "3-2",
        "叁栋二单元",
        "在3栋2单元",
        "三动二单圆",
        "我们单元的",
        "二单元五楼",
    ],
)
async def test_a_place_is_understood_as_people_write_it(world: World, words: str) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("楼道灯不亮", GROUP)

    await 李娭毑.says(words, GROUP)

    李娭毑.reads("【报修】楼道灯不亮 · 3栋2单元")


@pytest.mark.parametrize("words", ["不对，是3栋1单元", "是3栋1单元", "错了，3栋1单元"])
async def test_a_wrong_place_is_corrected_before_it_is_filed(world: World, words: str) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)

    await 李娭毑.says(words, GROUP)

    李娭毑.reads("楼道灯不亮 · 3栋1单元")
    assert await tickets(world) == [(1, "draft", "hy-3-1", "楼道灯不亮")]


async def test_a_plain_no_is_asked_what_is_wrong(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)

    await 李娭毑.says("不对", GROUP)

    李娭毑.reads("请直接说哪里不对")


async def test_photos_that_follow_belong_to_the_draft(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)
    await 李娭毑.says("", GROUP, photos=2)

    await 李娭毑.says("对", GROUP)

    world["张师傅"].hears("照片 2 张")


async def test_somebody_who_joins_an_outage_is_not_asked_for_its_place(world: World) -> None:
    """Their next report of the same is counted, it does not move the place of the ticket."""
    await world["小罗"].says("6栋停电了", GROUP)
    小邱 = world["小邱"]
    await 小邱.says("6栋停电了", GROUP)

    await 小邱.says("6栋停电了", GROUP)

    assert await tickets(world) == [(1, "new", "hy-6", "停电")]
    assert world.said_in("@zhang") == []


async def test_an_emergency_elsewhere_is_a_ticket_of_its_own(world: World) -> None:
    """Asked for the place of the leak, she reports a power cut: nothing is mixed up."""
    赵姐 = world["赵姐"]
    await 赵姐.says("水管爆了", GROUP)

    await 赵姐.says("6栋停电了", GROUP)
    await 赵姐.says("7栋1单元水管爆了", GROUP)

    found = await tickets(world)
    assert ("停电", "hy-6") in [(matter, place) for _, _, place, matter in found]
    assert ("水管爆裂", "hy-7-1") in [(matter, place) for _, _, place, matter in found]


async def test_the_answer_to_a_question_goes_back_to_who_asked(world: World) -> None:
    陈叔, 王主任 = world["陈叔"], world["王主任"]
    await 陈叔.says("老屋的证能不能过户给女婿")
    王主任.hears("【待答 问-0001】")

    await 王主任.says("3栋2单元水管爆了")
    assert world.said_in("@chen") == [], "a report is no answer"
    await 王主任.says("周四来社区当面问。")

    陈叔.hears("王主任回您今天的问题（问-0001）", "“周四来社区当面问。”")


async def test_of_two_questions_the_number_says_which_is_answered(world: World) -> None:
    陈叔, 何先生, 王主任 = world["陈叔"], world["何先生"], world["王主任"]
    await 陈叔.says("老屋的证能不能过户给女婿")
    await 何先生.says("外地户口的孙子能上这里的小学吗")

    await 王主任.says("要看房产证。")
    王主任.hears("有 2 个问题等您回（问-0001、问-0002）")
    await 王主任.says("问-0002 要看房产证。")
    何先生.hears("（问-0002）", "“要看房产证。”")
    陈叔.hears_nothing()
    await 王主任.says("周四来社区当面问。")

    陈叔.hears("（问-0001）", "“周四来社区当面问。”")


async def test_a_photo_alone_is_no_answer_to_a_question(world: World) -> None:
    陈叔, 王主任 = world["陈叔"], world["王主任"]
    await 陈叔.says("老屋的证能不能过户给女婿")

    await 王主任.says("", photos=1)

    assert world.said_in("@chen") == []


@pytest.mark.parametrize("group", [None, GROUP])
async def test_after_no_a_two_is_asked_again_and_zero_is_a_human(
    world: World, group: str | None
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元门禁坏了", group)
    await 李娭毑.says("不对", group)

    await 李娭毑.says("2", group)
    assert any("哪里不对" in out.text for out in world.news)
    await 李娭毑.says("0", group)

    assert any("原话转给社区的人" in out.text for out in world.news)


async def test_the_reminder_asks_for_what_is_missing_and_a_digit_is_no_matter(
    world: World,
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("楼道灯不亮", GROUP)
    await world.passes(minutes=31)
    李娭毑.reads("“楼道灯不亮”还差一句：几栋几单元？")

    await 李娭毑.says("1", GROUP)

    assert {matter for *_, matter in await tickets(world)} == {"楼道灯不亮"}


async def test_a_matter_asked_for_is_never_a_digit(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("我要报修")

    await 李娭毑.says("1")

    assert all(matter != "1" for *_, matter in await tickets(world))


async def test_the_card_quotes_the_words_that_corrected_the_matter(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)
    await 李娭毑.says("不对，是单元门关不上，锁坏了", GROUP)
    await 李娭毑.says("1", GROUP)

    world["张师傅"].hears("原话：“不对，是单元门关", "网页：https")


async def test_a_digit_is_no_answer_to_a_residents_question(world: World) -> None:
    王主任 = world["王主任"]
    await world["陈叔"].says("@社区小助手 老屋的证能不能过户给女婿", GROUP)

    await 王主任.says("1")

    王主任.hears("请把答案写成一句话")
    assert world.said_in(GROUP) == []


async def test_nobody_s_question_is_handed_over_to_themselves(world: World) -> None:
    王主任 = world["王主任"]

    await 王主任.says("老屋的证能不能过户给女婿")

    assert not any("待答" in text for text in world.said_in("@wang"))


async def test_the_place_of_a_draft_told_again_with_the_door_asks_nothing_new(
    world: World,
) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says("3栋2单元楼道灯不亮")
    await 李娭毑.says("3栋2单元502")
    李娭毑.hears("这样登记，对不对", "3栋2单元")
    await 李娭毑.says("对")
    张师傅.hears("【新任务 0001】", "502")


async def test_who_says_that_it_is_over_instead_of_where_is_asked_whether_it_is(
    world: World,
) -> None:
    王嫂 = world["王嫂"]
    await 王嫂.says("楼下垃圾桶冒烟")
    王嫂.hears("几栋几单元")
    await 王嫂.says("扑灭了")
    王嫂.hears("0001", "是好了吗")
