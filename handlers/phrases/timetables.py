"""What is answered about classes and service days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.moments import WEEKDAYS
from handlers.phrases.names import named
from knowledge.files.bodies import SHORT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time

    from knowledge.community.notices.timetable import Sitting

_NEAR = {0: "今天", 1: "明天", 2: "后天"}
DAYS_OF_WEEK = 7
LINES = 5
"""Activities in one answer."""


def day_name(day: date, today: date) -> str:
    """`今天（周一）`, `12月7日（周一）`."""
    near = _NEAR.get((day - today).days, f"{day.month}月{day.day}日")
    return f"{near}（周{WEEKDAYS[day.weekday()]}）"


def told(name: str, sittings: Sequence[Sitting], today: date) -> str:
    """List what takes place, one line each, the day said once."""
    days = list(dict.fromkeys(one.at.date() for one in sittings))
    single = len(days) == 1
    head = f"{named(name)}{day_name(days[0], today)}：" if single else f"{named(name)}这几天："
    lines = [head]
    for one in sittings:
        line = _line(one, today, with_day=not single)
        if len("\n".join([*lines, line])) > SHORT_LIMIT - 8 or len(lines) > LINES:
            lines.append(f"一共 {len(sittings)} 项")
            break
        lines.append(line)
    return "\n".join(lines)


def nothing(name: str, what: str, days: Sequence[date], today: date, after: Sitting | None) -> str:
    """Nothing takes place then; `after` is what comes next."""
    when = day_name(days[0], today) if len(days) == 1 else "这几天"
    more = f"\n下一次：{_line(after, today, with_day=True)}" if after else ""
    return f"{named(name)}{when}没有排{what}。{more}"


def undecided(title: str, day: date, today: date, holiday: str) -> str:
    """Ask an administrator whether something takes place on a holiday."""
    iso = day.isoformat()
    return (
        f"{day_name(day, today)}是{holiday}放假，“{title}”照常吗？\n"
        f"请在 timetable 文件夹那一条里加一行“照常：{iso}”或“停：{iso}”。没写之前，居民问起，我说还没定。"
    )


def _clock(at: datetime | time) -> str:
    return f"{at.hour}:{at.minute:02}"


def _brief(day: date, today: date) -> str:
    """`今天`, `周四` within a week, `12月7日`."""
    ahead = (day - today).days
    if 0 <= ahead < DAYS_OF_WEEK:
        return _NEAR.get(ahead, f"周{WEEKDAYS[day.weekday()]}")
    return f"{day.month}月{day.day}日"


def _line(one: Sitting, today: date, *, with_day: bool) -> str:
    until = f"–{_clock(one.end)}" if one.end else ""
    when = f"{_brief(one.at.date(), today)} " if with_day else ""
    if one.state == "off":
        return f"{when}{one.activity.title}：停{f'（{one.why}）' if one.why else ''}"
    if one.state == "open":
        return f"{when}{one.activity.title}：{one.why}放假，开不开还没定"
    place = f" · {one.activity.place}" if one.activity.place else ""
    return f"{when}{_clock(one.at)}{until} {one.activity.title}{place}"
