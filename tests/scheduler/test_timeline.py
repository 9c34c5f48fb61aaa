"""Time: every heart at its own moment, in order, in steps or in one jump."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.work import Rules, Work
from knowledge.community.hood.neighbourhood import Neighbourhood
from scheduler.outbox import Sender
from scheduler.timeline import StuckHeart, Timeline
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.clocks import VirtualClock
    from knowledge.store.database import Database


def minutes(count: float) -> datetime:
    return MONDAY + timedelta(minutes=count)


@dataclass
class Alarm:
    """A heart with a list of moments; what it does is written into a common diary."""

    name: str
    due: list[datetime]
    diary: list[tuple[str, datetime, str]]

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        return min(self.due, default=None)

    def run_due(self, work: Work) -> int:
        rung = [moment for moment in self.due if moment <= work.now]
        self.due = [moment for moment in self.due if moment > work.now]
        self.diary += [(self.name, work.now, work.cause) for _ in rung]
        return len(rung)


@dataclass
class Broken:
    """Says that something is due and does nothing about it."""

    name: str = "broken"

    def next_due(self, session: Session, now: datetime) -> datetime | None:
        return MONDAY

    def run_due(self, work: Work) -> int:
        return 0


@dataclass
class House:
    """A timeline over some hearts and an empty outbox."""

    database: Database
    clock: VirtualClock
    diary: list[tuple[str, datetime, str]] = field(default_factory=list)
    drained: list[datetime] = field(default_factory=list)

    def with_hearts(self, *hearts) -> Timeline:
        return Timeline(self.database, self.clock, hearts, self.work)

    def work(self, session: Session, cause: str) -> Work:
        return Work(
            session=session,
            now=self.clock.now(),
            hood=Neighbourhood(),
            faq=None,  # type: ignore[arg-type]  # these hearts know nothing
            rules=Rules(),
            chance=random.Random(1),
            cause=cause,
            expect=lambda chat, who, until: None,
        )

    async def drain(self) -> int:
        self.drained.append(self.clock.now())
        return 0

    async def run(self, timeline: Timeline, until: datetime) -> None:
        sender = Sender(self.database, {}, self.clock)
        await timeline.run_until(until, self.drain, sender)

    @property
    def rung(self) -> list[tuple[str, datetime]]:
        return [(name, at) for name, at, _ in self.diary]


@pytest.fixture
def house(database: Database, clock: VirtualClock) -> House:
    return House(database, clock)


@pytest.fixture
def alarm(house: House) -> Callable[..., Alarm]:
    return lambda name, *at: Alarm(name, [minutes(one) for one in at], house.diary)


async def test_everything_happens_at_its_own_moment_and_in_order(house: House, alarm) -> None:
    timeline = house.with_hearts(alarm("a", 30, 5), alarm("b", 10, 30))

    await house.run(timeline, minutes(60))

    assert house.rung == [
        ("a", minutes(5)),
        ("b", minutes(10)),
        ("a", minutes(30)),
        ("b", minutes(30)),
    ]
    assert house.clock.now() == minutes(60)


async def test_what_is_due_after_the_end_does_not_happen(house: House, alarm) -> None:
    timeline = house.with_hearts(alarm("a", 10, 10.5))

    await house.run(timeline, minutes(10))
    assert house.rung == [("a", minutes(10))]
    await house.run(timeline, minutes(11))
    assert house.rung[1:] == [("a", minutes(10.5))]


async def test_one_jump_and_many_steps_come_to_the_same(house: House, alarm) -> None:
    at = (1, 7, 7, 25, 59)
    await house.run(house.with_hearts(alarm("a", *at)), minutes(60))
    jumped = house.rung

    stepping = House(house.database, type(house.clock)(MONDAY))
    timeline = stepping.with_hearts(Alarm("a", [minutes(one) for one in at], stepping.diary))
    for minute in range(61):
        await stepping.run(timeline, minutes(minute))

    assert stepping.rung == jumped


async def test_two_turns_at_one_instant_are_two_causes(house: House, alarm) -> None:
    await house.run(house.with_hearts(alarm("a", 5)), minutes(5))
    await house.run(house.with_hearts(alarm("a", 5)), minutes(5))

    causes = [cause for _, _, cause in house.diary]
    assert causes == ["clock:a:1", "clock:a:2"]


async def test_what_was_missed_happens_now_and_not_in_the_past(house: House, alarm) -> None:
    house.clock.move_to(minutes(90))

    await house.run(house.with_hearts(alarm("a", 5)), minutes(90))

    assert house.rung == [("a", minutes(90))]


async def test_the_inbox_is_worked_off_before_anything_rings(house: House, alarm) -> None:
    await house.run(house.with_hearts(alarm("a", 5)), minutes(5))

    assert house.drained[0] == MONDAY
    assert minutes(5) in house.drained


async def test_a_heart_that_does_nothing_is_called_broken_instead_of_beating_for_ever(
    house: House,
) -> None:
    with pytest.raises(StuckHeart):
        await house.run(house.with_hearts(Broken()), minutes(1))


async def test_time_that_stands_still_is_fine(house: House, alarm) -> None:
    await house.run(house.with_hearts(), MONDAY)

    assert house.clock.now() == MONDAY
