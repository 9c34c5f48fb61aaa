"""What a model's pick does to the order and the confidence of the entries that words may mean."""

from __future__ import annotations

import pytest

from knowledge.faq.index import Hit
from knowledge.faq.opinion import SECOND_VOICE, heeded

HITS = (Hit("card", "办卡", 0.8), Hit("lost", "补卡", 0.8), Hit("bus", "坐车", 0.2))


def test_a_pick_breaks_a_tie_however_sure_both_were():
    first, second, _ = heeded(HITS, "lost")
    assert (first.faq_id, second.faq_id) == ("lost", "card")
    assert first.lead == pytest.approx(1 - 1 / SECOND_VOICE)
    assert first.score > second.score == 0.8


def test_a_pick_of_something_unlikely_does_not_overturn_what_is_likely():
    assert [hit.faq_id for hit in heeded(HITS, "bus")] == ["card", "lost", "bus"]
    assert heeded(HITS, "bus")[-1].score == pytest.approx(0.5)


def test_the_only_candidate_leads_by_everything():
    (only,) = heeded(HITS[:1], "card")
    assert only.lead == 1.0
