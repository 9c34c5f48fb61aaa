"""A question with a fact of now beside it: somebody is in it, and does not ask for a rule."""

from __future__ import annotations

import pytest

from handlers.intents.facts import present_fact
from handlers.intents.read import read_intent
from knowledge.community.tickets.ticket import Lane


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("火已经到阳台了怎么办", "火已经到阳台了"),
        ("煤气一直漏着该打哪个电话", "煤气一直漏着"),
        ("该打哪个电话,煤气一直漏着", "煤气一直漏着"),
        ("万一烧到我家怎么办,楼下现在还在烧", "楼下现在还在烧"),
        ("火烧到阳台了怎么办", "火烧到阳台了"),
        ("浓烟灌进屋里了怎么办", "浓烟灌进屋里了"),
        ("火烧到阳台了该怎么办,想学一下", ""),
        ("如果火烧到阳台了怎么办", ""),
        ("火已经到阳台了", ""),
        ("着火了怎么办", ""),
        ("如果火已经到阳台了怎么办", ""),
        ("要不是发现得早,煤气一直漏着会怎样", ""),
        ("现在电梯困了人怎么赔", ""),
    ],
)
def test_the_fact_is_what_stands_beside_the_question(said: str, fact: str) -> None:
    assert present_fact(said) == fact


@pytest.mark.parametrize(
    "said",
    [
        "火已经到阳台了怎么办",
        "火都到阳台了咋办",
        "火烧到阳台了怎么办",
        "楼下的火烧上来了怎么办",
        "火已经烧到门口了该怎么跑",
        "煤气一直漏着该打哪个电话",
        "万一烧到我家咋办，楼下在冒烟",
        "电梯现在困着人该打哪个电话",
        "已经有人掉水里了怎么救",
        "他正拿刀砍人，打哪个电话",
        "燃气报警器一直响是怎么回事",
    ],
)
def test_danger_that_is_there_is_danger_though_it_is_asked_what_to_do(said: str) -> None:
    reading = read_intent(said)

    assert (reading.lane, reading.loose) == (Lane.P0, False)


@pytest.mark.parametrize(
    "said",
    [
        "着火了怎么办",
        "煤气泄漏怎么办",
        "煤气罐已经过期了怎么办",
        "火已经扑灭了怎么办理赔",
        "火灾已经发生了应该怎么逃生",
        "电动车已经充满了会不会着火",
        "现在电梯困人怎么赔",
        "现在消防查得严吗，着火了谁负责",
        "如果火已经到阳台了怎么办",
        "要是煤气一直漏着该打哪个电话",
        "楼上一直在漏水怎么办",
        "你现在在哪里，还不来",
        "点好菜了，你现在在那里？还不来？",
        "要不是小王在，早烧起来了",
        "要不是小王在，煤气早就漏一屋子了",
        "幸亏王师傅来得快，不然楼都烧没了",
        "好在发现早，不然就煤气中毒了",
        "要不是消防来得快，现在还在烧呢",
    ],
)
def test_what_is_asked_in_general_or_was_averted_is_none(said: str) -> None:
    assert read_intent(said).lane is not Lane.P0


def test_what_was_averted_and_goes_on_is_danger() -> None:
    assert read_intent("要不是我闻到了，还不知道煤气一直在漏，快来人").lane is Lane.P0


@pytest.mark.parametrize(
    "said", ["阳台起火了该怎么办，想学一下", "油锅着火怎么办", "火烧到阳台了该怎么办，想学一下"]
)
def test_who_wants_to_learn_what_to_do_is_in_no_danger(said: str) -> None:
    assert read_intent(said).lane is not Lane.P0
