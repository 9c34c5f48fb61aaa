"""Our own name before or after what is said to us."""

from __future__ import annotations

import pytest

from handlers.intents.calling import uncalled

NAMES = ("社区小助手", "小助手")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("小助手，进度", "进度"),
        ("社区小助手 完127 换了新灯", "完127 换了新灯"),
        ("小助手进度1", "进度1"),
        ("你好小助手，我家停水了", "我家停水了"),
        ("@小助手 1", "1"),
        ("3栋2单元，@社区小助手", "3栋2单元"),
        ("催一下 小助手", "催一下"),
        ("小助手救命", "救命"),
    ],
)
def test_a_name_before_or_after_the_words_only_calls_us(said: str, meant: str):
    assert uncalled(said, NAMES) == meant


@pytest.mark.parametrize(
    "said", ["小助手说错了", "小助手", "@社区小助手 ", "谢谢小助手", "问问小助手吧"]
)
def test_a_name_that_is_part_of_the_sentence_stays(said: str):
    assert uncalled(said, NAMES) == said
