"""From the settings to the few rules that actions obey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.manners import manners_of
from handlers.work import Rules
from knowledge.community.days.calendar import WorkCalendar

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings


def rules_of(settings: Settings, folder: Path, channels: tuple[str, ...]) -> Rules:
    """Return what actions need of the settings; people are pushed to on `channels`, in order."""
    return Rules(
        bot_name=settings.bot.name,
        aliases=settings.bot.aliases,
        channels=channels,
        service_hours=settings.hours.service,
        push_budget=settings.hours.push_budget,
        duty_phone=settings.bot.duty_phone,
        manners=manners_of(settings),
        loudspeakers=frozenset(
            name for name, hook in settings.channels.hook.items() if hook.loudspeaker
        ),
        office=settings.community.office,
        page_url=settings.web.public_url,
        faq_folder=folder / "faq",
        allow_links=settings.faq.allow_links,
        two_person=settings.faq.two_person,
    )


def calendar_of(settings: Settings) -> WorkCalendar:
    """Return the working days: what the settings name goes before what the library knows."""
    extra = dict.fromkeys(settings.hours.holidays, False)
    return WorkCalendar(extra | dict.fromkeys(settings.hours.workdays, True))
