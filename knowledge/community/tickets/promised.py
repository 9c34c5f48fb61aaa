"""By when a ticket was promised to be taken up and to be solved, counted from its filing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.community.days.zone import day_and_hour, local, to_utc
from knowledge.community.tickets.course import Clock, Course
from knowledge.community.tickets.promise import Unit, promise_of
from knowledge.community.tickets.ticket import State
from knowledge.community.tickets.timers import Reckoning

if TYPE_CHECKING:
    from datetime import date, datetime

    from knowledge.community.days.hours import Days, Hours
    from knowledge.community.tickets.account import Account
    from knowledge.community.tickets.ticket import Kind, Lane

    _Days = dict[tuple[date, bool], datetime]
    """The end for what was filed on a day before the end of its service, and after it."""

_BY_DAY = frozenset({Unit.WORKING_DAYS, Unit.DAYS})
"""Lengths that end at the same moment for all that was filed in one day's service."""


class Promises:
    """The first promise of every ticket: no second chance by climbing, handing on or re-opening."""

    def __init__(self, days: Days, hours: Hours) -> None:
        self._days, self._hours = days, hours
        self._ends: dict[tuple[Clock, Lane, Kind], _Days | timedelta | None] = {}
        """By matter: what each day's filings end at, or their length by day and night, or neither."""

    def contact(self, account: Account) -> datetime:
        """By when somebody had to take it up; the ticket must have been filed."""
        return self._end(Clock.CLAIM, account)

    def solving(self, account: Account) -> datetime:
        """By when it had to be solved, later by every wait for the reporter."""
        return self._end(Clock.SOLVE, account, account.pauses)

    def _end(
        self, clock: Clock, account: Account, pauses: tuple[tuple[datetime, datetime], ...] = ()
    ) -> datetime:
        filed = account.filed
        if filed is None:
            raise ValueError(account.no)
        matter = (clock, account.lane, account.kind)
        if matter not in self._ends:
            self._ends[matter] = _kept(*matter)
        known = self._ends[matter]
        if pauses or known is None:
            return self._reckon(clock, account, filed, pauses)
        if isinstance(known, timedelta):
            return filed + known
        key = self._day(filed)
        end = known.get(key)
        if end is None:
            # In UTC, as all moments that it is compared with.
            end = known[key] = to_utc(self._reckon(clock, account, filed, ()))
        return end

    def _day(self, filed: datetime) -> tuple[date, bool]:
        """On which day it was filed, and whether before the end of its service."""
        day, hour = day_and_hour(filed)
        closes = self._hours.closes
        if hour != closes.hour:
            return day, hour < closes.hour
        return day, local(filed).time() < closes

    def _reckon(
        self,
        clock: Clock,
        account: Account,
        filed: datetime,
        pauses: tuple[tuple[datetime, datetime], ...],
    ) -> datetime:
        lane: Lane = account.lane
        kind: Kind = account.kind
        course = Course(
            State.NEW, filed, filed, filed, filed, lane=lane, kind=kind, pauses=list(pauses)
        )
        return Reckoning(course, self._days, self._hours).promised(clock, filed)


def _kept(clock: Clock, lane: Lane, kind: Kind) -> _Days | timedelta | None:
    promise = promise_of(lane, kind)
    length = promise.solve if clock is Clock.SOLVE else promise.claim
    if length.unit is Unit.MINUTES:
        return timedelta(minutes=length.count)
    return {} if length.unit in _BY_DAY else None
