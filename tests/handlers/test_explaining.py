"""Leaders asked back: their next words are the answer, and the newest question counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from handlers.explaining import EXPLANATIONS
from knowledge.store.rows.dialogues import MenuRow
from tests.world import GROUP

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.world import World


def test_leaders_are_asked_back_about_three_things() -> None:
    assert set(EXPLANATIONS) == {"transfer", "reason", "done"}


async def filed(world: World) -> None:
    await world["李娭毑"].says("3栋2单元楼道灯不亮", GROUP)
    await world["李娭毑"].says("1", GROUP)


def offered_to_zhang(session: Session) -> int:
    """How many choices stand open in his private chat."""
    here = (MenuRow.chat_id == "@zhang", MenuRow.used_at.is_(None))
    return session.scalar(select(func.count()).where(*here)) or 0


async def test_a_reason_in_ones_own_words_hands_the_ticket_back(world: World) -> None:
    张师傅, 吴姐 = world["张师傅"], world["吴姐"]
    await filed(world)
    await 张师傅.presses("不归我管")
    张师傅.hears("为什么不归您管？")

    await 张师傅.says("物业的事")

    吴姐.hears("张师傅退单：物业的事")
    world["王主任"].hears_nothing()


async def test_an_older_question_for_a_name_does_not_take_the_reason(world: World) -> None:
    张师傅, 吴姐 = world["张师傅"], world["吴姐"]
    await filed(world)
    await 张师傅.says("转1")
    张师傅.hears("转给谁")
    await 张师傅.says("3")
    张师傅.hears("为什么不归您管？")

    await 张师傅.says("不是我楼里的")

    吴姐.hears("张师傅退单：不是我楼里的")


async def test_a_digit_takes_no_other_task_while_a_name_is_asked_for(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world)
    await world["赵姐"].says("7栋1单元门禁坏了", GROUP)
    await world["赵姐"].says("1", GROUP)
    await 张师傅.says("2")
    张师傅.hears("转给谁")

    await 张师傅.says("1")

    assert not any("已接单" in text for text in world.said_in("@zhang"))


async def test_words_after_done_are_passed_on(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await filed(world)
    await 张师傅.presses("接单")
    await 张师傅.presses("办结")
    张师傅.hears("等李娭毑确认", "办了什么？发一句话或一张照片")
    李娭毑.reads("好了，回复 1；没好，回复 2。")

    await 张师傅.says("换好了")

    李娭毑.reads("张师傅说：换好了")
    world["王主任"].hears_nothing()
    await 李娭毑.says("好了", GROUP)
    李娭毑.reads("那就好")


async def test_a_digit_that_chooses_nothing_is_no_word_about_what_was_done(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world)
    await 张师傅.says("接1")
    await 张师傅.presses("办结")

    await 张师傅.says("3")

    张师傅.hears("请回复这几个数字里的一个：1。")
    assert not world.said_in(GROUP)
    await 张师傅.says("换了灯泡")
    world["李娭毑"].reads("张师傅说：换了灯泡")


async def test_a_photo_after_done_is_passed_on(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await filed(world)
    await 张师傅.presses("接单")
    await 张师傅.presses("办结")

    await 张师傅.says("", photos=1)

    李娭毑.reads("张师傅发来照片 1 张")


async def test_one_says_that_there_is_nothing_to_add(world: World) -> None:
    张师傅 = world["张师傅"]
    await world["赵姐"].says("7栋1单元门禁坏了", GROUP)
    await world["赵姐"].says("1", GROUP)
    await filed(world)
    await 张师傅.says("接2")
    await 张师傅.says("完2")

    await 张师傅.says("1")

    张师傅.hears("好的")
    await 张师傅.says("换好了")
    assert not any("换好了" in text for text in world.said_in(GROUP))


async def test_nobody_passes_a_ticket_on_to_oneself(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world)

    await 张师傅.says("转1 张师傅")

    assert world.said_in("@zhang") == ["不能转给自己。0001 要自己办请发：接1"]
    await 张师傅.says("接1")
    await 张师傅.says("转1 张师傅")
    张师傅.hears("已经在您手上了")


async def test_received_takes_no_task(world: World) -> None:
    张师傅 = world["张师傅"]
    await filed(world)

    await 张师傅.says("收到")

    张师傅.hears("还不算接单", "接1")


async def test_what_was_done_may_be_said_with_the_command_again(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await filed(world)
    await 张师傅.says("完1")
    张师傅.hears("办了什么")

    await 张师傅.says("完1 换了灯泡")

    李娭毑.reads("张师傅说：换了灯泡")


async def test_who_has_said_what_was_done_is_no_longer_offered_to_say_nothing(
    world: World,
) -> None:
    张师傅 = world["张师傅"]
    await filed(world)
    await 张师傅.says("完1")
    assert await world.looks(offered_to_zhang) == 1

    await 张师傅.says("换了灯泡")

    assert await world.looks(offered_to_zhang) == 0


async def test_the_command_without_a_number_is_about_another_task_in_hand(world: World) -> None:
    张师傅, 赵姐 = world["张师傅"], world["赵姐"]
    await filed(world)
    await 赵姐.says("7栋1单元楼道灯不亮")
    await 赵姐.says("1")
    await 张师傅.says("完1")
    张师傅.hears("办了什么")

    await 张师傅.says("完 换了灯泡")

    赵姐.hears("张师傅说修好了：“换了灯泡”")
