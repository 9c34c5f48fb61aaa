"""我家也停了: a household more on the outage that the group has just told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from knowledge.store.rows.messages import InboxRow
from knowledge.store.rows.tickets import TicketRow
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World

MUTE = "g-mute"


async def reports(world: World) -> list[int]:
    query = select(TicketRow.reports).order_by(TicketRow.no)
    return list(await world.looks(lambda session: session.scalars(query)))


async def stored(world: World) -> int:
    query = select(func.count()).select_from(InboxRow)
    return await world.looks(lambda session: session.scalar(query) or 0)


async def test_who_says_that_it_is_out_too_is_counted_once_and_chatter_is_not(world: World) -> None:
    李娭毑, 周爹爹, 陈叔 = world["李娭毑"], world["周爹爹"], world["陈叔"]
    await 周爹爹.says("也停了", GROUP)
    assert await stored(world) == 0, "nothing is out yet: that is chatter, and no row"

    await 李娭毑.says("3栋停水了", GROUP)
    await world.passes(minutes=1)
    await 周爹爹.says("我家也停了", GROUP)
    周爹爹.reads("已算上您，共 2 户")
    await 周爹爹.says("我家也是", GROUP)
    await 李娭毑.says("也停了", GROUP)
    assert await reports(world) == [2], "each of them counts once"

    before = await stored(world)
    for chatter in ("我也是", "停就停吧", "电视也停了", "+1"):
        await 陈叔.says(chatter, GROUP)
    assert (await reports(world), await stored(world)) == ([2], before)
    await 陈叔.says("2栋也停了", GROUP)
    assert await reports(world) == [3]


async def test_after_two_hours_or_its_end_nobody_is_counted_in(world: World) -> None:
    李娭毑, 周爹爹, 陈叔 = world["李娭毑"], world["周爹爹"], world["陈叔"]
    await 李娭毑.says("3栋停水了", GROUP)
    await 李娭毑.says("算了")
    await 周爹爹.says("也停了", GROUP)
    assert await reports(world) == [1]

    await 李娭毑.says("3栋停水了", GROUP)
    await world.passes(hours=2, minutes=1)
    await 陈叔.says("也停了", GROUP)
    assert await reports(world) == [1, 1]


async def test_in_a_mute_group_only_who_calls_us_is_counted_in(world: World) -> None:
    李娭毑, 周爹爹 = world["李娭毑"], world["周爹爹"]
    await 李娭毑.says("@社区小助手 3栋停水了", MUTE)
    await 周爹爹.says("我家也停了", MUTE)
    assert (world.news, await reports(world)) == ([], [1])
    await 周爹爹.says("@社区小助手 我家也停了", MUTE)
    assert await reports(world) == [2]


@pytest.mark.parametrize(
    "said",
    [
        "我家也停了",
        "也停了",
        "我们这边也停了",
        "我家也是",
        "我们这也没水",
        "我也没水了",
        "6栋也停了",
    ],
)
async def test_in_private_the_outage_of_the_own_estate_is_meant(world: World, said: str) -> None:
    李娭毑, 陈叔, 张师傅 = world["李娭毑"], world["陈叔"], world["张师傅"]
    await 李娭毑.says("3栋停水了", GROUP)
    await world.passes(minutes=1)
    await 陈叔.says(said)

    assert await reports(world) == [2]
    陈叔.hears("3栋停水", "已算上您（6栋），共 2 户")
    张师傅.hears("6栋也有人报了，现在共 2 户")


async def test_the_reporter_who_says_it_again_in_private_hears_how_it_stands(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋停水了", GROUP)
    await 李娭毑.says("我家也停了")

    assert await reports(world) == [1]
    李娭毑.hears("已经登记过了（编号 0001）")


async def test_what_is_out_is_asked_where_there_is_no_outage_or_more_than_one(world: World) -> None:
    李娭毑, 肖姐, 陈叔 = world["李娭毑"], world["肖姐"], world["陈叔"]
    await 陈叔.says("我家也停了")
    陈叔.hears("停的是水、电还是气？")

    await 李娭毑.says("3栋停水了", GROUP)
    await 肖姐.says("我家也停了")
    肖姐.hears("停的是水、电还是气？")
    await world.stranger("passer-by").says("我家也停了")
    assert world.said_in("@passer-by") == [
        "停的是水、电还是气？请连地方一起说一句，比如：3栋2单元停水了。"
    ]

    await 李娭毑.says("3栋停电了", GROUP)
    await 陈叔.says("我家也停了")
    陈叔.hears("停的是水、电还是气？")
    assert await reports(world) == [1, 1]


async def test_in_private_an_outage_counts_for_as_long_as_it_lasts(world: World) -> None:
    李娭毑, 陈叔, 刘姐 = world["李娭毑"], world["陈叔"], world["刘姐"]
    await 李娭毑.says("3栋停水了", GROUP)
    await world.passes(hours=5)
    await 陈叔.says("我家也停了")
    await 刘姐.says("我家也是")  # of what, after five hours?
    assert await reports(world) == [2]

    await 李娭毑.says("算了")
    await world.passes(hours=70)
    await 刘姐.says("我家也停了")
    刘姐.hears("停的是水、电还是气？")


async def test_agreeing_with_nothing_in_private_is_no_outage(world: World) -> None:
    陈叔 = world["陈叔"]
    await 陈叔.says("我家也是")

    assert "停的是" not in "".join(world.said_in("@chen"))
