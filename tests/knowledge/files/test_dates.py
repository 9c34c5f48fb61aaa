"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.files.dates import parse_date


@pytest.mark.parametrize(
    "text", ["2026-12-31", "2026年12月31日", " 2026 年 12 月 31 日 ", "2026－12－31"]
)
def test_both_ways_of_writing_a_day_are_read(text):
    assert parse_date(text) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["长期", "長期"])
def test_long_term_has_no_day(text):
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["明年底", "2026/12/31", "46387", "", "2026-12"])
def test_anything_else_is_no_date(text):
    with pytest.raises(ValueError, match="不是一个日期"):
        parse_date(text)


@pytest.mark.parametrize("text", ["2026-02-30", "2026年13月1日", "0000-01-01"])
def test_a_day_that_the_calendar_lacks_is_said_to_lack(text):
    with pytest.raises(ValueError, match="不存在"):
        parse_date(text)
