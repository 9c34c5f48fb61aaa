"""By when a ticket was promised to be taken up and to be solved, counted from its filing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.course import Clock, Course
from knowledge.community.promise import Unit, promise_of
from knowledge.community.ticket import State
from knowledge.community.timers import Reckoning
from knowledge.community.zone import local

if TYPE_CHECKING:
    from datetime import date, datetime

    from knowledge.community.account import Account
    from knowledge.community.hours import Days, Hours
    from knowledge.community.ticket import Kind, Lane

_BY_DAY = frozenset({Unit.WORKING_DAYS, Unit.DAYS})
"""Lengths that end at the same moment for all that was filed in one day's service."""


class Promises:
    """The first promise of every ticket: no second chance by climbing, handing on or re-opening."""

    def __init__(self, days: Days, hours: Hours) -> None:
        self._days, self._hours = days, hours
        self._ends: dict[tuple[Clock, Lane, Kind], dict[tuple[date, bool], datetime] | None] = {}
        """By matter, the end for a day's filings before and after its service; None = by minutes."""

    def contact(self, account: Account) -> datetime:
        """By when somebody had to take it up; the ticket must have been filed."""
        return self._end(Clock.CLAIM, account)

    def solving(self, account: Account) -> datetime:
        """By when it had to be solved, later by every wait for the reporter."""
        return self._end(Clock.SOLVE, account, account.pauses)

    def _end(
        self, clock: Clock, account: Account, pauses: list[tuple[datetime, datetime]] | None = None
    ) -> datetime:
        filed = account.filed
        if filed is None:
            raise ValueError(account.no)
        matter = (clock, account.lane, account.kind)
        if matter not in self._ends:
            self._ends[matter] = {} if _unit(*matter) in _BY_DAY else None
        known = self._ends[matter]
        if pauses or known is None:
            return self._reckon(clock, account, filed, pauses or [])
        at = local(filed)
        key = (at.date(), at.time() < self._hours.closes)
        if key not in known:
            known[key] = self._reckon(clock, account, filed, [])
        return known[key]

    def _reckon(
        self,
        clock: Clock,
        account: Account,
        filed: datetime,
        pauses: list[tuple[datetime, datetime]],
    ) -> datetime:
        lane: Lane = account.lane
        kind: Kind = account.kind
        course = Course(
            State.NEW, filed, filed, filed, filed, lane=lane, kind=kind, pauses=list(pauses)
        )
        return Reckoning(course, self._days, self._hours).promised(clock, filed)


def _unit(clock: Clock, lane: Lane, kind: Kind) -> Unit:
    promise = promise_of(lane, kind)
    return (promise.solve if clock is Clock.SOLVE else promise.claim).unit
