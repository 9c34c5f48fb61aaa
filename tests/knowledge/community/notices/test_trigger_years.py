"""Every form of 触发 against a computation of our own, day by day over 2024–2035."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, time, timedelta
from itertools import groupby

import chinese_calendar
import pytest
from chinese_calendar import constants
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.community.days.almanac import SOLAR_TERMS
from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.zone import ZONE
from knowledge.community.notices.trigger import parse_trigger

FIRST, LAST = date(2024, 1, 1), date(2035, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
WEEKDAYS = "一二三四五六日"

NEW_YEAR_2023 = date(2023, 1, 22)
"""正月初一 of the lunar year 2023."""
LUNAR_YEARS = (
    *(0x05B52, 0x04B60, 0x0A6E6, 0x0A4E0, 0x0D260, 0x0EA65, 0x0D530),  # 2023–2029
    *(0x05AA0, 0x076A3, 0x096D0, 0x04AFB, 0x04AD0, 0x0A4D0, 0x1D0B6),  # 2030–2036
)
"""The usual table: bits 15–4 = months of 30 days, bits 3–0 = leap month, bit 16 = it is long."""


def lunar_table() -> dict[date, tuple[int, int, bool]]:
    """Return (month, day, leap) of every day, counted from the table alone."""
    found, day = {}, NEW_YEAR_2023
    for code in LUNAR_YEARS:
        for month, leap, length in lunar_months(code):
            for number in range(1, length + 1):
                found[day] = (month, number, leap)
                day += timedelta(days=1)
    return found


def lunar_months(code: int) -> list[tuple[int, bool, int]]:
    rows = []
    for month in range(1, 13):
        rows.append((month, False, 30 if code & (0x10000 >> month) else 29))
        if code & 0xF == month:
            rows.append((month, True, 30 if code & 0x10000 else 29))
    return rows


LUNAR = lunar_table()
TERMS = dict(chinese_calendar.get_solar_terms(FIRST, LAST))
"""Day → solar term, from another library than the one the product uses."""
KNOWN = range(2024, max(constants.holidays).year + 1)
"""Years whose 调休 the State Council has published."""


def fires(text: str) -> list[date]:
    """The days on which the trigger fires in the twelve years."""
    start = datetime.combine(FIRST, time(), ZONE)
    end = datetime.combine(LAST + timedelta(days=1), time(), ZONE)
    found = list(parse_trigger(f"{text} 19:30").occurrences(start, end, WorkCalendar()))
    assert all(at.time() == time(19, 30) for at in found)
    return [at.date() for at in found]


def chosen(holds) -> list[date]:
    return [day for day in DAYS if holds(day)]


def shifted(days: list[date], by: int) -> list[date]:
    """The days moved, as far as they stay inside the twelve years."""
    moved = (day + timedelta(days=by) for day in days)
    return [day for day in moved if FIRST <= day <= LAST]


def test_every_day_is_a_day():
    assert fires("每天") == DAYS


def test_every_week_of_twelve_years_has_each_weekday_once():
    for number, word in enumerate(WEEKDAYS):
        assert fires(f"每周{word}") == chosen(lambda day, n=number: (day.toordinal() - 1) % 7 == n)


def test_the_nth_and_the_last_weekday_of_every_month():
    weeks = [
        [date(year, month, day) for day in column if day]
        for year in range(2024, 2036)
        for month in range(1, 13)
        for column in zip(*months.monthcalendar(year, month), strict=True)
    ]
    for number, word in enumerate(WEEKDAYS):
        mine = [week for week in weeks if week[0].weekday() == number]
        assert fires(f"每月最后一个周{word}") == sorted(week[-1] for week in mine)
        for nth in range(1, 6):
            there = sorted(week[nth - 1] for week in mine if len(week) >= nth)
            assert fires(f"每月第{'一二三四五'[nth - 1]}个周{word}") == there


@settings(deadline=None)
@given(month=st.integers(1, 12), day=st.integers(1, 31))
def test_the_same_day_every_year(month: int, day: int):
    if day > months.monthrange(2024, month)[1]:
        with pytest.raises(ValueError, match="不存在"):
            parse_trigger(f"每年 {month}-{day} 9:00")
        return
    assert fires(f"每年 {month}-{day}") == chosen(lambda one: (one.month, one.day) == (month, day))


@settings(deadline=None)
@given(day=st.dates(FIRST, LAST))
def test_one_single_day(day: date):
    assert fires(f"{day}") == fires(f"{day.year}年{day.month}月{day.day}日") == [day]


@settings(deadline=None)
@given(month=st.integers(1, 12), day=st.integers(1, 30), leap=st.booleans())
def test_every_lunar_date_of_twelve_years(month: int, day: int, leap: bool):
    text = f"农历 {'闰' if leap else ''}{month}月{day}日"
    assert fires(text) == chosen(lambda one: LUNAR[one] == (month, day, leap))


def test_new_years_eve_is_the_day_before_the_first():
    firsts = [day for day in DAYS if LUNAR[day] == (1, 1, False)]
    assert fires("农历 除夕") == fires("节假日 除夕") == shifted(firsts, -1)


def test_every_solar_term_of_twelve_years():
    for name in SOLAR_TERMS:
        assert fires(f"节气 {name}") == sorted(day for day, term in TERMS.items() if term == name)


FESTIVALS = {
    "元旦": lambda day: (day.month, day.day) == (1, 1),
    "劳动节": lambda day: (day.month, day.day) == (5, 1),
    "国庆": lambda day: (day.month, day.day) == (10, 1),
    "清明": lambda day: TERMS.get(day) == "清明",
    "春节": lambda day: LUNAR[day] == (1, 1, False),
    "元宵": lambda day: LUNAR[day] == (1, 15, False),
    "端午": lambda day: LUNAR[day] == (5, 5, False),
    "七夕": lambda day: LUNAR[day] == (7, 7, False),
    "中元": lambda day: LUNAR[day] == (7, 15, False),
    "中秋": lambda day: LUNAR[day] == (8, 15, False),
    "重阳": lambda day: LUNAR[day] == (9, 9, False),
    "腊八": lambda day: LUNAR[day] == (12, 8, False),
}


@settings(deadline=None)
@given(name=st.sampled_from(sorted(FESTIVALS)), by=st.integers(-30, 30))
def test_every_festival_and_the_days_before_and_after(name: str, by: int):
    side = "前" if by < 0 else "后"
    found = fires(f"节假日 {name} {side}{abs(by)}天")
    inside = [day for day in DAYS if FIRST + timedelta(30) <= day <= LAST - timedelta(30)]
    expected = shifted([day for day in DAYS if FESTIVALS[name](day)], by)
    assert [day for day in found if day in inside] == [day for day in expected if day in inside]


def test_working_days_are_those_of_the_published_lists_and_then_monday_to_friday():
    def works(day: date) -> bool:
        if day.year in KNOWN and day in constants.workdays:
            return True
        return day.weekday() < 5 and not (day.year in KNOWN and day in constants.holidays)

    assert fires("工作日") == chosen(works)


def test_a_holiday_of_the_lists_lies_in_the_festival_it_is_named_after():
    """The day off of 春节, 端午 and 中秋 holds the day that 节假日 names, in every known year."""
    named = {
        "Spring Festival": "春节",
        "Dragon Boat Festival": "端午",
        "Mid-autumn Festival": "中秋",
    }
    off = {
        key: {day for day, _ in rows}
        for key, rows in groupby(
            sorted(
                ((day, name) for day, name in constants.holidays.items() if day.year in KNOWN),
                key=lambda row: (row[1], row[0].year),
            ),
            key=lambda row: (row[1], row[0].year),
        )
    }
    for english, name in named.items():
        for day in fires(f"节假日 {name}"):
            if day.year in KNOWN and (english, day.year) in off:
                assert day in off[english, day.year]


@settings(deadline=None)
@given(text=st.sampled_from(["每周四", "每天", "节气 立冬", "农历 腊月廿四", "工作日"]))
def test_a_series_has_the_days_of_its_line(text: str):
    assert fires(f"轮播 反诈 {text}") == fires(text)


def test_an_event_is_never_planned():
    start = datetime.combine(FIRST, time(), ZONE)
    end = datetime.combine(LAST, time(), ZONE)
    for text in ("事件 气象 红色", "事件 本小区 火情"):
        assert list(parse_trigger(text).occurrences(start, end, WorkCalendar())) == []
