"""Answer when sure, offer a choice when addressed and unsure, keep silent otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.faq.answering import decide
from knowledge.faq.calibration import Bars
from knowledge.faq.entry import Entry
from knowledge.faq.index import Index
from knowledge.faq.shelf import View

TODAY = date(2026, 11, 22)
ENTRIES = (
    Entry("card", "第一次办老年卡要带什么", ("老年卡怎么申请",), short="带身份证。"),
    Entry("lost", "老年卡丢了怎么补办", ("爱心卡掉了补一张",), short="到一楼。"),
    Entry("ride", "老年卡坐公交免费吗", ("坐公交要刷老年卡吗",), short="免费。"),
    Entry("dog", "狗证怎么办", ("养狗要登记吗", "遛狗不牵绳罚多少钱"), short="到派出所。"),
    Entry("water", "停水打哪个电话", ("水压小找谁",), short="打供水热线。"),
)


def view(entries=ENTRIES, bars=None):
    return View({one.id: one for one in entries}, Index.build(entries), (), bars or Bars())


def decided(text, *, addressed=True, shelf=None):
    return decide(shelf or view(), text, addressed=addressed, today=TODAY)


@pytest.mark.parametrize("addressed", [True, False])
def test_a_clear_question_is_answered(addressed):
    verdict = decided("养狗要不要登记", addressed=addressed)
    assert (verdict.action, verdict.entry.id) == ("answer", "dog")
    assert verdict.score >= verdict.threshold
    assert "养狗要登记吗" in verdict.why


@pytest.mark.parametrize("said", ["狗证", "@小助手 请问狗证", "狗證？"])
def test_the_words_of_the_list_are_always_answered(said):
    short = view((*ENTRIES, Entry("short", "狗证"), Entry("more", "狗证狗证怎么办狗证")))
    assert decided(said, shelf=short).entry.id == "short"


def test_close_candidates_are_a_choice_of_at_most_three():
    verdict = decided("老年卡怎么弄")
    assert verdict.action == "choose"
    assert {one.faq_id for one in verdict.options} == {"card", "lost", "ride"}


def test_nobody_is_offered_a_choice_unasked():
    verdict = decided("老年卡怎么弄", addressed=False)
    assert (verdict.action, verdict.options) == ("none", ())


def test_chatter_that_only_mentions_a_topic_is_left_alone():
    for text in ("狗证办好了，谢谢大家", "刚才停水了，现在来了", "早上好", "收到"):
        assert decided(text, addressed=False).action == "none"


def test_what_nothing_fits_is_for_a_human():
    verdict = decided("老屋的证能不能过户给女婿")
    assert verdict.action == "none"
    assert verdict.why


@pytest.mark.parametrize("text", ["", "😀", "\u202e"])
def test_nothing_said_is_nothing_to_answer(text):
    verdict = decided(text)
    assert (verdict.action, verdict.hits, verdict.score) == ("none", (), 0.0)


def test_an_expired_entry_is_withheld():
    expired = view([replace(one, valid_until=date(2026, 11, 21)) for one in ENTRIES])
    for addressed in (True, False):
        verdict = decided("养狗要登记吗", addressed=addressed, shelf=expired)
        assert (verdict.action, verdict.withheld) == ("none", True)
        assert verdict.entry.id == "dog"
        assert "正在核实" in verdict.why


def test_the_last_day_of_an_entry_is_still_good():
    last = view([replace(one, valid_until=TODAY) for one in ENTRIES])
    assert decided("养狗要登记吗", shelf=last).action == "answer"


def test_an_expired_entry_is_not_offered():
    one_expired = view([replace(ENTRIES[0], valid_until=date(2026, 1, 1)), *ENTRIES[1:]])
    options = decided("老年卡怎么弄", shelf=one_expired).options
    assert {one.faq_id for one in options} == {"lost", "ride"}


def test_if_all_that_fits_has_expired_it_is_said():
    expired = view([replace(one, valid_until=date(2026, 1, 1)) for one in ENTRIES])
    verdict = decided("老年卡怎么弄", shelf=expired)
    assert (verdict.action, verdict.withheld) == ("none", True)


def test_the_bars_can_be_raised():
    high = view(bars=Bars(asked=0.999, unasked=0.999))
    assert decided("养狗要登记", shelf=high).action == "choose"
    assert decided("养狗要登记", addressed=False, shelf=high).action == "none"


def test_unasked_the_bar_is_higher():
    assert Bars().unasked > Bars().asked
    assert Bars().unasked_lead > Bars().asked_lead
