"""An expression that is hardly ever tried finds what it would find anyway."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.community.words.telling import Telling
from tests.fitting.needs import ASKED_OF_ALL

FITTING = st.one_of(*(st.from_regex(one.pattern) for one in ASKED_OF_ALL))


@settings(max_examples=200, deadline=None)
@given(FITTING, st.sampled_from(["", "井", "好", "，", "我", "3栋"]))
def test_what_every_message_is_asked_finds_what_it_would_find_anyway(fitting, more):
    for text in (fitting, more + fitting, fitting + more):
        for one in ASKED_OF_ALL:
            found, anyway = one.search(text), re.search(one.pattern, text)
            assert (found and found.span()) == (anyway and anyway.span())


def test_where_nothing_is_needed_it_is_always_tried():
    assert Telling(".{2}").search("随便")
