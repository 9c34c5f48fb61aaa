"""What only roster and calendar can tell about notices: nobody hears it, it never comes."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from knowledge.community.days.zone import ZONE
from knowledge.community.notices.audience import AudienceError, chats_of
from knowledge.community.notices.manners import DEFAULT_MANNERS
from knowledge.community.notices.recurrence import WorkingDays
from knowledge.community.notices.trigger_days import Rank
from knowledge.files.blocks import split_list
from knowledge.files.checks import Findings

if TYPE_CHECKING:
    from datetime import date

    from knowledge.community.days.calendar import WorkCalendar
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.notices.manners import Manners
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.notice_folder import NoticeSheet
    from knowledge.community.notices.trigger import Trigger
    from knowledge.files.problem import Problem

HOW_TO_ADDRESS = "写“全部”、地点、角色或关怀词"
HORIZON = timedelta(days=400)
"""How far ahead a notice must come at least once; a little more than any year."""
LIFETIME = timedelta(days=40 * 365)
"""How far ahead a rare one is looked for: the rarest leap months come after decades."""


def review(
    sheet: NoticeSheet,
    hood: Neighbourhood | None,
    today: date,
    *,
    calendar: WorkCalendar,
    manners: Manners = DEFAULT_MANNERS,
) -> tuple[Problem, ...]:
    """Return the findings about the usable notices; with `hood` None nobody is looked up."""
    problems: list[Problem] = []
    series: dict[str, Trigger] = {}
    for notice in sheet.notices:
        found = Findings(sheet.blocks[notice.id])
        if hood:
            _check_audience(found, hood)
        for trigger, line in _lines(notice, found):
            if trigger.rank is not Rank.EVENT:
                _check_coming(found, line, trigger, _span(notice, today), calendar)
                _check_quiet(found, line, trigger, today, manners)
            _check_series(found, line, trigger, series)
            if isinstance(trigger.rule, WorkingDays):
                _check_years(found, line, today, calendar)
        _check_everyday(found, notice)
        problems += found.problems
    return tuple(problems)


def _lines(notice: Notice, found: Findings) -> list[tuple[Trigger, int]]:
    """Return the triggers with the lines on which they stand."""
    written = (one.line for one in found.block.all("触发") if one.value)
    return list(zip(notice.triggers, written, strict=True))


def _span(notice: Notice, today: date) -> tuple[datetime, datetime]:
    start = datetime.combine(today, time(), ZONE)
    if not notice.valid_until:
        return start, start + HORIZON
    ends = datetime.combine(notice.valid_until, time.max, ZONE)
    return start, min(ends, start + HORIZON)


def _check_audience(found: Findings, hood: Neighbourhood) -> None:
    for one in found.block.all("受众"):
        for word in split_list(one.value):
            try:
                heard = chats_of(word, hood)
            except AudienceError as wrong:
                found.add(one.line, "受众", "error", str(wrong), HOW_TO_ADDRESS)
                continue
            if not heard:
                what = f"受众“{word}”现在没有群也没有人"
                found.add(one.line, "受众", "warning", what, "先登记群或人，或者换一个受众")


def _check_coming(
    found: Findings,
    line: int,
    trigger: Trigger,
    span: tuple[datetime, datetime],
    calendar: WorkCalendar,
) -> None:
    if not any(trigger.occurrences(*span, calendar)):
        what = f"“{trigger.text}”在有效期内（往后看 {HORIZON.days} 天）一次也不会到"
        later = next(trigger.occurrences(span[0], span[0] + LIFETIME, calendar), None)
        if later and later > span[0] + HORIZON:  # a leap month, a 29th of February
            what = f"{what}；下一次是 {later.date()}"
        found.add(line, "触发", "warning", what, "改触发的日期，或延长有效期")


def _check_quiet(
    found: Findings, line: int, trigger: Trigger, today: date, manners: Manners
) -> None:
    at = datetime.combine(today, trigger.clock, ZONE)
    if manners.is_quiet(at):
        what = f"{at:%H:%M} 在免打扰时段，会推到 {manners.first_loud(at):%H:%M} 再发"
        found.add(line, "触发", "warning", what, "改到免打扰时段以外")


def _check_series(found: Findings, line: int, trigger: Trigger, series: dict[str, Trigger]) -> None:
    """Find a series whose name stands with two times: that makes two series."""
    if not trigger.series:
        return
    first = series.setdefault(trigger.series, trigger)
    if (first.rule, first.clock) != (trigger.rule, trigger.clock):
        what = f"“{trigger.text}”和“{first.text}”是两个系列"
        found.add(line, "触发", "warning", what, "同一系列写同一个时间，或者改名")


def _check_years(found: Findings, line: int, today: date, calendar: WorkCalendar) -> None:
    for year in dict.fromkeys((today.year, (today + HORIZON).year)):
        calendar.is_working(today.replace(year=year, day=1))
        if year in calendar.unknown_years:
            what = f"{year} 年的放假和调休还不知道，先按周一到周五算工作日"
            found.add(
                line,
                "触发",
                "warning",
                what,
                "放假安排公布后升级程序，或在 linli.toml 写 [hours] holidays、workdays",
            )


def _check_everyday(found: Findings, notice: Notice) -> None:
    one = found.block.first("提醒")
    if one and notice.daily and not notice.is_everyday:
        what = "“提醒：日常”对“受众：全部”不起作用，每周仍按限额发"
        found.add(one.line, "提醒", "warning", what, "受众改成角色或地点，或删掉这一行")
