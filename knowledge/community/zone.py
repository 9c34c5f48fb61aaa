"""The neighbourhood's own time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
"""Default zone of everything that people read or write (CONTRACT: Asia/Shanghai)."""


def local(moment: datetime) -> datetime:
    """Return an aware moment in the neighbourhood's zone; raises ValueError when naive."""
    return _aware(moment).astimezone(ZONE)


def to_utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC; raises ValueError when naive."""
    return _aware(moment).astimezone(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        message = "a moment without a zone"
        raise ValueError(message)
    return moment
