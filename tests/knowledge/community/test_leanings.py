"""The small model is what our own sentences teach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.community.leanings import model
from tests.handlers.training import FILE, stamp


def test_the_file_was_learnt_from_the_sentences_of_today():
    assert stamp() in FILE.read_text("utf-8").splitlines()[0]


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
    leaning = model().lean(text)
    assert getattr(leaning, most) > 0.5


@given(st.text(max_size=80))
def test_the_shares_of_any_text_add_up_to_one(text):
    leaning = model().lean(text)
    shares = (leaning.danger, leaning.request, leaning.swindle, leaning.talk)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= 0
