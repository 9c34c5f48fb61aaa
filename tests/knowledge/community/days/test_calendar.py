"""The working calendar: 调休 where it is known, Monday to Friday where it is not."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.community.days.calendar import WorkCalendar


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 9), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2026, 2, 17), False),
    ],
)
def test_holidays_are_off_and_exchanged_saturdays_are_worked(day, working):
    assert WorkCalendar().is_working(day) is working


@pytest.mark.parametrize("year", [1999, 2027, 2040])
def test_a_year_without_published_holidays_counts_monday_to_friday(year):
    calendar = WorkCalendar()
    first = date(year, 1, 1)
    week = [date.fromordinal(first.toordinal() + number) for number in range(7)]
    assert [calendar.is_working(day) for day in week] == [day.weekday() < 5 for day in week]
    assert calendar.unknown_years == {year}


def test_a_known_year_is_not_reported():
    calendar = WorkCalendar()
    calendar.is_working(date(2026, 11, 25))
    assert calendar.unknown_years == set()


def test_extra_days_overrule_the_library():
    calendar = WorkCalendar({date(2027, 2, 6): False, date(2027, 2, 20): True})
    assert not calendar.is_working(date(2027, 2, 6))
    assert calendar.is_working(date(2027, 2, 20))


def test_a_holiday_is_the_festival_day_itself():
    calendar = WorkCalendar()
    assert calendar.holiday("春节", 2026) == date(2026, 2, 17)
    assert calendar.holiday("中秋节", 2026) == date(2026, 9, 25)
    assert calendar.holiday("腊八", 2027) == date(2027, 1, 15)
    assert calendar.holiday("万圣节", 2026) is None
