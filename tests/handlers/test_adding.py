"""What is added to a danger reaches whoever is on the way, and no group reads of a private one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from knowledge.store.rows.tickets import TicketRow, TicketTextRow
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World

FIRE = "7栋1单元4楼着火了"


async def test_of_a_private_danger_a_group_does_not_even_hear_that_more_was_passed_on(
    world: World,
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元隔壁在打老婆，喊救命", GROUP)

    await 李娭毑.says("就是三楼302", GROUP)

    assert world.said_in(GROUP) == []
    李娭毑.hears("已转给张师傅（0001）")
    world["张师傅"].hears("李娭毑补充：“就是三楼302”")


@pytest.mark.parametrize("again", ["就在3栋", "快来人，3栋", "3栋2单元，快点"])
async def test_a_place_told_once_more_does_not_take_the_danger_back_to_the_lowest_rung(
    world: World, again: str
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元着火了", GROUP)
    await world.passes(minutes=4)
    owner = select(TicketRow.owner_id, TicketRow.rung)
    climbed = await world.looks(lambda session: session.execute(owner).one())
    assert climbed.rung == "组长"

    await 李娭毑.says(again, GROUP)

    assert await world.looks(lambda session: session.execute(owner).one()) == climbed
    world["吴姐"].hears(f"李娭毑补充：“{again}”")
    李娭毑.reads("已转给吴姐")


async def test_a_cry_after_the_danger_was_dealt_with_is_a_new_danger(world: World) -> None:
    赵姐, 张师傅 = world["赵姐"], world["张师傅"]
    await 赵姐.says(FIRE)
    await 赵姐.says("救命啊快来人", GROUP)
    张师傅.hears("【危急 0001】", "赵姐补充：“救命啊快来人”")
    await 张师傅.says("接1")
    await 张师傅.says("完1 灭了")

    await 赵姐.says("救命啊快来人", GROUP)

    赵姐.reads("打 110", "几栋几单元")
    states = select(TicketRow.state).order_by(TicketRow.no)
    assert await world.looks(lambda session: [*session.scalars(states)]) == ["handled", "new"]


async def test_the_danger_told_after_a_bare_cry_is_that_cry_and_reaches_its_building(
    world: World,
) -> None:
    赵姐 = world["赵姐"]
    await 赵姐.says("@社区小助手 救命", GROUP)
    赵姐.reads("几栋几单元")

    await 赵姐.says("7栋1单元一楼，李爹煤炉子中毒了", GROUP)

    赵姐.reads("马上打 120")
    world["郑哥"].hears("0001", "李爹煤炉子中毒", "7栋1单元")
    world["张师傅"].hears("【危急 0001】7栋1单元李爹煤炉子中毒")
    rows = select(TicketRow.category)
    assert await world.looks(lambda session: [*session.scalars(rows)]) == ["injury"]


async def test_a_danger_in_another_building_than_the_cry_is_one_of_its_own(world: World) -> None:
    赵姐 = world["赵姐"]
    await 赵姐.says("@社区小助手 救命", GROUP)
    await 赵姐.says("7栋1单元", GROUP)

    await 赵姐.says("3栋2单元302有人晕倒了", GROUP)

    world["张师傅"].hears("【危急 0002】")


async def test_a_floor_told_instead_of_the_building_is_kept_with_the_danger(world: World) -> None:
    赵姐 = world["赵姐"]
    await 赵姐.says("着火了快来人", GROUP)
    await 赵姐.says("三楼的302", GROUP)
    world["郑哥"].hears("赵姐补充：“三楼的302”")

    words = select(TicketTextRow.text).order_by(TicketTextRow.event_id)
    kept = await world.looks(lambda session: [*session.scalars(words)])

    assert kept == ["着火了快来人", "三楼的302"]


@pytest.mark.parametrize("words", ["我在5楼阳台上", "电表箱在一楼", "里面还有小孩", "4楼的厨房"])
async def test_what_only_sounds_like_another_danger_is_told_about_the_one_in_hand(
    world: World, words: str
) -> None:
    赵姐 = world["赵姐"]
    await 赵姐.says(FIRE, GROUP)

    await 赵姐.says(words, GROUP)

    world["张师傅"].hears(f"赵姐补充：“{words}”")
    assert world.said_in(GROUP) == ["收到，已转给张师傅（0001）。"]


async def test_another_danger_of_the_same_reporter_is_one_of_its_own(world: World) -> None:
    赵姐 = world["赵姐"]
    await 赵姐.says(FIRE, GROUP)

    await 赵姐.says("3栋2单元302有人晕倒了", GROUP)

    赵姐.reads("打 120")
    world["张师傅"].hears("【危急 0002】")


async def test_what_is_said_with_the_place_of_a_second_report_reaches_who_has_the_first(
    world: World,
) -> None:
    await world["周爹爹"].says("7栋1单元着火了", GROUP)
    赵姐 = world["赵姐"]
    await 赵姐.says("着火了快来人", GROUP)

    await 赵姐.says("7栋1单元，403里面还有老人", GROUP)

    world["张师傅"].hears("0001", "赵姐补充：“7栋1单元，403里面还有老人”")
    赵姐.reads("已算上您，共 2 户")


async def test_nothing_that_is_said_to_us_in_a_group_names_a_private_matter_there(
    world: World,
) -> None:
    周爹爹, 肖姐 = world["周爹爹"], world["肖姐"]
    await 周爹爹.says("投诉张师傅骂我，3栋", GROUP)
    await 周爹爹.says("1")

    told = [
        (周爹爹, "@社区小助手 催一下", "已催肖姐"),
        (周爹爹, "@社区小助手 没好，他还在骂人", "已转给肖姐"),
        (肖姐, "接1", "已接单"),
        (肖姐, "进展1 问过了", "记下了"),
        (周爹爹, "好了", "是好了吗"),
        (周爹爹, "@社区小助手 算了", "撤回了"),
    ]
    for who, words, answer in told:
        await who.says(words, GROUP)
        who.hears(answer)
        assert world.said_in(GROUP) == []


async def test_the_place_that_is_known_told_again_with_the_door_is_passed_on(world: World) -> None:
    周爹爹, 张师傅 = world["周爹爹"], world["张师傅"]
    await 周爹爹.says("我家厕所堵了，水都漫出来了")
    周爹爹.hears("已按【紧急】通知邻长张师傅")
    await 周爹爹.says("就是3栋1单元301")

    张师傅.hears("补充：“就是3栋1单元301”")
    assert world.said_in("@zhou") == ["收到，已转给张师傅（0001）。"]


async def test_a_cry_about_the_danger_whose_place_is_known_asks_for_no_place(world: World) -> None:
    周爹爹 = world["周爹爹"]
    await 周爹爹.says("我家里有人撬门")
    周爹爹.hears("已按【危急】通知邻长张师傅")
    await 周爹爹.says("他在撬门！！！")

    said = 周爹爹.hears("马上打 110")
    assert "几栋几单元" not in said


@pytest.mark.parametrize("chat", [GROUP, None])
async def test_that_the_fire_is_out_is_asked_about_wherever_it_is_said(
    world: World, chat: str | None
) -> None:
    赵姐 = world["赵姐"]
    await 赵姐.says(FIRE, chat)
    await world["张师傅"].says("接1")

    await 赵姐.says("扑灭了", chat)
    assert any("着火（0001）是好了吗" in text for text in world.said_in(chat or "@zhao"))

    await 赵姐.says("1", chat)
    world["张师傅"].hears("0001", "不用")


@pytest.mark.parametrize("asked", ["么时候修好", "什么时候修好", "好久能修好啊", "几时搞得好"])
async def test_who_asks_when_an_urgent_matter_is_done_is_told_how_it_stands(
    world: World, asked: str
) -> None:
    刘姐, 陈叔 = world["刘姐"], world["陈叔"]
    await 刘姐.says("3栋停水了")
    await 陈叔.says("6栋停水了", GROUP)

    await 刘姐.says(asked)
    刘姐.hears("0001 停水（3栋）", "还没人接单")
    world["张师傅"].hears_nothing()

    await 陈叔.says(asked, GROUP, addressed=True)
    陈叔.reads("0001 停水（3栋）")

    await 陈叔.says(asked)
    陈叔.hears("0001 停水（3栋）")


async def test_who_waits_in_the_group_hears_how_it_stands_and_reports_nothing_new(
    world: World,
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元水管子炸哒，快来人咯", GROUP)
    world["张师傅"].hears("【紧急 0001】", "水管")

    await 李娭毑.says("师傅么时候来咯", GROUP)

    李娭毑.reads("0001")
    assert not any("0002" in out.text for out in world.news)
