"""One unit of work: what an action may read and where it writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.notices.manners import DEFAULT_MANNERS, Manners
from knowledge.community.notices.timetable import NO_TIMETABLE, Timetable
from knowledge.community.words.scams import NO_SCAMS, KnownScams

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from random import Random

    from sqlalchemy.orm import Session

    from handlers.messages import ChatRef, Event
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.faq.opinion import Opinions
    from knowledge.faq.shelf import View

END = "好了:"
"""Marks, before a party, that only words of an end are awaited from them: what they reported may mend itself."""

OUTAGE = "也停:"
"""Stands for everybody in a group where an outage was just told of: 我家也停了 is awaited."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that actions and clocks obey."""

    bot_name: str = "社区小助手"
    aliases: tuple[str, ...] = ("小助手",)
    channels: tuple[str, ...] = ("web",)
    """Channels in the order in which a person is pushed to."""
    service_hours: tuple[time, time] = (time(8, 30), time(21, 0))
    duty_phone: str = ""
    manners: Manners = DEFAULT_MANNERS
    loudspeakers: frozenset[str] = frozenset()
    """Channels that read a notice's 【广播】 aloud and hear nothing else."""
    push_budget: int = 20
    """Ordinary task messages that a person gets one by one on one day; the others come together."""
    office: str = ""
    """Where the community's office is and when it is open, in one line; empty = not said."""
    page_url: str = ""
    """Public address of the pages, without a slash at the end; empty = no links are sent."""
    faq_folder: Path = Path("faq")
    """Where the entries stand."""
    allow_links: tuple[str, ...] = ()
    two_person: bool = False
    """Whether a change of an answer waits until a second editor publishes it."""

    @property
    def names(self) -> tuple[str, ...]:
        """All that the bot is called by."""
        return (self.bot_name, *self.aliases)


@dataclass(slots=True)
class Work:
    """A savepoint's worth of work; the edge that made it commits."""

    session: Session
    now: datetime
    hood: Neighbourhood
    faq: View
    rules: Rules
    chance: Random
    cause: str
    """Names what made us act (inbox:17, clock:ticket:3:5 …): the root of outbox keys."""
    expect: Callable[[ChatRef, str, datetime], None]
    """Tells the gate that a party's short words in a chat matter until a moment."""
    away: frozenset[str] = frozenset()
    """People on leave at `now`."""
    opinions: Opinions | None = None
    """What a language model has said of doubtful questions; None = none is asked."""
    event: Event | None = None
    """What is being answered, if anything."""
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    scams: KnownScams = NO_SCAMS
    timetable: Timetable = NO_TIMETABLE
    known: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """What was looked up already for this unit (what is awaited, how guests are called)."""
    told: int = 0
    """Messages queued so far in this unit: makes their keys distinct."""

    @property
    def chat(self) -> ChatRef | None:
        """The chat in which we are being spoken to."""
        return self.event.chat if self.event else None
