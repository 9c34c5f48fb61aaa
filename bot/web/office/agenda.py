"""The month and the next ten sendings of notices, from what was sent and from the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from handlers.actions.notices.paces import paces
from handlers.actions.notices.sending import recorded
from handlers.phrases.moments import WEEKDAYS
from knowledge.community.days.zone import ZONE, local
from knowledge.community.notices.planner import Done, Planned, plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from bot.web.visit import Visit

NEXT = 10
AHEAD = timedelta(days=62)
"""How far the list of the next ten looks."""
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
LATEST = 24
"""Months ahead that can be leafed to: the plan of a month in ten years would say nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice on one day: when, which, into how many chats, and whether it went out already."""

    at: datetime
    notice_id: str
    title: str
    chats: int
    sent: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of the month; `entries` of days outside it are left out."""

    on: date
    inside: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of seven days, Monday first, with the months before and after."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    before: str
    after: str

    @property
    def busy(self) -> list[Day]:
        """The days on which something is sent."""
        return [day for week in self.weeks for day in week if day.entries]


@dataclass(frozen=True, slots=True)
class Coming:
    """One of the next sendings in words."""

    notice_id: str
    when: str
    title: str
    reach: str
    why: str


def chosen_month(visit: Visit) -> date:
    """Return the first day of the month in the address, else of the present one."""
    today = local(visit.now).date()
    found = _MONTH.fullmatch(visit.request.query.get("month", ""))
    if not found:
        return today.replace(day=1)
    first = date(int(found[1]), int(found[2]), 1)
    months = (first.year - today.year) * 12 + first.month - today.month
    return first if abs(months) <= LATEST else today.replace(day=1)


@dataclass(frozen=True, slots=True)
class Past:
    """What a plan needs to know: what was decided before, and who wants fewer or more."""

    done: list[Done]
    paces: dict[str, int]


def past(session: Session, now: datetime) -> Past:
    """Return what the plan from now on goes by."""
    return Past(recorded(session, now), paces(session))


def planned_until(visit: Visit, end: datetime, before: Past) -> list[Planned]:
    """Return the plan from now on for the channels that run, without jitter; nothing of it is out."""
    found = plan(
        visit.app.papers.notices,
        visit.hood,
        visit.now,
        end,
        calendar=visit.app.calendar,
        manners=replace(visit.app.rules.manners, jitter_minutes=0, paces=before.paces),
        done=before.done,
    )
    reached = (replace(one, chats=running(visit, one.chats)) for one in found)
    return [one for one in reached if one.chats]


def running(visit: Visit, chats: Iterable[str]) -> tuple[str, ...]:
    """Leave out the groups of channels that do not run; people are found on another one."""
    channels = visit.app.rules.channels
    return tuple(chat for chat in chats if ":@" in chat or chat.split(":", 1)[0] in channels)


def month_of(visit: Visit, first: date, planned: Sequence[Planned], done: Sequence[Done]) -> Month:
    """Return the month with every day's sendings, past and to come."""
    entries = sorted([*_past(visit, done), *_future(visit, planned)], key=lambda one: one.at)
    by_day = {day: tuple(ones) for day, ones in groupby(entries, key=lambda one: one.at.date())}
    start = first - timedelta(days=first.weekday())
    following = (first + timedelta(days=32)).replace(day=1)
    end = following + timedelta(days=-following.weekday() % 7)
    days = [start + timedelta(days=number) for number in range((end - start).days)]
    cells = [
        Day(day, day.month == first.month, by_day.get(day, ()) if day.month == first.month else ())
        for day in days
    ]
    return Month(
        first=first,
        weeks=tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7)),
        before=f"{first - timedelta(days=1):%Y-%m}",
        after=f"{following:%Y-%m}",
    )


def next_ten(visit: Visit, planned: Iterable[Planned]) -> list[Coming]:
    """Return the next sendings in words, the nearest first."""
    titles = {notice.id: notice.title for notice in visit.app.papers.notices}
    going = sorted(
        (one for one in planned if one.at is not None), key=lambda one: (one.at, one.chats)
    )
    return [
        Coming(one.notice_id, said(one.at), titles[one.notice_id], reach(one.chats), one.why)
        for one in going[:NEXT]
        if one.at is not None
    ]


def said(at: datetime) -> str:
    """`12月3日 周四 10:00`."""
    at = local(at)
    return f"{at.month}月{at.day}日 周{WEEKDAYS[at.weekday()]} {at:%H:%M}"


def reach(chats: Sequence[str]) -> str:
    """`3 个群、12 个人`; a chat on several channels counts on each."""
    people = sum(":@" in chat for chat in chats)
    groups = len(chats) - people
    return "、".join(
        filter(None, (f"{groups} 个群" if groups else "", f"{people} 个人" if people else ""))
    )


def end_of(first: date, now: datetime) -> datetime:
    """Return until when has to be planned for a month and the next ten."""
    following = (first + timedelta(days=32)).replace(day=1)
    return max(datetime.combine(following, time(), ZONE), now + AHEAD)


def _past(visit: Visit, done: Sequence[Done]) -> list[Entry]:
    titles = {notice.id: notice.title for notice in visit.app.papers.notices}
    sent: dict[tuple[str, datetime], list[Done]] = {}
    for one in done:
        if one.at is not None:
            sent.setdefault((one.notice_id.partition("#")[0], one.planned), []).append(one)
    return [
        Entry(
            local(min(one.at for one in ones if one.at)),
            key[0],
            titles[key[0]],
            sum(bool(one.chat) for one in ones),
            sent=True,
        )
        for key, ones in sent.items()
        if key[0] in titles
    ]


def _future(visit: Visit, planned: Iterable[Planned]) -> list[Entry]:
    titles = {notice.id: notice.title for notice in visit.app.papers.notices}
    return [
        Entry(local(one.at), one.notice_id, titles[one.notice_id], len(one.chats), sent=False)
        for one in planned
        if one.at is not None
    ]
