"""A 轮播 series: which of its notices has its turn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from knowledge.community.days.zone import local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.community.days.calendar import WorkCalendar
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.trigger import Trigger

_NEVER = datetime.min.replace(tzinfo=UTC)


class Rotation:
    """The notices that carry one line 轮播, in file order; none repeats until all were shown."""

    def __init__(self, trigger: Trigger) -> None:
        self.trigger = trigger
        self.members: list[Notice] = []
        self._shown: dict[str, datetime] = {}
        self._fixed: dict[datetime, str] = {}

    def remember(
        self, notice_id: str, planned: datetime, calendar: WorkCalendar, *, shown: bool
    ) -> None:
        """Take over what was decided before, if it was a turn of this series."""
        if any(one.id == notice_id for one in self.members) and self.trigger.hits(
            planned, calendar
        ):
            self._fixed[planned] = notice_id
            if shown:
                self.show(notice_id, planned)

    def turn(self, planned: datetime, audible: set[str]) -> Notice | None:
        """Return the notice whose turn it is: the one shown longest ago, never before first.

        Expired ones and those outside `audible` (ids that reach anybody) are passed over.
        """
        if fixed := self._fixed.get(planned):
            return next(one for one in self.members if one.id == fixed)
        able = [
            one
            for one in self.members
            if one.id in audible and not one.unusable(local(planned).date())
        ]
        return min(able, key=lambda one: self._shown.get(one.id, _NEVER), default=None)

    def show(self, notice_id: str, planned: datetime) -> None:
        """Note that a notice had its turn."""
        self._shown[notice_id] = max(planned, self._shown.get(notice_id, _NEVER))


def rotations(notices: Iterable[Notice]) -> list[Rotation]:
    """Return the series of all notices in file order; equal lines, however spelt, are one."""
    found: dict[object, Rotation] = {}
    for notice in notices:
        for trigger in notice.triggers:
            if trigger.series:
                key = (trigger.series, trigger.rule, trigger.clock)
                series = found.setdefault(key, Rotation(trigger))
                if notice not in series.members:
                    series.members.append(notice)
    return list(found.values())
