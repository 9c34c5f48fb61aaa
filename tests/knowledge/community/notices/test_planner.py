"""The plan: budgets, quiet hours, precedence, moves, rotation, and what was decided before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.zone import ZONE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.notices.manners import Manners
from knowledge.community.notices.notice import Notice
from knowledge.community.notices.planner import Done, plan
from knowledge.community.notices.trigger import parse_trigger
from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role

CALENDAR = WorkCalendar()
MONDAY = date(2026, 11, 30)
HOOD = Neighbourhood(
    places=[
        Place("s", None, PlaceKind.STREET, "梅溪街道"),
        Place("e1", "s", PlaceKind.ESTATE, "桂花园"),
        Place("e1-3", "e1", PlaceKind.BUILDING, "3栋"),
        Place("e2", "s", PlaceKind.ESTATE, "银杏里"),
    ],
    people=[
        Person("zhang", "张伟", grants=(Grant(Role.NEIGHBOUR_LEADER, ("e1-3",)),)),
        Person(
            "li",
            "李秀",
            grants=(Grant(Role.RESIDENT, ("e1-3",)),),
            care=("独居",),
            accounts=(("web", "lixiu"),),
        ),
    ],
    chats=[
        GroupChat("replay", "g-1", "桂花园群", "e1"),
        GroupChat("replay", "g-2", "3栋群", "e1-3"),
        GroupChat("web", "g-3", "银杏里群", "e2"),
    ],
)
GROUPS = ("replay:g-1", "replay:g-2", "web:g-3")


def notice(name, *triggers, topic="", **fields):
    read = tuple(parse_trigger(text) for text in triggers)
    return Notice(name, f"标题{name}", topic or name, read, short=f"{name}的正文", **fields)


def midnight(day):
    return datetime.combine(day, time(), ZONE)


def planned(*notices, first=MONDAY, days=7, **options):
    start = midnight(first)
    end = start + timedelta(days=days)
    return plan(notices, HOOD, start, end, calendar=CALENDAR, **options)


def told(one):
    """One line of the plan, short enough to compare."""
    at = f"{one.at:%m-%d %H:%M}" if one.at else "-"
    return f"{one.notice_id} {one.planned:%m-%d %H:%M} {one.status} {at}"


def test_a_notice_goes_out_at_its_hour_to_every_group():
    [one] = planned(notice("fire", "每周三 19:30"))
    assert told(one) == "fire 12-02 19:30 send 12-02 19:30"
    assert one.chats == GROUPS
    assert one.why == ""


@pytest.mark.parametrize(
    ("word", "chats"),
    [
        ("全部", GROUPS),
        ("e1", ("replay:g-1", "replay:g-2")),
        ("桂花园", ("replay:g-1", "replay:g-2")),
        ("桂花园3栋", ("replay:g-2",)),
        ("s", GROUPS),
        ("邻长", ("replay:@zhang",)),
        ("独居", ("web:@lixiu",)),
    ],
)
def test_an_audience_is_all_a_place_a_role_or_a_care_word(word, chats):
    [one] = planned(notice("fire", "2026-12-02 19:30", audience=(word,)))
    assert one.chats == chats


def test_an_audience_of_several_words_hears_it_once():
    [one] = planned(notice("fire", "2026-12-02 19:30", audience=("e1-3", "桂花园", "邻长")))
    assert one.chats == ("replay:g-2", "replay:g-1", "replay:@zhang")


def test_a_notice_for_nobody_is_dropped_and_says_so():
    [one] = planned(notice("fire", "2026-12-02 19:30", audience=("火星",)))
    assert (one.status, one.at, one.chats) == ("dropped", None, ())
    assert "没有群" in one.why


@pytest.mark.parametrize(
    ("clock", "at"),
    [
        ("21:29", "12-02 21:29"),
        ("21:30", "12-03 08:00"),
        ("23:00", "12-03 08:00"),
        ("0:00", "12-02 08:00"),
        ("7:59", "12-02 08:00"),
        ("8:00", "12-02 08:00"),
        ("12:29", "12-02 12:29"),
        ("12:30", "12-02 14:30"),
        ("14:30", "12-02 14:30"),
    ],
)
def test_a_notice_in_quiet_hours_waits_for_their_end(clock, at):
    [one] = planned(notice("fire", f"2026-12-02 {clock}"))
    assert f"{one.at:%m-%d %H:%M}" == at
    assert ("免打扰" in one.why) == (one.at != one.planned)


def test_the_second_notice_of_a_day_moves_to_the_next():
    found = planned(notice("a", "每周三 9:00"), notice("b", "每周三 19:30"))
    assert [told(one) for one in found] == [
        "a 12-02 09:00 send 12-02 09:00",
        "b 12-02 19:30 moved 12-03 19:30",
    ]
    assert found[1].why == "同一天已有 1 条提醒，改到 12月3日 19:30"


def test_the_third_notice_of_a_week_is_dropped_where_three_days_do_not_reach_the_next():
    notices = (notice("a", "每周一 9:00"), notice("b", "每周二 9:00"), notice("c", "每周三 9:00"))
    found = planned(*notices)
    assert told(found[2]) == "c 12-02 09:00 dropped -"
    assert found[2].why == "同一周已有 2 条提醒，三天内没有空档"


def test_a_late_notice_of_a_full_week_moves_into_the_next():
    full = (notice("a", "2026-11-30 9:00"), notice("b", "2026-12-01 9:00"))
    found = planned(*full, notice("c", "2026-12-06 19:30"))
    assert told(found[2]) == "c 12-06 19:30 moved 12-07 19:30"


def test_a_plan_says_the_same_of_a_day_wherever_it_stops():
    full = (notice("a", "每周一 9:00"), notice("b", "每周二 9:00"))
    found = planned(*full, notice("c", "每周日 19:30"))
    assert told(found[2]) == "c 12-06 19:30 dropped -"  # the next week belongs to a and b again


def test_one_theme_speaks_once_a_week():
    found = planned(
        notice("a", "每周一 9:00", topic="消防"), notice("b", "每周三 9:00", topic="消防")
    )
    assert [one.status for one in found] == ["send", "dropped"]
    assert "“消防”" in found[1].why


def test_dated_beats_yearly_beats_almanac_beats_weekly_beats_rotation():
    forms = [
        "轮播 反诈 每周一 9:00",
        "每周一 9:00",
        "节假日 元旦 前32天 9:00",
        "每年 11-30 9:00",
        "2026-11-30 9:00",
    ]
    notices = [notice(f"n{number}", form) for number, form in enumerate(forms)]
    for count in range(2, len(forms) + 1):
        found = planned(*notices[:count], manners=Manners(per_week=9))
        sent = [one.notice_id for one in found if one.status == "send"]
        assert sent == [notices[count - 1].id]


def test_a_moved_notice_does_not_push_an_equal_one_from_its_own_time():
    found = planned(
        notice("a", "每周一 9:00"),
        notice("b", "每周一 19:30"),
        notice("c", "每周二 19:30"),
        manners=Manners(per_week=9),
    )
    assert [told(one) for one in found] == [
        "a 11-30 09:00 send 11-30 09:00",
        "b 11-30 19:30 moved 12-02 19:30",
        "c 12-01 19:30 send 12-01 19:30",
    ]


def test_chats_with_different_fates_stand_apart():
    found = planned(
        notice("a", "2026-12-02 9:00", audience=("银杏里",)),
        notice("b", "每周三 19:30"),
    )
    assert [(told(one), one.chats) for one in found[1:]] == [
        ("b 12-02 19:30 send 12-02 19:30", ("replay:g-1", "replay:g-2")),
        ("b 12-02 19:30 moved 12-03 19:30", ("web:g-3",)),
    ]


def test_a_daily_notice_never_moves_on_to_its_own_next_day():
    found = planned(
        notice("a", "2026-12-02 9:00"),
        notice("b", "每天 8:00", audience=("邻长", "银杏里"), daily=True),
    )
    moved = [told(one) for one in found if one.status != "send"]
    assert moved == ["b 12-02 08:00 dropped -"]


def test_a_late_notice_never_comes_on_the_day_of_its_next_time():
    full = [notice(f"{day}{n}", f"2026-12-0{day} {n}:00") for day in (2, 3) for n in (9, 10)]
    found = planned(
        *full,
        notice("x", "每周三 19:30", "每周五 19:30"),
        manners=Manners(per_day=2, per_week=9, per_theme_week=9),
    )
    assert [told(one) for one in found if one.notice_id == "x"] == [
        "x 12-02 19:30 dropped -",
        "x 12-04 19:30 send 12-04 19:30",
    ]


def test_what_waits_for_the_morning_is_never_more_than_three_days_late_either():
    full = [notice(f"d{day}", f"2026-12-0{day} 9:00") for day in (3, 4, 5)]
    found = planned(*full, notice("x", "每周三 22:00"), manners=Manners(per_week=9))
    assert [told(one) for one in found if one.notice_id == "x"] == ["x 12-02 22:00 dropped -"]


def test_an_everyday_reminder_to_a_role_is_free_of_the_weekly_budgets():
    everyday = notice("b", "工作日 8:30", audience=("邻长",), daily=True)
    weekly = notice("w", "每周六 9:00", audience=("邻长",))
    assert [one.status for one in planned(everyday, weekly)] == ["send"] * 6
    for_all = notice("b", "工作日 8:30", daily=True)
    assert [one.status for one in planned(for_all)] == ["send", *["dropped"] * 4]


def test_an_expired_or_unchecked_notice_is_dropped_and_says_why():
    found = planned(
        notice("a", "2026-12-01 9:00", valid_until=date(2026, 11, 30)),
        notice("b", "2026-12-02 9:00", checked=date(2025, 11, 30)),
        notice("c", "2026-12-03 9:00", valid_until=date(2026, 12, 3), checked=date(2025, 12, 3)),
    )
    assert [one.status for one in found] == ["dropped", "dropped", "send"]
    assert "有效期" in found[0].why
    assert "12 个月" in found[1].why


def test_a_notice_never_moves_past_its_last_day():
    found = planned(
        notice("a", "2026-12-02 9:00"),
        notice("b", "2026-12-02 19:30", valid_until=date(2026, 12, 2)),
    )
    assert found[1].status == "dropped"


def rotation(*names):
    return [notice(name, "轮播 反诈 每周四 12:00", topic="反诈") for name in names]


def test_a_rotation_goes_round_in_file_order():
    found = planned(*rotation("a", "b", "c"), days=35)
    assert [one.notice_id for one in found] == ["a", "b", "c", "a", "b"]


def test_a_rotation_goes_on_where_it_stopped_before():
    notices = rotation("a", "b", "c")
    first = planned(*notices, days=14)
    done = [Done(one.notice_id, one.planned, chat, one.at) for one in first for chat in one.chats]
    later = planned(*notices, first=MONDAY + timedelta(days=14), done=done, days=14)
    assert [one.notice_id for one in first + later] == ["a", "b", "c", "a"]


def test_a_turn_begun_before_a_crash_is_finished_with_the_same_notice():
    notices = rotation("a", "b", "c")
    [whole] = planned(*notices)
    done = [Done("a", whole.planned, GROUPS[0], whole.at)]
    [rest] = planned(*notices, done=done)
    assert (rest.notice_id, rest.chats) == ("a", GROUPS[1:])


def test_an_expired_member_gives_its_turn_to_the_next():
    a, b, c = rotation("a", "b", "c")
    b = notice("b", "轮播 反诈 每周四 12:00", valid_until=date(2026, 12, 5))
    found = planned(a, b, c, days=28)
    assert [one.notice_id for one in found] == ["a", "c", "a", "c"]


def test_a_turn_that_nobody_got_comes_again():
    blocked = [notice("x", "2026-12-03 9:00"), notice("y", "2026-11-30 9:00")]
    found = planned(*rotation("a", "b"), *blocked, days=14)
    turns = [told(one) for one in found if one.notice_id in "ab"]
    assert turns == ["a 12-03 12:00 dropped -", "a 12-10 12:00 send 12-10 12:00"]


def test_what_was_sent_before_counts_in_the_budgets_and_is_not_sent_again():
    weekly = notice("a", "每周三 19:30")
    [whole] = planned(weekly)
    done = [Done("a", whole.planned, chat, whole.at) for chat in whole.chats]
    assert planned(weekly, done=done) == []
    found = planned(weekly, notice("b", "2026-12-02 9:00"), done=done)
    assert [told(one) for one in found] == ["b 12-02 09:00 moved 12-03 09:00"]


def test_jitter_only_ever_puts_off_and_never_into_quiet_hours():
    found = planned(
        notice("a", "每天 12:20", "每天 19:30", audience=("邻长", "桂花园"), daily=True),
        manners=Manners(jitter_minutes=20),
        days=30,
    )
    late = [one.at - one.planned for one in found if one.status == "send"]
    assert min(late) >= timedelta()
    assert timedelta() < max(late) <= timedelta(minutes=20)
    assert not any(one.at and Manners().is_quiet(one.at) for one in found)


APART = Manners(apart_minutes=60)


def test_an_estate_and_a_building_in_it_hear_a_notice_an_hour_apart():
    found = planned(notice("a", "2026-12-02 19:30"), manners=APART)
    assert [(told(one), one.chats, one.why) for one in found] == [
        ("a 12-02 19:30 send 12-02 19:30", ("replay:g-1", "web:g-3"), ""),
        (
            "a 12-02 19:30 moved 12-02 20:30",
            ("replay:g-2",),
            "同一些人还在别的群里，错开发，改到 12月2日 20:30",
        ),
    ]


def test_where_quiet_hours_leave_no_room_both_hear_it_on_time():
    [one] = planned(notice("a", "2026-12-02 12:00"), manners=APART)
    assert (told(one), one.chats) == ("a 12-02 12:00 send 12-02 12:00", GROUPS)


def test_what_one_group_heard_before_a_restart_keeps_the_other_apart():
    at = datetime.combine(date(2026, 12, 2), time(19, 10), ZONE)
    done = [Done("gone", at, "replay:g-1", at)]
    found = planned(notice("a", "2026-12-02 19:30", audience=("e1-3",)), manners=APART, done=done)
    assert [told(one) for one in found] == ["a 12-02 19:30 moved 12-02 20:10"]


def test_the_same_files_give_the_same_plan():
    notices = [*rotation("a", "b", "c"), notice("d", "每天 9:00"), notice("e", "工作日 19:30")]
    assert planned(*notices, days=60) == planned(*notices, days=60)


TRIGGERS = st.lists(
    st.sampled_from(
        [
            "每天 8:00",
            "每天 22:00",
            "工作日 13:00",
            "工作日 17:00",
            "每周一 9:00",
            "每周三 19:30",
            "每周日 19:30",
            "每月第一个周一 9:00",
            "每年 12-09 9:00",
            "节气 冬至 9:00",
            "节假日 元旦 前3天 19:30",
            "2026-12-12 09:00",
            "2026-12-20 23:59",
            "轮播 反诈 每周四 12:00",
            "轮播 消防 每周六 19:30",
        ]
    ),
    min_size=1,
    max_size=3,
    unique=True,
)
NOTICES = st.lists(
    st.tuples(
        TRIGGERS,
        st.sampled_from(["反诈", "消防", "安全"]),
        st.lists(st.sampled_from(["全部", "桂花园", "e2", "邻长", "独居"]), min_size=1, max_size=2),
        st.booleans(),
        st.sampled_from([None, date(2026, 12, 16)]),
    ),
    min_size=1,
    max_size=7,
).map(
    lambda rows: [
        Notice(
            f"n{number}",
            f"标题{number}",
            topic,
            tuple(parse_trigger(text) for text in triggers),
            tuple(dict.fromkeys(audience)),
            until,
            short="正文",
            daily=daily,
        )
        for number, (triggers, topic, audience, daily, until) in enumerate(rows)
    ]
)
MANNERS = st.builds(
    Manners,
    apart_minutes=st.sampled_from([0, 60]),
    per_day=st.integers(1, 2),
    per_week=st.integers(1, 3),
    per_theme_week=st.integers(1, 2),
)


def week_of(at):
    return at.isocalendar()[:2]


@given(notices=NOTICES, manners=MANNERS)
@settings(max_examples=60, deadline=None)
def test_no_plan_breaks_the_manners(notices, manners):
    by_id = {one.id: one for one in notices}
    found = planned(*notices, days=35, manners=manners)
    sent = [(chat, one) for one in found if one.at for chat in one.chats]
    assert not any(manners.is_quiet(one.at) for _, one in sent)
    assert all(timedelta() <= one.at - one.planned <= timedelta(days=3) for _, one in sent)
    days = Counter((chat, one.at.date()) for chat, one in sent)
    assert max(days.values(), default=0) <= manners.per_day
    counted = [(chat, one) for chat, one in sent if not by_id[one.notice_id].is_everyday]
    weeks = Counter((chat, week_of(one.at)) for chat, one in counted)
    assert max(weeks.values(), default=0) <= manners.per_week
    themes = Counter((chat, week_of(one.at), by_id[one.notice_id].topic) for chat, one in counted)
    assert max(themes.values(), default=0) <= manners.per_theme_week


@given(notices=NOTICES, manners=MANNERS)
@settings(max_examples=60, deadline=None)
def test_nothing_stands_in_a_plan_twice(notices, manners):
    found = planned(*notices, days=35, manners=manners)
    once = Counter((one.notice_id, one.planned, chat) for one in found for chat in one.chats)
    assert max(once.values(), default=1) == 1
    assert all(len(one.body) <= 150 for one in found)


@given(notices=NOTICES)
@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_the_running_clock_sends_what_the_preview_shows(notices):
    last = midnight(MONDAY + timedelta(days=21))
    preview = planned(*notices, days=21)
    shown = {
        (one.notice_id, one.planned, chat, one.at)
        for one in preview
        for chat in one.chats
        if (one.at or one.planned) < last
    }
    done: list[Done] = []
    for day in range(1, 22):
        now = midnight(MONDAY + timedelta(days=day))
        window = (max(now - timedelta(days=4), midnight(MONDAY)), now + timedelta(days=7))
        for one in plan(notices, HOOD, *window, calendar=CALENDAR, done=done):
            if (one.at or one.planned) < now:
                done += [Done(one.notice_id, one.planned, chat, one.at) for chat in one.chats]
    assert {(one.notice_id, one.planned, one.chat, one.at) for one in done} == shown


@given(notices=NOTICES, manners=MANNERS, heard=st.sets(st.sampled_from(GROUPS)))
@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_groups_planned_together_fare_as_each_would_alone(notices, manners, heard):
    """Alike chats are planned once; what some of them have had already makes them unlike."""
    notices = [one for one in notices if not one.series]
    manners = replace(manners, apart_minutes=0)
    first = planned(*notices, days=7, manners=manners)
    done = [
        Done(one.notice_id, one.planned, chat, one.at)
        for one in first
        for chat in one.chats
        if chat in heard
    ]
    together = planned(*notices, days=21, manners=manners, done=done)
    for chat in GROUPS:
        channel, chat_id = chat.split(":")
        alone = Neighbourhood(places=HOOD.places.values(), chats=[HOOD.chats[channel, chat_id]])
        span = (midnight(MONDAY), midnight(MONDAY) + timedelta(days=21))
        mine = [one for one in done if one.chat == chat]
        by_itself = plan(notices, alone, *span, calendar=CALENDAR, manners=manners, done=mine)
        assert [told(one) for one in together if chat in one.chats] == [
            told(one) for one in by_itself if chat in one.chats
        ]
