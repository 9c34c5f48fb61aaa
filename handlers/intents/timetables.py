"""今天有什么课？ and its like: which days are asked about, and which activity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from knowledge.community.notices.timetable import Activity, Timetable

_NEAR = {"今": 0, "明": 1, "后": 2}
_DAYS = "一二三四五六日"
_NEAR_DAY = re.compile(r"(今|明|后)(天|日|晚|早|儿)")
_WEEKDAY = re.compile(r"(下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEK = re.compile(r"(这|本|下)(?:个)?(?:周|星期|礼拜)(?![一二三四五六日天])")
_THING = Expression(r"课(?!本|题|程表?设)|活动|讲座|服务日|义诊|便民服务|排班表|坐诊")
_ASKS = Expression(
    r"什么|哪些|有没有|[吗么不没?]$|几点|啥|哪里|在哪|几节|安排|上不上|开不开|搞不搞|还(上|开|搞|有)"
)
_WHEN = Expression(
    r"几点|什么时候|哪天|周几|星期几|礼拜几|在哪|哪里|时间|地点|还(上|开|搞|有)|上不上|停不停"
)
_SCHOOL = re.compile(r"学校|孩子|幼儿园|网课|补课|班主任|作业|学生证|培训班")


@dataclass(frozen=True, slots=True)
class TimetableQuestion:
    """Days that are asked about, in order; `activity` None = everything on them."""

    days: tuple[date, ...]
    activity: Activity | None = None
    sure: bool = False
    """A day and 什么课 or an activity by name: answered unasked too where a group likes that."""


def read_timetable_question(
    text: str, timetable: Timetable, today: date
) -> TimetableQuestion | None:
    """Return what plain `text` asks of the timetable; None for everything else."""
    if not timetable.activities or _SCHOOL.search(text):
        return None
    days = _days(text, today)
    named = next((one for one in timetable.activities if _is_named(one, text)), None)
    if named is not None and (_WHEN.search(text) or (days and _ASKS.search(text))):
        ahead = tuple(today + timedelta(days=number) for number in range(8))
        return TimetableQuestion(days or ahead, named, sure=bool(days))
    if days and _THING.search(text) and _ASKS.search(text):
        return TimetableQuestion(days, None, sure=True)
    return None


def _is_named(activity: Activity, text: str) -> bool:
    title = activity.title.lower()
    short = title.removesuffix("课")
    return title in text or (len(short) > 1 and short in text and "课" in text)


def _days(text: str, today: date) -> tuple[date, ...]:
    if near := _NEAR_DAY.search(text):
        return (today + timedelta(days=_NEAR[near[1]]),)
    monday = today - timedelta(days=today.weekday())
    if found := _WEEKDAY.search(text):
        day = monday + timedelta(days=_DAYS.index("日" if found[2] == "天" else found[2]))
        return (day + timedelta(days=7 if found[1] or day < today else 0),)
    if week := _WEEK.search(text):
        first = monday + timedelta(days=7) if week[1] == "下" else today
        return tuple(_until_sunday(first))
    return ()


def _until_sunday(first: date) -> list[date]:
    return [first + timedelta(days=number) for number in range(7 - first.weekday())]
