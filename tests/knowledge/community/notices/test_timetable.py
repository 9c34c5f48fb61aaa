"""What takes place on a day: holidays, days called off, and the words in which people ask."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

import knowledge.pack
from handlers.thinking.considering import consider
from handlers.thinking.thought import Action, Scene
from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.zone import ZONE
from knowledge.community.notices.timetable import Timetable, read_activity
from knowledge.files.standing import read_sheet
from tests.handlers.samples import scene

SHEET = read_sheet(Path(knowledge.pack.__file__).parent / "timetable", read_activity)
TABLE = Timetable(SHEET.entries.values())
CALENDAR = WorkCalendar()


def asked(day: date, *, addressed: bool = True) -> Scene:
    found = scene("g-1", addressed=addressed)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
    return Scene(
        hood=found.hood,
        faq=found.faq,
        now=at,
        addressed=addressed,
        chat=found.chat,
        mode="积极",
        timetable=TABLE,
        calendar=CALENDAR,
    )


def answer(text: str, day: date, *, addressed: bool = True) -> str:
    return consider(text, asked(day, addressed=addressed)).reply or ""


MONDAY = date(2026, 11, 23)
HOLIDAY = date(2026, 10, 1)


def test_the_packs_timetable_is_sound() -> None:
    assert SHEET.problems == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("今天有什么课？", "书法课"),
        ("今天有么子课", "书法课"),
        ("明天社区有什么活动", "剪纸课"),
        ("周四服务日还搞吗", "便民服务日"),
        ("书法课几点上", "9:30–11:00 书法课 · 社区三楼书画室"),
        ("下周五有哪些课", "12月4日（周五）：\n9:30–11:00 国画课"),
        ("后天有课吗", "没有排课和活动。\n下一次：周四 9:00–11:30 便民服务日"),
        ("今天有什麼課？", "書法課"),
    ],
)
def test_the_answer_stands_in_the_calendar(text: str, told: str) -> None:
    reply = answer(text, MONDAY)
    assert told in reply
    assert len(reply) <= 120


@pytest.mark.parametrize("text", ["学校今天有什么课", "上课了", "孩子明天有课吗", "今天天气好"])
def test_other_questions_are_left_alone(text: str) -> None:
    assert "书法课" not in answer(text, MONDAY)


def test_a_holiday_calls_off_what_says_so_and_leaves_open_what_nobody_decided() -> None:
    states = {
        one.activity.id: one.state
        for day in (HOLIDAY, date(2026, 10, 2), date(2026, 10, 3))
        for one in TABLE.on(day, CALENDAR)
    }
    assert states == {"service-day": "open", "class-painting": "off", "class-opera": "on"}
    assert "国庆节放假，开不开还没定" in answer("今天有什么活动", HOLIDAY)
    assert "国画课：停（国庆节）" in answer("明天有什么课", HOLIDAY)


def test_unasked_only_a_plain_question_about_a_day_is_answered() -> None:
    said = asked(MONDAY, addressed=False)
    assert consider("今天社区有什么课？", said).action is Action.ANSWER
    assert consider("书法课在哪里？", said).action is not Action.ANSWER


def test_a_line_of_the_editor_decides_and_mistakes_are_named(tmp_path: Path) -> None:
    (tmp_path / "own.md").write_text(
        "## 服务日\n编号：s\n时间：每周四 9:00-11:00\n照常：2026-10-01\n停：2026-10-08\n\n"
        "## 坏\n编号：b\n时间：每周九 9:00\n节假日：随便\n停：昨天\n\n## 空\n编号：c\n",
        "utf-8",
    )
    sheet = read_sheet(tmp_path, read_activity)
    table = Timetable(sheet.entries.values())
    days = (HOLIDAY, date(2026, 10, 8), date(2026, 10, 15))
    assert [one.state for day in days for one in table.on(day, CALENDAR)] == ["on", "off", "on"]
    assert [(one.line, one.field) for one in sheet.problems] == [
        (9, "时间"),
        (10, "节假日"),
        (11, "停"),
        (13, "时间"),
    ]
