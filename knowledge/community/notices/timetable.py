"""Classes, service days and other regular things: what takes place on a day, holidays counted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from knowledge.community.days.zone import ZONE
from knowledge.community.notices.recurrence import OnEvent
from knowledge.community.notices.trigger import parse_trigger
from knowledge.files.blocks import split_list
from knowledge.files.checks import Form, check_form, read_date, read_id
from knowledge.files.dates import HOW_TO_WRITE, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.community.days.calendar import WorkCalendar
    from knowledge.community.notices.trigger import Trigger
    from knowledge.files.checks import Findings

FORM = Form(
    fields=("编号", "类型", "时间", "地点", "节假日", "停", "照常", "有效期"),
    repeated=frozenset({"时间", "停", "照常"}),
    aliases={"触发": "时间", "几点": "时间", "地方": "地点", "停课": "停", "放假": "节假日"},
)
State = Literal["on", "off", "open"]
ON_HOLIDAYS: dict[str, State] = {"停": "off", "照常": "on", "待定": "open"}
"""What a line 节假日 says of a day off by law; without the line nobody knows: 待定."""
FORTNIGHT = 14
"""Days ahead in which the next sitting is looked for."""
_UNTIL = re.compile(r"(?P<start>.*\d{1,2}:\d{2})\s*[-~–—到至]\s*(?P<end>\d{1,2}:\d{2})")


@dataclass(frozen=True, slots=True)
class Activity:
    """A regular thing; `times` are its rules, each with the time of day at which it ends."""

    id: str
    title: str
    kind: str = "课"
    times: tuple[tuple[Trigger, time | None], ...] = ()
    place: str = ""
    holidays: State = "open"
    off: frozenset[date] = field(default_factory=frozenset)
    on: frozenset[date] = field(default_factory=frozenset)
    valid_until: date | None = None

    def sittings(self, day: date, calendar: WorkCalendar) -> Iterator[Sitting]:
        """What of it falls on a day, called off or not."""
        if self.valid_until and day > self.valid_until:
            return
        start = datetime.combine(day, time(), ZONE)
        state, why = self._state(day, calendar)
        for trigger, end in self.times:
            for at in trigger.occurrences(start, start + timedelta(days=1), calendar):
                yield Sitting(self, at, end, state, why)

    def _state(self, day: date, calendar: WorkCalendar) -> tuple[State, str]:
        if day in self.off:
            return "off", ""
        holiday = calendar.holiday_of(day)
        if day in self.on or not holiday:
            return "on", ""
        return self.holidays, holiday


@dataclass(frozen=True, slots=True)
class Sitting:
    """One time of an activity: `state` on, off, or open = nobody has decided; `why` a holiday."""

    activity: Activity
    at: datetime
    end: time | None
    state: State
    why: str


class Timetable:
    """All activities of a neighbourhood."""

    def __init__(self, activities: Iterable[Activity] = ()) -> None:
        self.activities = tuple(activities)

    def on(self, day: date, calendar: WorkCalendar) -> list[Sitting]:
        """Return what the day holds, in order, also what is called off."""
        found = [one for each in self.activities for one in each.sittings(day, calendar)]
        return sorted(found, key=lambda one: one.at)

    def next_after(self, day: date, calendar: WorkCalendar) -> Sitting | None:
        """Return the next sitting that takes place in the fortnight after a day."""
        ahead = (day + timedelta(days=number) for number in range(1, FORTNIGHT + 1))
        sittings = (one for each in ahead for one in self.on(each, calendar))
        return next((one for one in sittings if one.state == "on"), None)


NO_TIMETABLE = Timetable()


def read_activity(found: Findings) -> Activity:
    """Return the activity of a block."""
    block = found.block
    check_form(found, FORM)
    kind, place = block.first("类型"), block.first("地点")
    return Activity(
        id=read_id(found) or block.title,
        title=block.title,
        kind=kind.value if kind and kind.value else "课",
        times=_times(found),
        place=place.value if place else "",
        holidays=_holidays(found),
        off=_days(found, "停"),
        on=_days(found, "照常"),
        valid_until=read_date(found, "有效期"),
    )


def _times(found: Findings) -> tuple[tuple[Trigger, time | None], ...]:
    written = [one for one in found.block.all("时间") if one.value]
    if not written:
        mend = "加一行，如“时间：每周一 9:30-11:00”"
        found.add(found.block.line, "时间", "error", "没有写什么时间", mend)
    times = []
    for one in written:
        try:
            times.append(_time(one.value))
        except ValueError as wrong:
            what, _, mend = str(wrong).partition("。")
            found.add(one.line, "时间", "error", what, mend or "如“时间：每周一 9:30-11:00”")
    return tuple(times)


def _time(written: str) -> tuple[Trigger, time | None]:
    plain = unicodedata.normalize("NFKC", written)
    until = _UNTIL.fullmatch(plain.strip())
    trigger = parse_trigger(until["start"] if until else plain)
    if isinstance(trigger.rule, OnEvent) or trigger.series:
        raise ValueError("活动的时间不能写“事件”“轮播”。如“时间：每周一 9:30-11:00”")
    end = time.fromisoformat(until["end"].zfill(5)) if until else None
    if end is not None and end <= trigger.clock:
        raise ValueError(f"“{written}”结束得比开始早。如“时间：每周一 9:30-11:00”")
    return trigger, end


def _holidays(found: Findings) -> State:
    one = found.block.first("节假日")
    if one and one.value and one.value not in ON_HOLIDAYS:
        mend = f"只能写：{'、'.join(ON_HOLIDAYS)}"
        found.add(one.line, "节假日", "error", f"“{one.value[:8]}”不能用", mend)
    return ON_HOLIDAYS.get(one.value, "open") if one else "open"


def _days(found: Findings, name: str) -> frozenset[date]:
    days = set()
    for one in found.block.all(name):
        for written in split_list(one.value):
            try:
                day = parse_date(written)
            except ValueError as wrong:
                found.add(one.line, name, "error", str(wrong), HOW_TO_WRITE)
                continue
            days |= {day} if day else set()
    return frozenset(days)
