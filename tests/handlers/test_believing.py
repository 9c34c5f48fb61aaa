"""要是真出了急事 …: what is said after that hint makes the earlier words an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.listening import Listening
from knowledge.store.rows.dialogues import DialogueRow
from knowledge.store.rows.tickets import TicketRow
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World

DOUBTED = "我看7栋好像在冒烟，可能是熏腊肉"
"""Said to nobody it may be talk; told to us it is a fire."""


async def tickets(world: World) -> list[tuple[str | None, ...]]:
    """Category, lane and place of all there are."""
    query = select(TicketRow.category, TicketRow.lane, TicketRow.place_id).order_by(TicketRow.no)
    return [tuple(row) for row in await world.looks(lambda session: session.execute(query).all())]


@pytest.mark.parametrize(
    "cry",
    [
        "救命",
        "@小助手 救命",
        "救命啊！！！",
        "我说的是真的",
        "真的！",
        "不是开玩笑",
        "我没开玩笑",
        "不是说着玩的",
        "真不是讲着玩的，快来",
        "没骗你们",
        "是真的着火了",
        "真的，你们快来人",
        "真出了急事",
        "我讲真的咧",
        "真的咧，你来看嘛",
        "「社区小助手：要是真出了急事：」\n- - - - -\n是的",
        "@小助手 是的",
    ],
)
async def test_a_cry_after_the_hint_is_an_emergency_told_in_the_earlier_words(
    world: World, cry: str
) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says(DOUBTED, GROUP)
    李娭毑.reads("要是真出了急事")
    assert await tickets(world) == []

    await world.passes(minutes=5)
    await 李娭毑.says(cry, GROUP)

    assert await tickets(world) == [("fire", "P0", "hy-7")]
    李娭毑.reads("马上打 119")
    张师傅.hears("【危急 0001】7栋", "我看7栋好像在冒烟")


async def test_what_the_cry_tells_of_the_place_counts_before_the_earlier_words(
    world: World,
) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says(DOUBTED, GROUP)
    await 李娭毑.says("真的，在3栋2单元", GROUP)

    assert await tickets(world) == [("fire", "P0", "hy-3-2")]
    张师傅.hears("真的，在3栋2单元", "冒烟")


@pytest.mark.parametrize(
    "said",
    [
        "真的吗",
        "真的假的",
        "真的好笑",
        "不是真的",
        "哈哈哈",
        "收到",
        "是的",
        "谢谢",
        "看错了，在烧饭",
    ],
)
async def test_what_is_no_cry_after_the_hint_files_nothing(world: World, said: str) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says(DOUBTED, GROUP)
    await 李娭毑.says(said, GROUP)

    assert await tickets(world) == []
    assert world.said_in() == []


async def test_it_is_a_cry_only_of_who_was_told_there_and_for_a_quarter_of_an_hour(
    world: World,
) -> None:
    李娭毑, 周爹爹 = world["李娭毑"], world["周爹爹"]
    await 李娭毑.says(DOUBTED, GROUP)
    await 周爹爹.says("我说的是真的", GROUP)
    await 李娭毑.says("我说的是真的")
    assert await tickets(world) == []

    await world.passes(minutes=16)
    await 李娭毑.says("我说的是真的", GROUP)
    assert await tickets(world) == []


async def test_who_takes_it_back_is_not_believed_later(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says(DOUBTED, GROUP)
    await 李娭毑.says("开玩笑的，看错了", GROUP)
    await 李娭毑.says("真的", GROUP)

    assert await tickets(world) == []


async def test_all_that_was_doubted_is_told(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await 李娭毑.says(DOUBTED, GROUP)
    await 李娭毑.says("听人讲7栋那边有人跳楼", GROUP)
    await 李娭毑.says("真的", GROUP)

    assert await tickets(world) == [("fire", "P0", "hy-7")]
    张师傅.hears("好像在冒烟，", "听人讲")


async def test_the_earlier_words_are_known_after_a_restart(world: World) -> None:
    李娭毑, app = world["李娭毑"], world.app
    await 李娭毑.says(DOUBTED, GROUP)
    app.listening = Listening(app.rules)
    await world.looks(lambda session: app.listening.load(session, world.clock.now()))
    await 李娭毑.says("真的", GROUP)

    assert await tickets(world) == [("fire", "P0", "hy-7")]


async def test_where_a_danger_is_that_was_told_before_is_still_asked(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("起火了快来人", GROUP)
    李娭毑.reads("几栋几单元")
    await 李娭毑.says(DOUBTED, GROUP)
    await 李娭毑.says("6栋2单元", GROUP)

    assert await tickets(world) == [("fire", "P0", "hy-6-2")]


async def test_a_draft_that_was_asked_about_before_goes_on_and_so_does_the_hint(
    world: World,
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("楼道灯不亮，三天了", GROUP)
    李娭毑.reads("请问是几栋几单元")
    await 李娭毑.says(DOUBTED, GROUP)
    await 李娭毑.says("3栋2单元", GROUP)
    李娭毑.reads("【报修】", "3栋2单元")

    await 李娭毑.says(DOUBTED, GROUP)
    await 李娭毑.says("真的！", GROUP)
    assert ("fire", "P0", "hy-7") in await tickets(world)


async def test_of_much_that_is_doubted_only_the_newest_is_kept(world: World) -> None:
    李娭毑 = world["李娭毑"]
    for number in range(9):
        await 李娭毑.says(f"我看{number + 1}栋好像在冒烟，可能是熏腊肉", GROUP)
        await world.passes(minutes=1)

    kept = await world.looks(lambda session: session.scalars(select(DialogueRow)).one())

    assert [said[2] for said in kept.data["doubted"]] == ["5", "6", "7", "8", "9"]


async def test_a_bare_yes_answers_what_was_asked_before_and_cries_for_nobody(
    world: World,
) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元楼道灯不亮", GROUP)
    李娭毑.reads("【报修】")
    await 李娭毑.says(DOUBTED, GROUP)
    李娭毑.reads("要是真出了急事")
    await 李娭毑.says("@小助手 对", GROUP)

    assert ("fire", "P0", "hy-7") not in await tickets(world)
