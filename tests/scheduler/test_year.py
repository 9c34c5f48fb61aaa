"""The shipped notices over a street of 29 estates: the short play of `python -m tests.year`."""

from __future__ import annotations

from datetime import datetime

import pytest

from knowledge.community.days.zone import ZONE
from tests.year import ESTATES, play

BEFORE_SPRING_FESTIVAL = datetime(2027, 1, 20, tzinfo=ZONE)
DAYS = 21


@pytest.mark.long
def test_three_weeks_with_restarts_keep_every_promise():
    seen = play(DAYS, 7, BEFORE_SPRING_FESTIVAL).summary()

    assert seen["restarts"] > 1
    assert seen["groups_reached"] == ESTATES
    assert seen["sendings"] == seen["notices"] * ESTATES > 0
    assert set(seen["broken"].values()) == {0}, seen["broken"]
