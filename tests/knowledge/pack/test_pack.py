"""The shipped questions and notices: complete, short, sourced, and true to the fact sheet."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.notices.notice_folder import read_notice_sheet
from knowledge.community.notices.notice_review import review
from knowledge.faq.sheet import read_entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.community.notices.notice import Notice
    from knowledge.faq.entry import Entry

CHECKED = date(2026, 11, 22)
PACK = Path(__file__).parents[3] / "knowledge" / "pack"
FACTS = Path(__file__).parents[4] / "shared" / "facts" / "policies.md"
HOTLINES = frozenset({"110", "119", "120", "12345", "96110"})
"""National numbers that any answer may name (fact sheet, block emergency-numbers)."""

ENTRIES, ENTRY_PROBLEMS = read_entries(PACK / "faq", today=CHECKED)
SHEET = read_notice_sheet(PACK / "notices", today=CHECKED)


def figures(text: str) -> set[str]:
    """Return the numbers of a text, without leading zeros."""
    return {one.lstrip("0") or "0" for one in re.findall(r"\d+(?:\.\d+)?", text)}


def facts() -> dict[str, str]:
    """Return the block of every topic of the fact sheet, which stands outside the repository."""
    if not FACTS.exists():
        pytest.skip("the fact sheet is not here; figures are compared where it is")
    blocks = re.finditer(r"(?ms)^### (\S+)\n(.*?)(?=^##|\Z)", FACTS.read_text(encoding="utf-8"))
    return {block[1]: block[2] for block in blocks}


def ids(things: Iterable[Entry | Notice]) -> list[str]:
    return [one.id for one in things]


def on(topic: str) -> list[Notice]:
    return [notice for notice in SHEET.notices if notice.topic == topic]


def test_every_shipped_question_is_read_without_a_finding() -> None:
    assert ENTRY_PROBLEMS == ()


def test_110_topics_are_answered_each_once() -> None:
    assert len(ENTRIES) == len(set(ids(ENTRIES))) == 110


def test_every_topic_of_the_fact_sheet_has_its_answer() -> None:
    assert set(ids(ENTRIES)) == set(facts())


@pytest.mark.parametrize("entry", ENTRIES, ids=ids(ENTRIES))
def test_an_answer_fits_into_a_chat(entry: Entry) -> None:
    assert len(entry.short) <= 120
    assert entry.short.count("\n") < 7
    assert len(entry.long) > len(entry.short) // 3


@pytest.mark.parametrize("entry", ENTRIES, ids=ids(ENTRIES))
def test_an_answer_can_be_asked_for_in_several_ways(entry: Entry) -> None:
    assert 3 <= len(entry.variants) <= 8


@pytest.mark.parametrize("entry", ENTRIES, ids=ids(ENTRIES))
def test_an_answer_says_whom_it_concerns_and_where_it_comes_from(entry: Entry) -> None:
    assert entry.scope
    assert entry.source
    assert entry.owner == "社区"
    assert entry.checked == CHECKED


@pytest.mark.parametrize("entry", ENTRIES, ids=ids(ENTRIES))
def test_an_answer_names_no_figure_that_its_facts_lack(entry: Entry) -> None:
    known = figures(facts()[entry.id]) | HOTLINES
    assert figures(entry.question + entry.short + entry.long) <= known


@pytest.mark.parametrize(
    ("id_", "withdrawn"),
    [
        ("dibao-apply", "650 元"),
        ("disabled-subsidy", "80 元"),
        ("add-elevator", "10 万"),
        ("medical-outpatient-resident", "起付 100"),
        ("noise-decoration", "8 点"),
        ("public-rental", "3140"),
        ("startup-loan", "20 万"),
        ("fraud-lost", "http"),
        ("fire-early", "先灭火"),
    ],
)
def test_a_withdrawn_figure_or_promise_is_not_repeated(id_: str, withdrawn: str) -> None:
    entry = next(one for one in ENTRIES if one.id == id_)
    assert withdrawn not in entry.short + entry.long


def test_last_year_s_insurance_fee_is_not_what_the_group_sees() -> None:
    entry = next(one for one in ENTRIES if one.id == "medical-resident-pay")
    assert "400" not in entry.short
    assert entry.valid_until == date(2026, 12, 31)


def test_every_shipped_notice_is_read_without_a_finding() -> None:
    assert SHEET.problems == ()


def test_every_shipped_notice_comes_at_a_good_hour() -> None:
    assert review(SHEET, None, CHECKED, calendar=WorkCalendar()) == ()


def test_a_year_has_enough_to_say_on_fraud_and_on_fire() -> None:
    assert len(on("反诈")) >= 24
    assert len(on("消防")) >= 24
    assert {notice.topic for notice in SHEET.notices} == {"反诈", "消防", "安全"}


TEN_TYPES = (
    *("brushing", "invest", "shopping", "service", "loan"),
    *("credit", "boss", "police", "love", "game"),
)
"""The ten most frequent kinds of fraud (公安部, 2024), as the ids name them."""
ANCHORS = {
    "fire-day": "11-09",
    "fire-qingming": "清明",
    "fraud-spring-festival": "春节",
    "fire-new-year-eve": "除夕",
    "safe-plum-rain": "06-05",
    "safe-heat": "小暑",
    "fire-winter": "冬至",
    "fire-holiday": "国庆",
    "fraud-double-eleven": "11-10",
    "fraud-law-day": "12-01",
    "fraud-june": "06-15",
    "fraud-elders": "重阳",
}


def test_each_of_the_ten_types_is_told_twice_in_different_words() -> None:
    texts = {notice.id: notice for notice in SHEET.notices}
    for kind in TEN_TYPES:
        one, other = texts[f"fraud-{kind}-1"], texts[f"fraud-{kind}-2"]
        assert "反诈" in one.series
        assert "反诈" in other.series
        for first, second in zip(_bodies(one), _bodies(other), strict=True):
            assert not set(_sentences(first)) & set(_sentences(second)), kind


def _bodies(notice: Notice) -> tuple[str, str, str]:
    return notice.short, notice.long, notice.broadcast


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"[。\n]", text) if one]


def test_the_seasons_have_their_notices() -> None:
    notices = {notice.id: notice for notice in SHEET.notices}
    for id_, anchor in ANCHORS.items():
        assert any(anchor in trigger.text for trigger in notices[id_].triggers), id_
    assert {"fire-bedtime", "fire-ebike-upstairs", "fire-battery-home", "fire-electric"} <= set(
        notices
    )


@pytest.mark.parametrize("notice", SHEET.notices, ids=ids(SHEET.notices))
def test_a_notice_names_no_figure_that_the_facts_lack(notice: Notice) -> None:
    known = figures("".join(facts().values()) + calendar_facts()) | HOTLINES
    assert figures(" ".join((notice.title, *_bodies(notice)))) <= known


def calendar_facts() -> str:
    """Return the section of the research on the year, where it is at hand."""
    path = FACTS.parents[1] / "research" / "civic.md"
    text = path.read_text(encoding="utf-8")
    return text[text.index("## 4. Notices") : text.index("## 5. Feature table")]


@pytest.mark.parametrize("notice", SHEET.notices, ids=ids(SHEET.notices))
def test_a_notice_fits_with_heading_receipt_and_code(notice: Notice) -> None:
    posted = notice.posted("AB3CD")
    assert len(posted) <= 150
    assert notice.short.count("\n") < 6
    assert len(notice.broadcast) <= 150
    assert bool(notice.broadcast) == (notice.quiz is None)  # nobody answers a loudspeaker
    assert ("收到" in posted) == notice.asks_receipt


@pytest.mark.parametrize("notice", SHEET.notices, ids=ids(SHEET.notices))
def test_a_notice_is_sourced_and_ends_some_day(notice: Notice) -> None:
    assert notice.source
    assert notice.checked == CHECKED
    assert notice.valid_until
