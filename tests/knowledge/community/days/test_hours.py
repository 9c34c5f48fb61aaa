"""Working time: service hours on working days, 调休 counted."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.hours import Hours
from knowledge.community.days.zone import ZONE

DAYS = WorkCalendar()
HOURS = Hours()
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20)).map(  # noqa: DTZ001 -- a zone is given next.
    lambda moment: moment.replace(tzinfo=ZONE)
)
SPANS = st.timedeltas(timedelta(), timedelta(days=20))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("filed", "contact"),
    [
        ("2026-11-23T09:00", "2026-11-23T21:00"),
        ("2026-11-23T05:00", "2026-11-23T21:00"),
        ("2026-11-23T20:59", "2026-11-23T21:00"),
        ("2026-11-23T21:00", "2026-11-24T21:00"),
        ("2026-11-27T22:00", "2026-11-30T21:00"),
        ("2026-11-28T10:00", "2026-11-30T21:00"),
        ("2026-10-09T22:00", "2026-10-10T21:00"),
        ("2026-02-13T22:00", "2026-02-14T21:00"),
        ("2026-02-16T10:00", "2026-02-24T21:00"),
    ],
)
def test_the_same_day_ends_with_the_service_of_a_working_day(filed: str, contact: str):
    assert HOURS.same_day(at(filed), DAYS) == at(contact)


@pytest.mark.parametrize(
    ("filed", "solved"),
    [
        ("2026-11-23T09:00", "2026-11-26T21:00"),
        ("2026-11-27T09:00", "2026-12-02T21:00"),
        ("2026-11-28T09:00", "2026-12-02T21:00"),
        ("2026-10-09T22:00", "2026-10-13T21:00"),
        ("2026-09-24T09:00", "2026-09-30T21:00"),
    ],
)
def test_the_day_of_filing_is_day_zero(filed: str, solved: str):
    assert HOURS.days_after(at(filed), 3, DAYS) == at(solved)


def test_a_night_has_no_service_time():
    evening, morning = at("2026-11-23T21:00"), at("2026-11-24T08:30")
    assert HOURS.elapsed(evening, morning, DAYS) == timedelta()
    assert HOURS.later(evening, timedelta(hours=1), DAYS) == at("2026-11-24T09:30")


def test_other_hours_can_be_set():
    short = Hours(time(9), time(17))
    assert short.same_day(at("2026-11-23T17:00"), DAYS) == at("2026-11-24T17:00")


@given(MOMENTS, SPANS)
def test_going_forward_by_a_span_and_measuring_it_gives_the_span(start: datetime, span: timedelta):
    assert HOURS.elapsed(start, HOURS.later(start, span, DAYS), DAYS) == span


@given(MOMENTS, MOMENTS, MOMENTS)
def test_service_time_adds_up(a: datetime, b: datetime, c: datetime):
    first, second, third = sorted((a, b, c))
    parts = HOURS.elapsed(first, second, DAYS) + HOURS.elapsed(second, third, DAYS)
    assert parts == HOURS.elapsed(first, third, DAYS)


@given(MOMENTS, MOMENTS)
def test_a_later_report_never_has_an_earlier_promise(a: datetime, b: datetime):
    first, second = sorted((a, b))
    assert HOURS.same_day(first, DAYS) <= HOURS.same_day(second, DAYS)
    assert HOURS.days_after(first, 3, DAYS) <= HOURS.days_after(second, 3, DAYS)


@given(MOMENTS)
def test_a_promise_lies_in_the_future_and_ends_with_service_on_a_working_day(filed: datetime):
    for due in (HOURS.same_day(filed, DAYS), HOURS.days_after(filed, 3, DAYS)):
        assert due > filed
        assert due.time() == HOURS.closes
        assert DAYS.is_working(due.date())
