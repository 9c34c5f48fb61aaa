"""One zone for people, one for the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.community.days.zone import ZONE, local, to_utc


@given(st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)))
def test_there_and_back_is_the_same_moment(moment: datetime) -> None:
    assert to_utc(local(moment)) == moment
    assert local(moment).utcoffset() in {timedelta(hours=8), timedelta(hours=9)}


def test_it_reads_as_people_there_read_it() -> None:
    moment = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)

    assert local(moment).isoformat() == "2026-11-22T19:30:00+08:00"
    assert local(moment).tzinfo is ZONE
    assert to_utc(local(moment)).tzinfo is UTC


@pytest.mark.parametrize("convert", [local, to_utc])
def test_a_moment_without_a_zone_is_refused(convert) -> None:
    with pytest.raises(ValueError, match="zone"):
        convert(datetime(2026, 11, 22))  # noqa: DTZ001 -- that is the point.
