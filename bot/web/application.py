"""What the pages need of the running application (`bot.app.App` has it all)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime, timedelta
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.config import Settings
    from bot.media import MediaStore
    from bot.roles.role import Role
    from bot.semantic.adviser import Adviser
    from bot.stalls import Stalls
    from handlers.messages import Channel, Clock, Event
    from handlers.work import Rules, Work
    from knowledge.community.days.calendar import WorkCalendar
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.notice_folder import NoticeSheet
    from knowledge.community.notices.timetable import Timetable
    from knowledge.community.words.scams import KnownScams
    from knowledge.faq.shelf import Shelf
    from knowledge.files.problem import Problem
    from knowledge.store.database import Database

T = TypeVar("T")


class Town(Protocol):
    """The neighbourhood as it stands now."""

    @property
    def hood(self) -> Neighbourhood:
        """Places, people and chats."""
        ...

    def away(self, now: datetime) -> frozenset[str]:
        """People on leave at that moment."""
        ...


class Papers(Protocol):
    """The files that editors keep, as read last."""

    @property
    def faq(self) -> Shelf:
        """The questions and answers."""
        ...

    @property
    def links(self) -> Collection[str]:
        """The domains that answers and notices may link to."""
        ...

    @property
    def scams(self) -> KnownScams:
        """The known swindles."""
        ...

    @property
    def timetable(self) -> Timetable:
        """Classes and service days."""
        ...

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files of the notices."""
        ...

    @property
    def sheet(self) -> NoticeSheet | None:
        """The files of the notices with their lines; None before the first reading."""
        ...

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All notices that can be sent."""
        ...


class Application(Protocol):
    """The one application behind chat, pages, clock and command line."""

    @property
    def role(self) -> Role:
        """What this process does."""
        ...

    @property
    def silence(self) -> float:
        """Seconds since its heart has beaten."""
        ...

    @property
    def settings(self) -> Settings:
        """Everything that the operator has set."""
        ...

    @property
    def rules(self) -> Rules:
        """Settings that actions obey."""
        ...

    @property
    def database(self) -> Database:
        """The one door to the database."""
        ...

    @property
    def clock(self) -> Clock:
        """Where "now" comes from."""
        ...

    @property
    def folder(self) -> Path:
        """The data folder with the files that editors keep."""
        ...

    @property
    def papers(self) -> Papers:
        """These files as read last."""
        ...

    @property
    def adviser(self) -> Adviser | None:
        """Who asks a language model for a second opinion, if one is set up."""
        ...

    @property
    def calendar(self) -> WorkCalendar:
        """Working days."""
        ...

    @property
    def town(self) -> Town:
        """The neighbourhood."""
        ...

    @property
    def media(self) -> MediaStore:
        """The pictures."""
        ...

    @property
    def channels(self) -> Mapping[str, Channel]:
        """The channels that run, by name."""
        ...

    @property
    def stalls(self) -> Stalls:
        """How long the loop was held up."""
        ...

    @property
    def demo(self) -> bool:
        """Whether this database is a demo: only then 快进 and `/as/` exist."""
        ...

    async def hear(self, event: Event, beside: Callable[[Session], None] | None = None) -> bool:
        """Take in an event; False when its id is known. `beside` joins the transaction."""
        ...

    async def act(self, cause: str, deed: Callable[[Work], T], event: Event | None = None) -> T:
        """Do one deed as one transaction, then deliver; refusals come through."""
        ...

    def work(self, session: Session, cause: str, event: Event | None = None) -> Work:
        """Return a unit of work on a session at the present moment."""
        ...

    async def look(self, glance: Callable[[Session], T]) -> T:
        """Read in a reader thread."""
        ...

    async def refresh(self) -> None:
        """Take in what has changed in roster, FAQ and notices."""
        ...

    async def advance(self, delta: timedelta) -> None:
        """Let the demo's time run ahead, everything due at its own moment."""
        ...
