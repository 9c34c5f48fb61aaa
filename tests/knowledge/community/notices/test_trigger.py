"""Triggers: every form of CONTRACT §3.2 is read and fires on the right days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import Solar

from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.zone import ZONE
from knowledge.community.notices.recurrence import OnEvent
from knowledge.community.notices.trigger import parse_trigger
from knowledge.community.notices.trigger_days import Rank

CALENDAR = WorkCalendar()
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))


def days_of(text, first, last):
    """The days on which the trigger fires from `first` to `last`, both included."""
    start = datetime.combine(first, time(), ZONE)
    end = datetime.combine(last + timedelta(days=1), time(), ZONE)
    return [at.date() for at in parse_trigger(text).occurrences(start, end, CALENDAR)]


def year_of(text, year):
    return days_of(text, date(year, 1, 1), date(year, 12, 31))


def span(first, count):
    return [first + timedelta(days=number) for number in range(count)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("农历 腊月廿四 19:30", date(2027, 1, 31)),
        ("农历 除夕 19:30", date(2027, 2, 5)),
        ("农历 八月十五 9:00", date(2027, 9, 15)),
        ("农历 8月15日 9:00", date(2027, 9, 15)),
        ("节气 立冬 9:00", date(2027, 11, 7)),
        ("节气 冬至 9:00", date(2027, 12, 22)),
        ("节假日 春节 9:00", date(2027, 2, 6)),
        ("节假日 春节 前3天 19:30", date(2027, 2, 3)),
        ("节假日 国庆节 后1天 9:00", date(2027, 10, 2)),
        ("节假日 清明 当天 9:00", date(2027, 4, 5)),
        ("节假日 端午 9:00", date(2027, 6, 9)),
        ("节假日 重阳 9:00", date(2027, 10, 8)),
        ("节假日 元旦 前2天 9:00", date(2027, 12, 30)),
        ("每年 11-09 9:00", date(2027, 11, 9)),
        ("每年 11月9日 9:00", date(2027, 11, 9)),
        ("2027-12-01 09:00", date(2027, 12, 1)),
        ("２０２７年１２月１日 ９：００", date(2027, 12, 1)),
    ],
)
def test_a_day_of_the_year_falls_where_the_almanac_says(text, day):
    assert year_of(text, 2027) == [day]


def test_a_leap_month_comes_only_where_the_word_run_stands():
    assert year_of("农历 六月初一 9:00", 2025) == [date(2025, 6, 25)]
    assert year_of("农历 闰六月初一 9:00", 2025) == [date(2025, 7, 25)]
    assert year_of("农历 闰六月初一 9:00", 2026) == []


def test_new_years_eve_is_the_last_day_of_a_short_year_too():
    assert year_of("农历 除夕 9:00", 2025) == [date(2025, 1, 28)]  # 腊月 had 29 days
    assert year_of("农历 腊月三十 9:00", 2025) == []


def test_the_29th_of_february_comes_in_leap_years_only():
    found = days_of("每年 2月29日 9:00", date(2024, 1, 1), date(2035, 12, 31))
    assert found == [date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29)]


@pytest.mark.parametrize("word", ["周日", "周天", "星期日", "星期天", "礼拜日", "礼拜天"])
def test_sunday_has_six_names(word):
    assert days_of(f"每{word} 9:00", date(2026, 11, 23), date(2026, 11, 29)) == [date(2026, 11, 29)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每月第一个周一 9:00", [date(2026, 11, 2)]),
        ("每月第二个星期二 9:00", [date(2026, 11, 10)]),
        ("每月第5个周一 9:00", [date(2026, 11, 30)]),
        ("每月第五个周三 9:00", []),
        ("每月最后一个周一 9:00", [date(2026, 11, 30)]),
        ("每月最后一个礼拜天 9:00", [date(2026, 11, 29)]),
    ],
)
def test_the_nth_weekday_of_a_month(text, found):
    assert days_of(text, date(2026, 11, 1), date(2026, 11, 30)) == found


def test_working_days_count_the_exchanged_weekends():
    weekends = [day for day in year_of("工作日 17:00", 2026) if day.weekday() >= 5]
    assert [f"{day:%m-%d}" for day in weekends] == [
        "01-04",
        "02-14",
        "02-28",
        "05-09",
        "09-20",
        "10-10",
    ]
    assert date(2026, 10, 1) not in year_of("工作日 17:00", 2026)


def test_a_time_on_the_edge_belongs_to_the_span_that_begins_with_it():
    at = datetime(2026, 12, 2, 19, 30, tzinfo=ZONE)
    trigger = parse_trigger("每周三 19:30")
    assert list(trigger.occurrences(at, at + timedelta(minutes=1), CALENDAR)) == [at]
    assert list(trigger.occurrences(at - timedelta(days=1), at, CALENDAR)) == []


def test_a_rotation_keeps_its_name_and_the_times_of_its_line():
    trigger = parse_trigger("轮播 反诈 每周四 12:00")
    assert (trigger.series, trigger.rank) == ("反诈", Rank.ROTATION)
    week = (date(2026, 11, 23), date(2026, 11, 29))
    assert days_of("轮播 反诈 每周四 12:00", *week) == [date(2026, 11, 26)]


def test_an_event_has_no_planned_time():
    assert year_of("事件 气象 红色", 2026) == []
    assert parse_trigger("事件 本小区 火情").rule == OnEvent("火情", local=True)
    assert parse_trigger("事件 气象 红色").rule == OnEvent("气象", "红色")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每周八 9:00", "可以写"),
        ("每周三", "几点"),
        ("每周三 24:30", "时刻"),
        ("2026-02-30 9:00", "不存在"),
        ("每年 2月30日 9:00", "不存在"),
        ("农历 十三月初一 9:00", "农历没有"),
        ("农历 正月三十一 9:00", "农历没有"),
        ("节气 立科 9:00", "节气"),
        ("节假日 万圣 9:00", "节日"),
        ("每月第6个周一 9:00", "可以写"),
        ("轮播 每周四 12:00", "可以写"),
        ("轮播 反诈 2026-12-01 9:00", "重复"),
        ("轮播", "名称"),
        ("事件", "种类"),
        ("", "可以写"),
        ("九点", "可以写"),
    ],
)
def test_a_trigger_that_cannot_be_read_says_how_to_write_it(text, said):
    with pytest.raises(ValueError, match=said):
        parse_trigger(text)


@given(text=st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        trigger = parse_trigger(text)
    except ValueError:
        return
    assert trigger.text


ANY_TRIGGER = st.sampled_from(
    [
        "每天 8:00",
        "工作日 17:00",
        "每周三 19:30",
        "每月第一个周一 9:00",
        "每月最后一个周日 9:00",
        "每年 11-09 9:00",
        "每年 2月29日 9:00",
        "农历 腊月廿四 19:30",
        "农历 除夕 19:30",
        "农历 闰六月初一 9:00",
        "节气 立冬 9:00",
        "节假日 春节 前9天 19:30",
        "节假日 元旦 前3天 9:00",
        "2028-12-01 9:00",
        "轮播 反诈 每周四 12:00",
    ]
)


@given(text=ANY_TRIGGER, first=DAYS, count=st.integers(0, 500), minutes=st.integers(0, 1439))
def test_occurrences_lie_in_the_span_and_grow(text, first, count, minutes):
    start = datetime.combine(first, time(), ZONE) + timedelta(minutes=minutes)
    end = start + timedelta(days=count)
    found = list(parse_trigger(text).occurrences(start, end, CALENDAR))
    assert all(start <= at < end for at in found)
    assert all(early < late for early, late in pairwise(found))


@given(text=ANY_TRIGGER, first=DAYS, count=st.integers(1, 400), cut=st.integers(0, 400))
def test_two_neighbouring_spans_hold_what_the_whole_holds(text, first, count, cut):
    start = datetime.combine(first, time(), ZONE)
    end = start + timedelta(days=count)
    middle = min(end, start + timedelta(days=cut))
    trigger = parse_trigger(text)
    parts = [
        *trigger.occurrences(start, middle, CALENDAR),
        *trigger.occurrences(middle, end, CALENDAR),
    ]
    assert parts == list(trigger.occurrences(start, end, CALENDAR))


@given(first=DAYS, month=st.integers(1, 12), day=st.integers(1, 30))
def test_a_lunar_trigger_fires_on_days_of_that_lunar_date(first, month, day):
    for found in days_of(f"农历 {month}月{day}日 9:00", first, first + timedelta(days=400)):
        lunar = Solar.fromYmd(found.year, found.month, found.day).getLunar()
        assert (lunar.getMonth(), lunar.getDay()) == (month, day)


@given(day=DAYS)
def test_every_day_has_a_lunar_trigger_that_fires_on_it(day):
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    leap = "闰" if lunar.getMonth() < 0 else ""
    text = f"农历 {leap}{lunar.getMonthInChinese().removeprefix('闰')}月{lunar.getDayInChinese()}"
    assert days_of(f"{text} 9:00", day, day) == [day]


@given(year=st.integers(2024, 2035))
def test_solar_terms_are_those_of_an_independent_table(year):
    table = {
        name: day
        for day, name in chinese_calendar.get_solar_terms(date(year, 1, 1), date(year, 12, 31))
    }
    terms = {name: year_of(f"节气 {name} 9:00", year) for name in table}
    assert terms == {name: [day] for name, day in table.items()}


@given(nth=st.integers(1, 5), weekday=st.integers(0, 6), first=DAYS)
def test_the_nth_weekday_is_what_counting_gives(nth, weekday, first):
    word = f"每月第{nth}个周{'一二三四五六日'[weekday]} 9:00"
    counted = []
    seen = 0
    for day in span(first.replace(day=1), 400):
        if day.day == 1:
            seen = 0
        seen += day.weekday() == weekday
        if seen == nth and day.weekday() == weekday:
            counted.append(day)
    assert (
        days_of(word, first.replace(day=1), first.replace(day=1) + timedelta(days=399)) == counted
    )
