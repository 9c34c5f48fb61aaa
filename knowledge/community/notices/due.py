"""What is due: a notice, its planned time and the chats that have not had it yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.community.notices.trigger_days import Rank

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from knowledge.community.days.calendar import WorkCalendar
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.trigger import Trigger

GRACE = timedelta(days=3)
"""How far a notice may move from its planned time (CONTRACT §3.2)."""

_LONE = frozenset({Rank.ROTATION, Rank.EVENT})
"""Ranks whose time does not belong to one notice."""


@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """One planned time of a notice; it never moves on to or past the day of its `following` one.

    Each is equal to itself only, so that it is a cheap key.
    """

    notice: Notice
    planned: datetime
    rank: Rank
    chats: tuple[str, ...]
    following: date | None = None

    @property
    def theme(self) -> str | None:
        """What a week counts it under; None = no week counts it."""
        everyday = self.rank is Rank.DAILY and self.notice.is_everyday
        return None if everyday else self.notice.topic


def own_times(
    notice: Notice, start: datetime, end: datetime, calendar: WorkCalendar
) -> Iterator[tuple[datetime, Rank, date | None]]:
    """The notice's own planned times in [start, end) with their rank and the day of the next one.

    Two lines 触发 that meet are one time, of the better rank; rotation and events are not its own.
    """
    ranks: dict[datetime, Rank] = {}
    for trigger in notice.triggers:
        if trigger.rank not in _LONE:
            for moment in trigger.occurrences(start, end + GRACE, calendar):
                ranks[moment] = min(trigger.rank, ranks.get(moment, trigger.rank))
    for moment, following in _with_next(sorted(ranks)):
        if moment < end:
            yield moment, ranks[moment], following


def rank_at(notice: Notice, planned: datetime, calendar: WorkCalendar) -> Rank:
    """The rank at which the notice was due then; that of a rotation if no line of its own fits."""
    own = (one for one in notice.triggers if one.rank not in _LONE and one.hits(planned, calendar))
    return min((one.rank for one in own), default=Rank.ROTATION)


def series_times(
    trigger: Trigger, start: datetime, end: datetime, calendar: WorkCalendar
) -> Iterator[tuple[datetime, date | None]]:
    """The planned times of a series in [start, end), each with the day of the next one."""
    moments = list(trigger.occurrences(start, end + GRACE, calendar))
    return ((moment, following) for moment, following in _with_next(moments) if moment < end)


def _with_next(moments: list[datetime]) -> Iterator[tuple[datetime, date | None]]:
    for moment, following in pairwise([*moments, None]):
        if moment:
            yield moment, following.date() if following else None
