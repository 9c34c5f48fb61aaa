"""What lets several processes share one PostgreSQL: seats, bells, numbers, chats in hand."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from knowledge.store import inbox, outbox
from knowledge.store.admissions import signing_key
from knowledge.store.bell import Bell, ring
from knowledge.store.database import Database
from knowledge.store.numbers import given_out, next_no
from knowledge.store.rows.tickets import SpareNumberRow
from knowledge.store.seats import Seats, present
from knowledge.store.stamps import mark, set_mark
from tests.conftest import MONDAY
from tests.postgres import database_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

WAITING = 30
"""Seconds after which a test that waits is ended."""


@pytest.fixture
def shared(postgres_server: str, postgres_template: str) -> Iterator[Database]:
    with database_of(postgres_server, postgres_template) as url:
        database = Database(url)
        yield database
        database.close()


def test_a_seat_has_one_holder_and_is_free_the_moment_he_is_gone(shared: Database) -> None:
    one, other = Seats(shared.engine), Seats(shared.engine)

    assert one.take("clock")
    assert not other.take("clock")
    assert one.take("clock"), "again is as good as once"
    one.close()
    assert not one.holds("clock")
    assert other.take("clock")
    other.close()


def test_who_does_everything_is_alone_and_the_others_are_counted(shared: Database) -> None:
    web, worker = Seats(shared.engine), Seats(shared.engine)
    alone = Seats(shared.engine, alone=True)

    assert web.enter("web")
    assert worker.enter("worker")
    assert not alone.enter("all")
    with shared.view() as session:
        assert present(session, ("web", "worker", "clock")) == {"web": 1, "worker": 1, "clock": 0}
    for one in (web, worker, alone):
        one.close()
    assert alone.enter("all")
    assert not web.enter("web")
    alone.close()
    web.close()


async def test_a_bell_is_heard_with_the_commit_once_and_never_without(shared: Database) -> None:
    heard: asyncio.Queue[tuple[str, ...]] = asyncio.Queue()
    tuned = asyncio.Event()

    def tune(listening: bool) -> None:
        if listening:
            tuned.set()

    bell = Bell(shared.url, heard.put_nowait, tune)
    bell.start()
    async with asyncio.timeout(WAITING):
        await tuned.wait()
        with suppress(RuntimeError), shared.transaction() as session:
            ring(session, "inbox")
            raise RuntimeError
        with shared.transaction() as session:
            ring(session, "chat", "g-1")
            ring(session, "chat", "g-1")
            for number in range(1000):
                ring(session, "expect", "web", f"g-{number}", "李娭毑", "2026-11-23T09:30:00+08:00")
        words = [await heard.get() for _ in range(1001)]
    await bell.stop()

    assert words[0] == ("chat", "g-1")
    assert {word[2] for word in words[1:]} == {f"g-{number}" for number in range(1000)}
    assert heard.empty()


def test_nobody_waits_for_a_number_and_none_is_left_out(shared: Database) -> None:
    with suppress(RuntimeError), shared.transaction() as first:
        assert next_no(first) == 1
        with shared.transaction() as second:
            assert next_no(second) == 2
        with shared.view() as reader:
            assert given_out(reader) == {2}, "the first one has no ticket yet"
        raise RuntimeError
    with shared.transaction() as third:
        assert [next_no(third), next_no(third)] == [1, 3]


def test_one_number_is_taken_whatever_the_planner_thinks_of_the_spare_ones(
    shared: Database,
) -> None:
    def spare(session: Session) -> list[int]:
        return list(session.scalars(select(SpareNumberRow.no).order_by(SpareNumberRow.no)))

    with shared.transaction() as session:
        session.add(SpareNumberRow(no=1))
    with shared.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as apart:
        apart.execute(text("VACUUM ANALYZE spare_number"))  # it has seen one row
    with shared.transaction() as session:
        session.add_all([SpareNumberRow(no=2), SpareNumberRow(no=3)])
        session.flush()
        assert next_no(session) == 1
        assert spare(session) == [2, 3]


def test_a_chat_in_hand_is_left_alone_until_its_message_is_done(shared: Database) -> None:
    with shared.transaction() as session:
        for number, chat in enumerate("aab"):
            inbox.store(session, ("web", f"e{number}"), chat, {}, MONDAY)

    with shared.transaction() as one:
        rows = inbox.claim(one, 1)
        assert [row.event_id for row in rows] == ["e0"]
        with shared.transaction() as other:
            assert [row.event_id for row in inbox.claim(other)] == ["e2"]
        inbox.finish(one, [row.id for row in rows], [], MONDAY)
    with shared.transaction() as other:
        assert [row.event_id for row in inbox.claim(other)] == ["e1", "e2"]


def test_a_new_reign_ends_the_one_before(shared: Database) -> None:
    with shared.transaction() as session:
        before = outbox.begin_reign(session, "web")
    with shared.transaction() as session:
        now = outbox.begin_reign(session, "web")
    with shared.transaction() as session:
        assert outbox.take_turn(session, "web") == now > before


def test_two_that_start_for_the_first_time_at_one_moment_agree(shared: Database) -> None:
    def start(settings: str) -> bytes:
        with shared.transaction() as session:
            set_mark(session, "settings", settings)
            return signing_key(session)

    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor(1) as other, shared.transaction() as first:
        key = signing_key(first)
        set_mark(first, "settings", "one")
        second = other.submit(start, "other")
        while not first.scalar(waiting):
            assert not second.done(), second.result()

    assert second.result() == key
    with shared.view() as session:
        assert mark(session, "settings") == "other"
