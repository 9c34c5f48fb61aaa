"""A year of the shipped notices in virtual time over a street of 29 estates, with restarts.

`python -m tests.year [DAYS] [SEED]` plays it (a whole year takes some minutes) and prints what it
saw as JSON: how much was sent, and how often a promise of docs/reference.md was broken (each 0).
Processes stop at random moments, some in the middle of a sending, some for a day or more; now and
then two run side by side on one database.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.app import App
from bot.base import Base
from bot.channels.replay import Replay
from bot.clocks import VirtualClock
from bot.config import read_settings
from bot.manners import manners_of
from bot.stocking import stock
from knowledge.community.days.zone import ZONE
from knowledge.community.notices.notice_folder import read_notices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.messages import Outgoing

PACK = Path(__file__).parent.parent / "knowledge" / "pack"
START = datetime(2026, 12, 1, tzinfo=ZONE)
COMMUNITIES, ESTATES = 6, 29
LONGEST_RUN, LONGEST_REST = timedelta(days=12), timedelta(hours=30)


@dataclass(frozen=True)
class Heard:
    """One notice as it arrived in a group."""

    at: datetime
    chat: str
    notice: str
    text: str


@dataclass
class Street:
    """The street with its data folder, and everything that was heard in its groups."""

    folder: Path
    chance: random.Random
    heard: list[Heard] = field(default_factory=list)
    restarts: int = 0

    def __post_init__(self) -> None:
        lay_out(self.folder)
        settings, problems = read_settings(self.folder)
        assert settings is not None, problems
        self.settings = settings
        self.notices = {one.id: one for one in read_notices(self.folder / "notices")[0]}

    async def live(self, start: datetime, days: int) -> None:
        """Let processes come and go until the days are over."""
        now, end = start, start + timedelta(days=days)
        while now < end:
            until = min(end, now + self.chance.random() * LONGEST_RUN)
            width = 2 if self.chance.random() < 0.2 else 1
            apps = [self._process(now) for _ in range(width)]
            for app in apps:
                await app.open()
                await stock(app)
            await asyncio.gather(*(self._run(app, until) for app in apps))
            for app in apps:
                await app.stop()
            self.restarts += 1
            rest = (
                self.chance.random() * LONGEST_REST if self.chance.random() < 0.5 else timedelta()
            )
            now = until + rest

    def _process(self, now: datetime) -> App:
        clock = VirtualClock(now)

        def arrived(out: Outgoing) -> None:
            if out.notice is not None:
                self.heard.append(Heard(clock.now(), out.chat.id, out.notice, out.text))

        base = Base(
            folder=self.folder,
            settings=self.settings,
            clock=clock,
            chance=self.chance,
            database_url=f"sqlite:///{self.folder / 'year.db'}",
            durable=False,
        )
        return App(base, (Replay(arrived),))

    async def _run(self, app: App, until: datetime) -> None:
        """Keep time until then; at the end a due sending may be claimed and not sent any more."""
        await app.timeline.run_until(until, app.worker.drain, app.sender)
        due = await app.timeline.next_due(app.sender)
        if due is not None and self.chance.random() < 0.5:
            app.clock.move_to(min(due, until + LONGEST_REST))
            await app.timeline.beat()

    def broken(self) -> dict[str, int]:
        """How often each promise was broken."""
        manners, told = manners_of(self.settings), self.heard
        theme = {one.id: one.topic for one in self.notices.values()}
        week = {one: one.at.isocalendar()[:2] for one in told}
        days = Counter((one.chat, one.at.date()) for one in told)
        weeks = Counter((one.chat, week[one]) for one in told)
        themes = Counter((one.chat, week[one], theme[one.notice]) for one in told)
        return {
            "doubled": len(told) - len({(one.chat, one.notice, one.text) for one in told}),
            "in_quiet_hours": sum(manners.is_quiet(one.at) for one in told),
            "over_a_day": sum(count > manners.per_day for count in days.values()),
            "over_a_week": sum(count > manners.per_week for count in weeks.values()),
            "over_a_theme": sum(count > manners.per_theme_week for count in themes.values()),
            "stale": sum(bool(self.notices[one.notice].unusable(one.at.date())) for one in told),
        }

    def summary(self) -> dict[str, Any]:
        """What was seen, for people and for a test."""
        return {
            "groups": ESTATES,
            "restarts": self.restarts,
            "sendings": len(self.heard),
            "notices": len({one.notice for one in self.heard}),
            "groups_reached": len({one.chat for one in self.heard}),
            "broken": self.broken(),
        }


def lay_out(folder: Path) -> None:
    """Make a data folder with the shipped notices and the roster of the street."""
    shutil.copytree(PACK / "notices", folder / "notices")
    (folder / "faq").mkdir()
    (folder / "roster").mkdir()
    for name, rows in (("places", places()), ("people", people()), ("chats", chats())):
        (folder / "roster" / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def places() -> Iterator[str]:
    """Yield the rows of a street, its communities and estates."""
    yield "编号,上级,类型,名称,别名,管理方式"
    yield "s,,街道,云麓街道,,"
    for number in range(COMMUNITIES):
        yield f"c{number},s,社区,第{number + 1}社区,,"
    for number in range(ESTATES):
        yield f"e{number},c{number % COMMUNITIES},小区,第{number + 1}小区,,物管"


def people() -> Iterator[str]:
    """Yield one leader, whom the roster needs."""
    yield "编号,姓名,手机,角色,范围,代班,技能,账号"
    yield "lead,周一帆,,片长,s,,,"


def chats() -> Iterator[str]:
    """Yield one group for every estate."""
    yield "渠道,群号,名称,范围,模式"
    for number in range(ESTATES):
        yield f"replay,g{number},第{number + 1}小区群,e{number},仅@"


def play(days: int, seed: int, start: datetime = START) -> Street:
    """Play some days from then on; the same seed plays the same."""
    with tempfile.TemporaryDirectory(prefix="linli-year-") as scratch:
        chance = random.Random(seed)
        street = Street(Path(scratch) / "data", chance)
        asyncio.run(street.live(start, days))
        return street


if __name__ == "__main__":
    days, seed = [*map(int, sys.argv[1:]), *(365, 1)[len(sys.argv) - 1 :]]
    sys.stdout.write(json.dumps(play(days, seed).summary(), ensure_ascii=False, indent=1) + "\n")
