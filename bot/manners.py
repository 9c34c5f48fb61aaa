"""From the settings to the manners of notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.notices.manners import Manners

if TYPE_CHECKING:
    from bot.config import Settings


def manners_of(settings: Settings) -> Manners:
    """Return the quiet hours, budgets and spread of notices."""
    section = settings.notices
    return Manners(
        quiet=settings.hours.quiet,
        per_day=section.per_day,
        per_week=section.per_week,
        per_theme_week=section.per_theme_week,
        jitter_minutes=section.jitter_minutes,
        apart_minutes=section.apart_minutes,
    )
