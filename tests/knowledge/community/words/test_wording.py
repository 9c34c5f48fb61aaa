"""The notation of the word lists."""

from __future__ import annotations

import re

import pytest

from knowledge.community.words.wording import Saying, Sayings, either, entry, read_list, sign

LISTS = ("categories", "services", "signs", "fraud", "speech", "parts")


@pytest.mark.parametrize("name", LISTS)
def test_every_line_of_a_list_is_read(name):
    for block in read_list(name):
        assert all(field.name and field.value for field in block.fields), block.title


def test_a_gap_stays_within_a_clause():
    pattern = re.compile(either(("电梯…坏",)))
    assert pattern.search("电梯今天又坏了")
    assert not pattern.search("电梯好的，灯坏了")
    assert not pattern.search("电梯今天早上一开门就坏了")


def test_a_part_stands_for_its_words():
    assert re.search(either(("{高处}边",)), "天台边")


def test_no_wordings_find_nothing():
    assert re.search(either(()), "随便什么") is None


def test_of_several_sayings_those_that_stand_are_told_once_and_in_their_order():
    several = Sayings(Saying(words) for words in (("坏了", "不亮"), ("漏水",), ("灯", "路灯")))
    assert several.standing("路灯不亮，坏了") == [0, 2]
    assert several.standing("早上好") == []


def test_an_unknown_entry_is_an_error():
    with pytest.raises(KeyError, match=r"signs\.md: 没有"):
        entry("signs", "没有")


@pytest.mark.parametrize("block", read_list("signs"), ids=lambda block: block.title)
def test_every_sign_compiles_and_never_matches_nothing(block):
    assert sign(block.title).search("") is None
