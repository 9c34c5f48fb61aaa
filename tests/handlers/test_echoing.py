"""我家也停了: a household more on the outage that the group has just told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
