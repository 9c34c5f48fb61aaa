"""Manners: quiet hours, and when a late notice still makes sense."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.community.days.zone import ZONE
from knowledge.community.notices.manners import DEFAULT_MANNERS, Manners, still_makes_sense


def at(clock, day=2):
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(2026, 12, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize("clock", ["21:30", "23:59", "0:00", "7:59", "12:30", "14:29"])
def test_nights_and_noons_are_quiet(clock):
    assert DEFAULT_MANNERS.is_quiet(at(clock))


@pytest.mark.parametrize("clock", ["8:00", "12:29", "14:30", "21:29"])
def test_the_ends_of_quiet_hours_are_not(clock):
    assert not DEFAULT_MANNERS.is_quiet(at(clock))


def test_quiet_hours_are_those_of_the_neighbourhood_whatever_zone_the_moment_has():
    assert DEFAULT_MANNERS.is_quiet(datetime(2026, 12, 2, 14, 0, tzinfo=UTC))  # 22:00 there


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at("21:29"), at("21:29")),
        (at("21:30"), at("8:00", day=3)),
        (at("0:00"), at("8:00")),
        (at("7:59"), at("8:00")),
        (at("8:00"), at("8:00")),
        (at("12:30"), at("14:30")),
        (at("14:30"), at("14:30")),
    ],
)
def test_quiet_hours_end_when_they_end(now, until):
    assert DEFAULT_MANNERS.first_loud(now) == until


def test_one_quiet_time_may_end_inside_another():
    both = Manners(quiet=((time(21), time(8)), (time(8), time(9))))
    assert both.first_loud(at("22:00")) == at("9:00", day=3)


def test_quiet_hours_that_touch_are_left_at_the_end_of_the_last():
    manners = Manners(quiet=((time(9), time(10)), (time(10), time(11))))
    assert manners.first_loud(at("9:30")) == at("11:00")


@given(moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(ZONE)))  # noqa: DTZ001 -- bounds are naive by contract
def test_the_first_loud_moment_is_loud_and_never_earlier(moment):
    loud = DEFAULT_MANNERS.first_loud(moment)
    assert loud >= moment
    assert not DEFAULT_MANNERS.is_quiet(loud)
    assert (loud == moment) is not DEFAULT_MANNERS.is_quiet(moment)


@pytest.mark.parametrize(
    ("planned", "now", "newer", "sense"),
    [
        (at("9:00"), at("11:00"), False, True),
        (at("9:00"), at("11:00"), True, False),
        (at("9:00"), at("13:00"), False, False),
        (at("9:00"), at("22:00"), False, False),
        (at("9:00"), at("9:00", day=3), False, False),
    ],
)
def test_a_missed_notice_is_sent_the_same_day_outside_quiet_hours_if_it_is_the_newest(
    planned, now, newer, sense
):
    assert still_makes_sense(planned, now, newer) is sense
