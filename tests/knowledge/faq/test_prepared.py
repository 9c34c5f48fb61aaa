"""What was taken apart once need not be again, and nothing old or damaged is ever believed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from knowledge.faq.entry import Entry
from knowledge.faq.index import Index
from knowledge.faq.prepared import Prepared

CARD = Entry(
    "card",
    "老年卡怎么办？",
    variants=("65 岁办什么卡", "老人证哪里办"),
    topic="养老",
    keywords=("老年卡",),
    negatives=("老年大学怎么报名",),
    short="到一楼，带身份证，65 岁起，免费。",
    long="周一到周五都行。",
)
DOG = Entry("dog", "狗证怎么办？", short="到派出所，不能代办。")
SILENT = Entry("silent", "", short="电动车停楼道罚 500 元。")


@pytest.fixture
def prepared(tmp_path):
    kept = Prepared(tmp_path / "state" / "subjects.json")
    kept.keep(Index.build([CARD, DOG, SILENT]).subjects)
    return kept


def same(one, other):
    """Whether two subjects say the same: the order of tokens in a set is chance."""
    told = dict(zip(one.said.tokens, one.said.tenths, strict=True))
    return (
        told == dict(zip(other.said.tokens, other.said.tenths, strict=True))
        and [(it.text, it.plain, set(it.tokens), it.negated) for it in one.wordings]
        == [(it.text, it.plain, set(it.tokens), it.negated) for it in other.wordings]
        and replace(one, said=other.said, wordings=other.wordings) == other
    )


def test_what_was_kept_is_what_would_be_taken_apart(prepared):
    fresh = Index.build([CARD, DOG, SILENT]).subjects
    known = prepared.known([CARD, DOG, SILENT])
    assert all(same(known[entry], fresh[entry]) for entry in (CARD, DOG, SILENT))


@pytest.mark.parametrize(
    "changed",
    [
        {"question": "老年证怎么办？"},
        {"variants": ("老人证哪里办",)},
        {"negatives": ()},
        {"keywords": ("优待证",)},
        {"topic": "交通"},
        {"short": "到二楼。"},
        {"long": ""},
    ],
)
def test_an_entry_that_says_something_else_is_not_known(prepared, changed):
    assert not prepared.known([replace(CARD, **changed)])
    assert prepared.known([replace(CARD, line=7, source="x")])


@pytest.mark.parametrize("edition", [{"by": "another"}, {"tokens": []}, {"entries": 7}])
def test_what_another_edition_has_kept_or_somebody_has_damaged_counts_as_nothing(
    prepared, tmp_path, edition
):
    path = tmp_path / "state" / "subjects.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | edition), "utf-8")
    assert prepared.known([CARD]) == {}
    path.write_text("{", "utf-8")
    assert prepared.known([CARD]) == {}


def test_without_a_file_nothing_is_kept(tmp_path):
    Prepared(None).keep(Index.build([CARD]).subjects)
    assert Prepared(None).known([CARD]) == {}
    assert list(tmp_path.iterdir()) == []
