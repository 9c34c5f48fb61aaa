"""Everything that happens by itself, in the order in which it is looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.manners import manners_of
from scheduler.anchors import Anchors
from scheduler.calendar import CalendarHeart
from scheduler.deadlines import Deadlines
from scheduler.digests import DigestHeart
from scheduler.expiry import ExpiryHeart
from scheduler.freshness import Freshness
from scheduler.leaves import LeaveHeart
from scheduler.notices import NoticeHeart
from scheduler.photos import PhotoHeart
from scheduler.relays import RelayHeart
from scheduler.reminders import ReminderHeart
from scheduler.retention import Retention
from scheduler.timetable import TimetableHeart

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.media import MediaStore
    from bot.papers import Papers
    from bot.town import Town
    from handlers.work import Rules
    from knowledge.community.days.calendar import WorkCalendar
    from scheduler.heart import Heart


class Living(Protocol):
    """What the hearts look at: the parts of the application that they need."""

    settings: Settings
    rules: Rules
    papers: Papers
    town: Town
    calendar: WorkCalendar
    media: MediaStore


def hearts_of(app: Living) -> tuple[Heart, ...]:
    """Return the hearts of an application; each looks at its files and its town anew."""
    settings, papers = app.settings, app.papers
    return (
        Deadlines(),
        NoticeHeart(
            lambda: papers.notices,
            lambda: app.town.hood,
            app.calendar,
            manners_of(settings),
            frozenset(app.rules.channels),
        ),
        RelayHeart(),
        TimetableHeart(lambda: papers.timetable),
        Freshness(lambda: papers.notices),
        PhotoHeart(),
        Anchors(),
        DigestHeart(),
        ReminderHeart(),
        LeaveHeart(),
        CalendarHeart(app.calendar),
        ExpiryHeart(lambda: papers.faq.current),
        Retention(timedelta(hours=settings.retention.raw_hours), app.media.sweep),
    )
