"""What comes in is on disk before anybody is told so; a batch is one commit."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from bot.intake import Intake
from handlers.messages import ChatRef, Event
from knowledge.store.rows.marks import MarkRow
from knowledge.store.rows.messages import InboxRow
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.clocks import VirtualClock
    from knowledge.store.database import Database

HELLO = Event("web", "e-1", ChatRef("web", "g"), "li", MONDAY, text="你好")


class Doorbell:
    """Counts how often it was rung."""

    rings = 0

    def ring(self) -> None:
        self.rings += 1


@pytest.fixture
def bell() -> Doorbell:
    return Doorbell()


@pytest.fixture
def intake(database: Database, clock: VirtualClock, bell: Doorbell) -> Intake:
    return Intake(database, clock, bell.ring)


def stored(database: Database) -> list[str]:
    with database.view() as session:
        return list(session.scalars(select(InboxRow.event_id).order_by(InboxRow.id)))


async def test_an_event_is_stored_once_however_often_it_comes(
    intake: Intake, database: Database, bell: Doorbell
) -> None:
    assert await intake.store(HELLO, None, keep=True) is True
    assert await intake.store(HELLO, None, keep=True) is False

    assert stored(database) == ["e-1"]
    assert bell.rings == 2


async def test_the_same_id_on_another_channel_is_another_event(
    intake: Intake, database: Database
) -> None:
    await intake.store(HELLO, None, keep=True)

    other = replace(HELLO, channel="replay", chat=ChatRef("replay", "g"))
    assert await intake.store(other, None, keep=True) is True


async def test_what_comes_together_is_stored_in_order_with_few_commits(
    intake: Intake, database: Database, bell: Doorbell
) -> None:
    events = [replace(HELLO, event_id=f"e-{number}") for number in range(50)]

    results = await asyncio.gather(*(intake.store(one, None, keep=True) for one in events))

    assert results == [True] * 50
    assert stored(database) == [one.event_id for one in events]
    assert bell.rings <= 3


async def test_twins_in_one_batch_are_stored_once(intake: Intake, database: Database) -> None:
    results = await asyncio.gather(*(intake.store(HELLO, None, keep=True) for _ in range(3)))

    assert sorted(results) == [False, False, True]
    assert stored(database) == ["e-1"]


async def test_the_bubble_is_written_with_the_event_and_only_then(
    intake: Intake, database: Database
) -> None:
    def bubble(session: Session) -> None:
        session.add(MarkRow(name="bubble", value="1"))

    await intake.store(HELLO, bubble, keep=True)
    await intake.store(HELLO, bubble, keep=True)  # a second bubble would break the key

    with database.view() as session:
        assert session.scalar(select(func.count()).select_from(MarkRow)) == 1


async def test_of_chatter_only_the_bubble_is_kept(intake: Intake, database: Database) -> None:
    await intake.store(HELLO, lambda session: session.add(MarkRow(name="a", value="1")), keep=False)

    assert stored(database) == []
    with database.view() as session:
        assert session.get(MarkRow, "a") is not None


async def test_one_that_cannot_be_stored_fails_alone(intake: Intake, database: Database) -> None:
    def fail(session: Session) -> Any:
        raise OSError("disk")

    first = asyncio.create_task(intake.store(HELLO, None, keep=True))
    await asyncio.sleep(0)  # the next three wait together behind the first
    rest = [
        intake.store(replace(HELLO, event_id="bad"), fail, keep=True),
        intake.store(replace(HELLO, event_id="e-2"), None, keep=True),
        intake.store(replace(HELLO, event_id="e-3"), None, keep=True),
    ]
    bad, *good = await asyncio.gather(*rest, return_exceptions=True)

    assert await first is True
    assert isinstance(bad, OSError)
    assert good == [True, True]
    assert stored(database) == ["e-1", "e-2", "e-3"]
