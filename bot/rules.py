"""From the settings to the few rules that actions obey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.work import Rules

if TYPE_CHECKING:
    from bot.config import Settings


def rules_of(settings: Settings, channels: tuple[str, ...]) -> Rules:
    """Return what actions need of the settings; people are pushed to on `channels`, in order."""
    return Rules(
        bot_name=settings.bot.name,
        aliases=settings.bot.aliases,
        channels=channels,
        service_hours=settings.hours.service,
        quiet=settings.hours.quiet,
        duty_phone=settings.bot.duty_phone,
        office=settings.community.office,
        page_url=settings.web.public_url,
    )
