"""Notice files: what is read, and what is said about every mistake."""

from __future__ import annotations

from datetime import date, time

import pytest

from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.notices.notice_folder import notice_of, read_notice_sheet, read_notices
from knowledge.community.notices.notice_review import review
from knowledge.community.places.places import GroupChat, Place, PlaceKind

TODAY = date(2026, 11, 25)
GOOD = """## 睡前三关
编号：fire-bedtime
主题：消防
触发：每周三 19：30
触发：每年 12-09 9:00
受众：桂花园；独居
有效期：2027-03-31
来源：国家消防救援局
核对：2026-11-01

【短】关火，关电，关门。
【长】为什么：夜里的火最危险。
【广播】各位邻居，请关火关电关门。
"""
HOOD = Neighbourhood(
    places=[
        Place("s", None, PlaceKind.STREET, "梅溪街道"),
        Place("e1", "s", PlaceKind.ESTATE, "桂花园"),
        Place("e2", "s", PlaceKind.ESTATE, "银杏里"),
        Place("e1-1", "e1", PlaceKind.BUILDING, "1栋"),
        Place("e2-1", "e2", PlaceKind.BUILDING, "1栋"),
    ],
    chats=[GroupChat("replay", "g-1", "桂花园群", "e1")],
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "notices").mkdir()
    return tmp_path / "notices"


def write(folder, text, name="a.md"):
    (folder / name).write_text(text, encoding="utf-8")


def findings(folder, hood=HOOD):
    sheet = read_notice_sheet(folder, today=TODAY)
    return [*sheet.problems, *review(sheet, hood, TODAY, calendar=WorkCalendar())]


def test_a_notice_is_read_with_all_it_says(folder):
    write(folder, "开头的话不算。\n\n" + GOOD)
    [notice], problems = read_notices(folder)
    assert problems == ()
    assert (notice.id, notice.title, notice.topic) == ("fire-bedtime", "睡前三关", "消防")
    assert [trigger.clock for trigger in notice.triggers] == [time(19, 30), time(9, 0)]
    assert notice.audience == ("桂花园", "独居")
    assert (notice.valid_until, notice.checked) == (date(2027, 3, 31), date(2026, 11, 1))
    assert (notice.short, notice.broadcast) == ("关火，关电，关门。", "各位邻居，请关火关电关门。")
    assert (notice.file, notice.line, notice.daily) == ("notices/a.md", 3, False)


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("主题：消防", "题目：消防", (3, "题目"), "不认识的栏目"),
        ("每周三 19：30", "每周八 19:30", (4, "触发"), "看不懂"),
        ("每年 12-09 9:00", "2027-02-30 9:00", (5, "触发"), "不存在"),
        ("受众：桂花园；独居\n", "", (1, "受众"), "没有写发给谁"),
        ("触发：每周三 19：30\n触发：每年 12-09 9:00\n", "", (1, "触发"), "没有写什么时候发"),
        ("有效期：2027-03-31", "有效期：2027-13-31", (7, "有效期"), "不存在"),
        ("【短】关火，关电，关门。\n", "", (11, "短"), "没有【短】"),
        ("关火，关电，关门。", "关" * 121, (11, "短"), "有 121 字，最多 120 字"),
        ("请关火关电关门。", "请" * 151, (13, "广播"), "最多 150 字"),
        ("主题：消防", "主题：消防和防盗以及防汛", (3, "主题"), "最多 8 个字"),
        ("主题：消防", "主题：消防\n提醒：每日", (4, "提醒"), "不能用"),
        ("编号：fire-bedtime", "编号：睡前", (2, "编号"), "不能用"),
    ],
)
def test_a_mistake_leaves_the_notice_out_and_names_its_line(folder, old, new, where, said):
    assert old in GOOD
    write(folder, GOOD.replace(old, new))
    notices, problems = read_notices(folder)
    errors = [problem for problem in problems if problem.level == "error"]
    assert notices == ()
    assert [(problem.line, problem.field) for problem in errors] == [where]
    assert said in errors[0].message
    assert errors[0].fix


def test_the_others_still_count_beside_a_broken_one(folder):
    write(folder, GOOD + "\n" + GOOD.replace("每周三", "每周八").replace("fire-bedtime", "other"))
    assert [notice.id for notice in read_notices(folder)[0]] == ["fire-bedtime"]


def test_an_id_used_twice_names_where_it_stands_first(folder):
    write(folder, GOOD)
    write(folder, GOOD.replace("睡前三关", "又一条"), "b.md")
    notices, problems = read_notices(folder)
    assert [notice.title for notice in notices] == ["睡前三关"]
    assert "notices/a.md 第 1 行" in problems[0].message


def test_a_missing_id_is_told_and_stays_the_same(folder):
    write(folder, GOOD.replace("编号：fire-bedtime\n", ""))
    [notice], [problem] = read_notices(folder)
    assert (problem.level, problem.field) == ("warning", "编号")
    assert notice.id == read_notices(folder)[0][0].id


@pytest.mark.parametrize(
    ("old", "new", "level", "said"),
    [
        ("有效期：2027-03-31", "有效期：2026-11-24", "warning", "已过期"),
        ("有效期：2027-03-31", "有效期：2026-12-20", "warning", "就要到期"),
        ("核对：2026-11-01", "核对：2025-11-01", "warning", "超过一年"),
        ("每周三 19：30", "2026-11-01 9:00", "warning", "一次也不会到"),
        ("每周三 19：30", "每年 2月29日 9:00", "warning", "一次也不会到"),
        ("每周三 19：30", "每周三 22:00", "warning", "免打扰"),
        ("每周三 19：30", "工作日 9:00", "warning", "2027 年的放假和调休还不知道"),
        ("桂花园；独居", "火星", "error", "“火星”不是地点"),
        ("桂花园；独居", "1栋", "error", "有 2 处"),
        ("桂花园；独居", "银杏里", "warning", "现在没有群"),
        ("受众：桂花园；独居", "提醒：日常\n受众：全部", "warning", "不起作用"),
    ],
)
def test_roster_and_calendar_find_what_can_never_be_heard(folder, old, new, level, said):
    write(folder, GOOD.replace(old, new))
    found = [problem for problem in findings(folder) if said in problem.message]
    assert [problem.level for problem in found] == [level]
    expected = GOOD.replace(old, new).split("\n")[found[0].line - 1]
    assert expected.startswith(found[0].field)


def test_a_good_notice_has_no_findings_but_nobody_living_alone(folder):
    write(folder, GOOD)
    assert [problem.message for problem in findings(folder)] == [
        "《睡前三关》受众“独居”现在没有群也没有人"
    ]
    assert findings(folder, hood=None) == []


def test_a_series_with_two_times_is_told(folder):
    one = GOOD.replace("每周三 19：30", "轮播 消防 每周三 19:30")
    two = one.replace("周三", "周四").replace("fire-bedtime", "other")
    write(folder, one + "\n" + two)
    assert any("两个系列" in problem.message for problem in findings(folder))


def test_a_series_spelt_in_two_ways_is_one(folder):
    one = GOOD.replace("每周三 19：30", "轮播 消防 每周三 19:30")
    two = one.replace("周三", "礼拜三").replace("fire-bedtime", "other")
    write(folder, one + "\n" + two)
    assert not any("两个系列" in problem.message for problem in findings(folder))


def test_a_block_that_was_good_once_gives_its_notice_again(folder):
    write(folder, GOOD)
    sheet = read_notice_sheet(folder)
    assert [notice_of(block) for block in sheet.blocks.values()] == list(sheet.notices)
