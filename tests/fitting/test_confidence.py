"""The confidence can be fitted again."""

from __future__ import annotations

import random
from math import exp

import pytest

from tests.fitting.confidence import Sample, fit, report, samples, shipped, slurred


def invented(scale: float, bias: float) -> list[Sample]:
    chance = random.Random(1)
    totals = [chance.uniform(1, 6) for _ in range(4000)]
    return [
        Sample(
            total=total,
            lead=1.0,
            right=chance.random() < 1 / (1 + exp(-(scale * total + bias))),
            known=True,
            asks=True,
            conflict=False,
        )
        for total in totals
    ]


def test_the_fit_finds_the_odds_that_samples_were_drawn_with():
    assert fit(invented(1.2, -4.0)) == pytest.approx((1.2, -4.0), abs=0.3)


def test_every_sample_of_the_pack_counts_as_right_or_wrong():
    found = list(samples(shipped()[:12], share=0.1))
    assert {one.known for one in found} == {True, False}
    assert not any(one.right for one in found if not one.known)


def test_the_report_begins_with_the_fit_and_shows_what_bars_bring():
    lines = list(report(invented(1.0, -3.0)))
    assert lines[0].startswith("scale ")
    assert any("unasked 0.5 lead 0.16" in line for line in lines)


def test_a_slurred_wording_is_the_same_length_or_says_more():
    chance = random.Random(3)
    slurs = {slurred("老年卡怎么办", chance, "老佬卡咖") for _ in range(40)}
    assert len(slurs) > 5
    assert any("何什" in one for one in slurs)
