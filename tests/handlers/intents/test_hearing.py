"""One wrong character that sounds right is heard; words are left alone."""

from __future__ import annotations

import pytest

from handlers.intents.hearing import hear
from handlers.intents.plain import plain
from tests.handlers.samples import sentences


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("门紧坏了", "门禁坏了"),
        ("着活了", "着火了"),
        ("有人落睡了", "有人落水了"),
        ("帮我包修一下", "帮我报修一下"),
    ],
)
def test_a_slip_is_put_right(said, meant):
    assert hear(said) == meant


@pytest.mark.parametrize(
    "said", ["归谁管", "楼上漏水", "今天没气了", "坐电梯前先看", "", "a", "门"]
)
def test_words_stay_as_they_are(said):
    assert hear(said) == said


def test_hardly_any_plain_sentence_is_changed():
    said = [plain(text) for name in ("calm", "notreports", "questions") for text in sentences(name)]
    assert [text for text in said if hear(text) != text] == []
