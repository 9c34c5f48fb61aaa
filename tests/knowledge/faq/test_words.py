"""What residents' words mean."""

from __future__ import annotations

import pytest

from knowledge.faq.words import LONGEST, normalise, read_words


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("@社区小助手 在吗 请问老年卡怎么办哒", "老年卡怎么办了"),
        ("何解冇得高龄补贴噻", "为什么没有高龄补贴"),
        ("么子时候发钱咧", "什么时候发钱"),
        ("請問長者卡怎麼辦？", "长者卡怎么办"),
        ("ＡＰＰ　６５岁", "app 65岁"),
        ("你好，我想咨询一下公交卡", "公交卡"),
        ("老年卡😀怎么\u202e办\u200b", "老年卡 怎么办"),
        ("娭毑和爹爹", "奶奶和爷爷"),
    ],
)
def test_noise_script_width_and_dialect_make_no_difference(said, meant):
    assert normalise(said) == meant


@pytest.mark.parametrize("text", ["", " ", "😀😀", "\x00\x07", "，。！"])
def test_a_text_without_words_is_empty(text):
    assert normalise(text) == ""


def test_a_message_of_nothing_but_politeness_keeps_it():
    assert normalise("请问") == "请问"


def test_an_endless_message_is_looked_at_only_so_far():
    assert len(normalise("字" * 10_000)) == LONGEST


def test_a_list_of_words_has_replacements_and_groups():
    words = read_words("# 说明\n么子 = 什么\n噻 =\n\n低保 最低生活保障  # 尾\n")
    assert words.plain == {"么子": "什么", "噻": ""}
    assert words.groups["低保"] == words.groups["最低生活保障"]
