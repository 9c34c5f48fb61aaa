"""算了 and its other words: which matter is taken back, and which is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.intents.commands import Word, read_command
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


async def two_reported(world: World, group: str | None = None) -> None:
    """李娭毑 reports a light and a door."""
    for matter in ("楼道灯坏了", "单元门坏了"):
        await world["李娭毑"].says(f"3栋2单元{matter}", group)
        await world["李娭毑"].says("1", group)


@pytest.mark.parametrize(
    ("said", "no", "rest"),
    [
        ("算了1", 1, ""),
        ("算了 0127", 127, ""),
        ("撤回0127", 127, ""),
        ("取消127", 127, ""),
        ("不用了127，好了", 127, "好了"),
        ("0127算了", 127, "算了"),
        ("0127 不用来了，我自己修好了", 127, "不用来了,我自己修好了"),
        ("算了", None, ""),
        ("取消", None, ""),
    ],
)
def test_what_is_taken_back_is_read_with_its_number(said: str, no: int | None, rest: str) -> None:
    command = read_command(said)
    assert command is not None
    assert (command.word, command.no, command.rest.replace("，", ",")) == (
        Word.WITHDRAW,
        no,
        rest,
    )


@pytest.mark.parametrize(
    "said", ["算了3块钱", "不用了2楼有", "12345 不用打了吧大家", "算了5栋那个", "取消预约"]
)
def test_other_numbers_take_nothing_back(said: str) -> None:
    command = read_command(said)
    assert command is None or command.word is not Word.WITHDRAW


async def test_the_words_that_we_teach_take_back_the_matter_of_that_number(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await two_reported(world)
    await 李娭毑.says("算了")
    李娭毑.hears("0001、0002", "算了1")

    await 李娭毑.says("算了1")

    李娭毑.hears("0001", "撤回")
    await 李娭毑.says("进度")
    assert "0001" not in 李娭毑.hears("0002")


async def test_a_number_says_which_even_while_we_ask_about_another(world: World) -> None:
    李娭毑, 张师傅 = world["李娭毑"], world["张师傅"]
    await two_reported(world, GROUP)
    await 张师傅.says("完1 换了灯")
    await 李娭毑.says("1", GROUP)
    await 李娭毑.says("3", GROUP)

    await 李娭毑.says("0002 不用来了，我自己修好了", GROUP)

    李娭毑.reads("0002", "撤回")


async def test_a_price_in_a_group_takes_nothing_back(world: World) -> None:
    await two_reported(world, GROUP)

    await world["李娭毑"].says("算了15", GROUP)

    assert not any("撤回" in out.text or "没有找到" in out.text for out in world.news)


async def test_who_presses_in_the_group_with_several_matters_is_asked_which(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await two_reported(world, GROUP)

    await 李娭毑.says("催一下", GROUP)
    李娭毑.reads("0001、0002", "催1")

    await 李娭毑.says("催一下，快递还没到", GROUP)
    assert world.news == []
