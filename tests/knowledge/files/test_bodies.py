"""Short, long and broadcast text of one body."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.files.bodies import Bodies, cut_at_sentence, split_body


def test_a_body_without_marks_is_the_short_text():
    assert split_body("一楼办。\n工作日。") == Bodies("一楼办。\n工作日。", "", "")


def test_marks_part_the_three_texts():
    assert split_body("【短】 一楼。\n\n【长】\n详细。\n【广播】请听。") == Bodies(
        "一楼。", "详细。", "请听。"
    )


def test_traditional_marks_count():
    assert split_body("【短】甲\n【長】乙\n【廣播】丙") == Bodies("甲", "乙", "丙")


def test_brackets_within_a_line_are_text():
    assert split_body("看【长】这个字") == Bodies("看【长】这个字", "", "")


def test_text_before_the_first_mark_is_not_lost():
    assert split_body("先说一句。\n【长】后面。").short == "先说一句。"


def test_a_long_text_is_cut_behind_a_sentence():
    text = "第一句话说完了。" * 20
    short = cut_at_sentence(text)
    assert len(short) <= 120
    assert short.endswith("。")


def test_a_text_without_any_pause_is_cut_with_dots():
    assert cut_at_sentence("字" * 200, 10) == "字" * 9 + "…"


@given(st.text(max_size=400), st.integers(10, 120))
def test_a_cut_text_is_never_longer_than_asked(text, limit):
    assert len(cut_at_sentence(text, limit)) <= limit
