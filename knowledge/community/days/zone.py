"""The neighbourhood's own time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
"""Default zone of everything that people read or write (CONTRACT: Asia/Shanghai)."""


def local(moment: datetime) -> datetime:
    """Return an aware moment in the neighbourhood's zone; raises ValueError when naive."""
    return _aware(moment).astimezone(ZONE)


def day_and_hour(moment: datetime) -> tuple[date, int]:
    """Return the local day and hour of a moment in UTC: for those who ask of a hundred thousand."""
    return _day_and_hour(moment.date(), moment.hour)


@lru_cache(maxsize=2048)
def _day_and_hour(day: date, hour: int) -> tuple[date, int]:
    at = local(datetime.combine(day, time(hour), UTC))
    return at.date(), at.hour


def to_utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC; raises ValueError when naive."""
    return _aware(moment).astimezone(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        message = "a moment without a zone"
        raise ValueError(message)
    return moment
