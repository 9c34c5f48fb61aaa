"""How it was, said where we ask whether it is good: 一般般, 不满意."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.community.tickets.ticket import State
from knowledge.store.tickets import by_no
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


async def handled(world: World) -> None:
    await world["李娭毑"].says("3栋2单元楼道灯不亮", GROUP)
    await world["李娭毑"].says("1", GROUP)
    await world["张师傅"].says("完1 修了")


async def stands(world: World) -> tuple[str, int | None]:
    row = await world.looks(lambda session: by_no(session, 1))
    assert row is not None
    return row.state, row.rating


@pytest.mark.parametrize("said", ["还行", "一般般吧", "凑合", "马马虎虎", "一般", "还可以"])
async def test_so_so_is_good_and_rated_so(world: World, said: str) -> None:
    await handled(world)

    await world["李娭毑"].says(said, GROUP)

    assert await stands(world) == (State.CLOSED_CONFIRMED, 2)
    assert world.said_in(GROUP) == ["记下了，谢谢您！哪里可以更好，直接告诉我。"]
    world["张师傅"].hears("李娭毑确认好了")
    assert not world.said_in("@wang")


@pytest.mark.parametrize("said", ["不满意", "不太好", "很不满意！", "不怎么样", "一点都不满意"])
@pytest.mark.parametrize("chat", [GROUP, None])
async def test_unhappy_is_asked_with_what_and_closes_nothing(
    world: World, said: str, chat: str | None
) -> None:
    李娭毑 = world["李娭毑"]
    await handled(world)

    await 李娭毑.says(said, chat)

    assert await stands(world) == (State.HANDLED, 3)
    asked = 李娭毑.reads("是没修好，还是修好了但不满意？") if chat else 李娭毑.hears("是没修好")
    assert "没好，回复 2；修好了，不满意，回复 3" in asked
    await 李娭毑.says("1", chat)
    assert (await stands(world))[0] == State.HANDLED


@pytest.mark.parametrize("said", ["没好", "2", "没修好，还是黑的"])
async def test_unhappy_because_it_is_not_done_opens_it_again(world: World, said: str) -> None:
    await handled(world)
    await world["李娭毑"].says("不满意", GROUP)

    await world["李娭毑"].says(said, GROUP)

    world["张师傅"].hears("【重办 0001】")
    assert await stands(world) == (State.ACCEPTED, None)


@pytest.mark.parametrize("said", ["3", "修好了，不满意", "修好了", "不满意", "修好了但是不满意"])
async def test_unhappy_though_it_is_done_is_closed_and_called_about(
    world: World, said: str
) -> None:
    await handled(world)
    await world["李娭毑"].says("不满意", GROUP)

    await world["李娭毑"].says(said, GROUP)

    assert await stands(world) == (State.CLOSED_CONFIRMED, 3)
    world["李娭毑"].reads("对不起，没让您满意，记下了。哪里不好，直接告诉我")
    assert any("回访" in out.text for out in world.news)


async def test_why_is_said_with_it_and_asked_no_more(world: World) -> None:
    await handled(world)
    await world["李娭毑"].says("不满意，来得太慢", GROUP)

    await world["李娭毑"].says("修好了", GROUP)

    assert not any("哪里不好" in text for text in world.said_in(GROUP))
    world["张师傅"].hears("来得太慢")
    world["吴姐"].hears("来得太慢")


@pytest.mark.parametrize("said", ["修好了，但是不太满意", "好了，就是不满意，来得太慢"])
async def test_done_but_unhappy_in_one_breath_is_asked_nothing(world: World, said: str) -> None:
    await handled(world)

    await world["李娭毑"].says(said)

    assert await stands(world) == (State.CLOSED_CONFIRMED, 3)


async def test_unhappy_because_not_done_in_one_breath_opens_it_again(world: World) -> None:
    await handled(world)

    await world["李娭毑"].says("不满意，根本没修好", GROUP)

    world["张师傅"].hears("【重办 0001】")


async def test_who_was_unhappy_and_says_no_more_is_called(world: World) -> None:
    await handled(world)
    await world["李娭毑"].says("不满意", GROUP)

    await world.passes(hours=73)

    assert await stands(world) == (State.CLOSED_SILENT, 3)
    assert any("回访" in out.text for out in world.news)


async def test_the_reason_behind_a_bad_rating_is_not_lost(world: World) -> None:
    await handled(world)
    await world["李娭毑"].says("1", GROUP)

    await world["李娭毑"].says("3 来得太慢", GROUP)

    world["吴姐"].hears("来得太慢")


@pytest.mark.parametrize("said", ["不满意", "一般般", "不好"])
async def test_where_nothing_is_asked_it_is_about_something_else(world: World, said: str) -> None:
    await handled(world)

    await world["周爹爹"].says(said, GROUP)

    assert world.news == []


@pytest.mark.parametrize("said", ["那就好", "蛮好", "还好"])
async def test_it_is_good_in_other_words(world: World, said: str) -> None:
    await handled(world)

    await world["李娭毑"].says(said, GROUP)

    world["李娭毑"].reads("打个分")
