"""The pieces by which questions are compared."""

from __future__ import annotations

import pytest

from knowledge.faq.tokens import is_question, take_apart


def test_characters_pairs_latin_words_and_numbers_are_tokens():
    assert {"老", "年", "老年", "年卡", "app", "65"} <= take_apart("老年卡 APP 65").all


def test_synonyms_share_a_token():
    shared = take_apart("养老金").all & take_apart("退休工资").all
    assert any(token.startswith("=") for token in shared)


def test_a_number_in_characters_equals_the_digits():
    assert take_apart("六十五岁").numbers == take_apart("65 岁").numbers == {"65"}
    assert take_apart("一百二十块").numbers == {"120"}


@pytest.mark.parametrize(
    ("said", "number"),
    [("三千六", "3600"), ("一百五", "150"), ("一百零五块", "105"), ("一百五十五天", "155")],
)
def test_a_number_is_heard_as_it_is_spoken(said, number):
    assert take_apart(f"发{said}").numbers == {number}


@pytest.mark.parametrize(
    "text",
    [
        *("老年卡怎么办", "要钱不", "能不能装", "几点上班", "这样行？", "在哪里交"),
        *("有冇得补贴的咯", "产假是98天还是158天", "先打针再去续还是先续证", "想请教换物业的步骤"),
    ],
)
def test_a_question_is_one_without_its_mark(text):
    assert is_question(text)


@pytest.mark.parametrize("text", ["老年卡办好了", "收到", "水来了", ""])
def test_a_statement_is_no_question(text):
    assert not is_question(text)
