"""A remark that asks nothing is told from what somebody needs."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from handlers.intents.plain import plain
from handlers.intents.remarks import is_remark
from tests.handlers.samples import sentences

if TYPE_CHECKING:
    from tests.world import World


@pytest.mark.parametrize(
    "said",
    [
        "今天天气好好",
        "我刚吃完饭",
        "儿子回来了",
        "下雪啦",
        "我去买菜了",
        "今天是我生日",
        "孙女会走路了",
        "我今天心情好",
    ],
)
def test_a_remark_is_one(said: str) -> None:
    assert is_remark(plain(said))


@pytest.mark.parametrize(
    "said",
    [
        "好了",
        "低保",
        "我失业了",
        "我被骗了",
        "我妈住院了",
        "老伴昨天走了",
        "老人出去了",
        "我不舒服",
        "心情不好",
        "我吃了安眠药",
        "孩子放学了还没回来",
        "家里好冷，暖气不热",
        "今天天气好不好",
        "儿子回来了怎么办",
    ],
)
def test_what_somebody_may_need_is_none(said: str) -> None:
    assert not is_remark(plain(said))


@pytest.mark.parametrize("name", ["reports", "emergencies", "services", "frauds", "questions"])
def test_nothing_that_is_wanted_is_a_remark(name: str) -> None:
    assert [said for said in sentences(name) if is_remark(plain(said))] == []


async def test_a_remark_gets_a_kind_word_and_troubles_nobody(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("今天天气好好")
    李娭毑.hears("听您讲讲真好")
    world["王主任"].hears_nothing()

    await 李娭毑.says("我工资没发")
    world["王主任"].hears("我工资没发")


async def test_while_somebody_is_missed_the_same_words_are_passed_on(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("3栋2单元，我儿子走丢了")
    await 李娭毑.says("儿子回来了")

    assert not [text for text in world.said_in("@li") if "听您讲讲" in text]
    assert "0001" in "".join(world.said_in("@li"))


def test_words_said_over_and_over_are_read_at_once() -> None:
    said = "刚" * 20
    is_remark(said)
    began = process_time()
    assert not any(is_remark(said) for _ in range(10))
    assert process_time() - began < 0.2
