"""The small model is what our own sentences teach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.community.words.leanings import leaning, subjects
from tests.handlers.training import LISTS, stamp


@pytest.mark.long
def test_the_files_were_learnt_from_the_sentences_of_today():
    """One test: making all sentences plain takes seconds."""
    today = stamp()
    names = ("leanings", "subjects", "kinds", "lanes", "weighing")
    firsts = {name: (LISTS / f"{name}.txt").read_text("utf-8").splitlines()[0] for name in names}
    assert [name for name, first in firsts.items() if today not in first] == []


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("厨房烧起来了快来人", "danger"),
        ("楼道灯坏了没人修", "request"),
        ("点击链接领取补贴填写银行卡", "swindle"),
        ("今天天气真好", "talk"),
    ],
)
def test_plain_cases_lean_as_anybody_would(text, most):
    assert getattr(leaning(text), most) > 0.5


def test_what_a_request_is_about_is_told_from_its_words():
    shares = subjects("五楼过道那个灯泡不亮了")
    assert max(shares, key=shares.__getitem__) == "stair-light"


@given(st.text(max_size=80))
def test_the_shares_of_any_text_add_up_to_one(text):
    lean = leaning(text)
    shares = (lean.danger, lean.request, lean.swindle, lean.talk)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= 0


def test_half_a_character_is_no_reason_to_fall_over():
    assert leaning("\ud83d").talk >= 0
