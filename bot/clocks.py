"""Where "now" comes from: the machine, the machine shifted, or a story."""

from __future__ import annotations

from datetime import datetime, timedelta

from knowledge.community.days.zone import ZONE


class SystemClock:
    """The machine's clock, begun at `start` (`--now`) and moved ahead by the demo's 快进."""

    def __init__(self, start: datetime | None = None) -> None:
        self.shift = timedelta()
        if start is not None:
            self.shift = start - self.now()

    def now(self) -> datetime:
        """Return the aware present moment."""
        return datetime.now(ZONE) + self.shift  # noqa: TID251 -- this is the Clock.

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` now; never backwards."""
        self.shift = max(self.shift, moment - self.now() + self.shift)


class VirtualClock:
    """A clock that only moves when told to."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(ZONE)

    def now(self) -> datetime:
        """Return the moment at which the story stands."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Jump to `moment`; never backwards."""
        self._now = max(self._now, moment.astimezone(ZONE))
