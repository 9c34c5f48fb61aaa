"""When notices keep silent, and how much of them a chat must bear."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from knowledge.community.days.zone import local

if TYPE_CHECKING:
    from collections.abc import Mapping

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Manners:
    """Quiet hours as [from, to) of the local day, and budgets per chat (research/civic.md §4.1).

    `jitter_minutes` spreads sendings, only ever later; 0 = exactly on time. `apart_minutes` keeps
    groups that share people apart where their day allows it; 0 = they hear it at once.
    """

    quiet: tuple[tuple[time, time], ...] = (
        (time(21, 30), time(8, 0)),
        (time(12, 30), time(14, 30)),
    )
    per_day: int = 1
    per_week: int = 2
    per_theme_week: int = 1
    jitter_minutes: int = 0
    apart_minutes: int = 0
    paces: Mapping[str, int] = field(default_factory=dict, hash=False)
    """Chats ("channel:id") that want fewer (-1) or more (+1) than the usual number a week."""

    def weekly(self, chat: str) -> int:
        """How many notices a week this chat bears: half as many, or one more, by its own wish."""
        pace = self.paces.get(chat, 0)
        return max(1, self.per_week // 2) if pace < 0 else self.per_week + pace

    def is_quiet(self, moment: datetime) -> bool:
        """Whether notices keep silent at this moment."""
        return self._quiet_until(local(moment)) is not None

    def first_loud(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours in which it lies."""
        moment = local(moment)
        for _ in self.quiet:  # one quiet time may end inside another
            if (until := self._quiet_until(moment)) is None:
                break
            moment = until
        return moment

    def loud_until(self, moment: datetime) -> datetime:
        """The end of the hours in which a loud moment lies: quiet ones begin, or the next day."""
        moment = local(moment)
        midnight = datetime.combine(moment.date() + _ONE_DAY, time(), moment.tzinfo)
        starts = (datetime.combine(moment.date(), start, moment.tzinfo) for start, _ in self.quiet)
        return min((start for start in starts if start > moment), default=midnight)

    def spread(self, seed: str, at: datetime) -> datetime:
        """Put off by up to the jitter, the same each time for a seed, never into quiet hours."""
        chance = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
        later = at + timedelta(minutes=chance % (self.jitter_minutes + 1))
        return at if self.is_quiet(later) else later

    def _quiet_until(self, moment: datetime) -> datetime | None:
        clock = moment.time()
        for start, end in self.quiet:
            over_night = start > end
            if start <= clock < end or (over_night and (clock >= start or clock < end)):
                days = _ONE_DAY if over_night and clock >= start else timedelta()
                return datetime.combine(moment.date() + days, end, moment.tzinfo)
        return None


DEFAULT_MANNERS = Manners()


def still_makes_sense(
    planned: datetime,
    now: datetime,
    newer_exists: bool,  # noqa: FBT001 -- the third fact of the rule, named by its caller
    manners: Manners = DEFAULT_MANNERS,
) -> bool:
    """Whether a notice missed at `planned` is still sent `now`.

    Only on the same local day, never in quiet hours, and not when a newer one of its series (or
    a newer sending of itself) is due by now as well (research/trust.md §5).
    """
    same_day = local(planned).date() == local(now).date()
    return same_day and not newer_exists and not manners.is_quiet(now)
