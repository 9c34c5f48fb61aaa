"""No pattern that could match is ever passed over."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.community.tickets.categories import all_categories, all_services
from knowledge.community.words.triggers import Triggers, also_needed_by, needed_by
from tests.fitting.needs import FILE, patterns, table

WAYS = [way for each in (*all_categories(), *all_services()) for way in each.ways]
PATTERNS = sorted(patterns())
TRIGGERS = Triggers(PATTERNS)
NEEDS = (need for one in PATTERNS for need in (needed_by(one), also_needed_by(one)) if need)
PIECES = sorted(frozenset().union(*NEEDS))


@cache
def compiled() -> list[re.Pattern[str]]:
    """Made by the worker that needs them: it takes a second."""
    return [re.compile(pattern) for pattern in PATTERNS]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("停水", {"停水"}),
        ("停(水|电)", {"停水", "停电"}),
        ("[停断](?!水)没?(电|气)了", {"电了", "气了"}),
        ("停了?(水|.)", {"停"}),
        ("(刚|早)?停.{0,2}", {"停"}),
        ("(停|关)了?电", {"停电", "关电", "了电"}),
        ("(?:路灯|楼灯)坏?", {"路灯", "楼灯"}),
        ("[东西]门口", {"门口"}),
        (".{0,3}漏", {"漏"}),
        ("(?!不)着火", {"着火"}),
    ],
)
def test_what_a_pattern_needs(pattern, needed):
    assert needed_by(pattern) == needed


@pytest.mark.parametrize(
    ("pattern", "also"),
    [
        ("(?:路灯|楼灯).{0,8}?(?:坏|灭)", {"坏", "灭"}),
        ("路灯.{0,8}坏了", {"坏了"}),
        ("停水通知", {"通知"}),
        ("(停|关)了?电", {"停", "关"}),
        ("路灯坏?", {"路灯"}),
    ],
)
def test_what_else_a_pattern_needs(pattern, also):
    assert also_needed_by(pattern) == also


def test_a_pattern_is_not_possible_where_its_other_half_is_missing():
    triggers = Triggers(["(?:路灯|楼灯).{0,8}?(?:坏|灭)"])
    assert triggers.possible("路灯真好看") == []
    assert triggers.possible("路灯又坏了") == [0]


@pytest.mark.parametrize("pattern", [".*", "坏?", r"\d+", "(?:路灯|.)"])
def test_a_pattern_that_needs_nothing_is_always_possible(pattern):
    assert needed_by(pattern) is None
    assert Triggers([pattern]).possible("随便") == [0]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "了", "不", "，", "我家", "3栋"]), max_size=8))
def test_whatever_matches_was_possible(pieces):
    text = "".join(pieces)
    matching = [n for n, pattern in enumerate(compiled()) if pattern.search(text)]
    assert set(matching) <= set(TRIGGERS.possible(text))


def test_what_the_lists_need_is_written_down():
    assert FILE.read_text("utf-8") == table(), "run: python -m tests.fitting.needs"


def test_every_way_of_saying_needs_something():
    assert [pattern[:30] for pattern in WAYS if needed_by(pattern) is None] == []
