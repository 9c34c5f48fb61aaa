"""When a notice is due: the line 触发 as a rule of days and a time of day."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from knowledge.community.days.zone import ZONE, local
from knowledge.community.notices.recurrence import OnEvent
from knowledge.community.notices.trigger_days import FORMS, Rank, read_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.community.days.calendar import WorkCalendar
    from knowledge.community.notices.recurrence import Recurrence

_ONE_DAY = timedelta(days=1)
_CLOCK = re.compile(r"(?P<days>.*?) ?(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_ROTATION = re.compile(r"轮播 (?P<series>\S+) (?P<rest>.+)")
_HERE = "本小区"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A line 触发: the days, the time of day, its rank in a collision, its series if it rotates.

    `text` is the line in its plain form, as it is shown to people.
    """

    text: str
    rule: Recurrence
    clock: time
    rank: Rank
    series: str | None = None

    def occurrences(
        self, start: datetime, end: datetime, calendar: WorkCalendar
    ) -> Iterator[datetime]:
        """The planned times in [start, end), in order, aware in Asia/Shanghai; none for 事件."""
        start, end = local(start), local(end)
        for day in self.rule.days(start.date(), end.date() + _ONE_DAY, calendar):
            if start <= (moment := datetime.combine(day, self.clock, ZONE)) < end:
                yield moment

    def hits(self, moment: datetime, calendar: WorkCalendar) -> bool:
        """Whether the moment is one of the planned times."""
        return any(self.occurrences(moment, moment + timedelta(minutes=1), calendar))


def parse_trigger(text: str) -> Trigger:
    """Read a line 触发 (CONTRACT §3.2); raises ValueError.

    Its message is Chinese: what is wrong, a full stop, and how to write it.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if plain.startswith("事件"):
        return Trigger(plain, _read_event(plain), time(), Rank.EVENT)
    if plain.startswith("轮播"):
        return _read_rotation(plain)
    return _read_planned(plain)


def _read_planned(plain: str) -> Trigger:
    found = _CLOCK.fullmatch(plain)
    if not found:
        raise ValueError(f"“{plain}”看不懂，或者没有写几点。{FORMS}")
    try:
        clock = time(int(found["hour"]), int(found["minute"]))
    except ValueError:
        raise ValueError(
            f"没有“{found['hour']}:{found['minute']}”这个时刻。写 0:00 到 23:59"
        ) from None
    rank, rule = read_days(found["days"])
    return Trigger(f"{found['days']} {clock:%H:%M}", rule, clock, rank)


def _read_rotation(plain: str) -> Trigger:
    found = _ROTATION.fullmatch(plain)
    if not found:
        raise ValueError("轮播要写名称和时间。如“轮播 反诈 每周四 12:00”")
    inner = _read_planned(found["rest"])
    if inner.rank is Rank.DATED:
        raise ValueError("轮播的时间要能重复。如“轮播 反诈 每周四 12:00”")
    text = f"轮播 {found['series']} {inner.text}"
    return replace(inner, text=text, rank=Rank.ROTATION, series=found["series"])


def _read_event(plain: str) -> OnEvent:
    words = plain.removeprefix("事件").split()
    named = [word for word in words if word != _HERE]
    match named:
        case [kind]:
            return OnEvent(kind, local=_HERE in words)
        case [kind, level]:
            return OnEvent(kind, level, local=_HERE in words)
        case _:
            raise ValueError("事件要写种类。如“事件 气象 红色”或“事件 本小区 火情”")
