"""A sender beside workers on PostgreSQL: what is changed under its hands goes out as it then stands."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, text, update

from handlers.messages import Window
from knowledge.store.database import Database
from knowledge.store.rows.messages import OutboxRow
from tests.conftest import MONDAY
from tests.postgres import database_of
from tests.scheduler.test_outbox import Fake, Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Executable

    from bot.clocks import VirtualClock

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
THE_LAMP = OutboxRow.text == "灯"
A_MINUTE = (Window(2, 60, per_chat=False),)


@pytest.fixture
def shared(postgres_server: str, postgres_template: str, clock: VirtualClock) -> Iterator[Post]:
    with database_of(postgres_server, postgres_template) as url:
        database = Database(url)
        yield Post(database, clock, Fake())
        database.close()


@contextmanager
def in_hand(post: Post, change: Executable) -> Iterator[Connection]:
    """A worker that has made a change and not committed it yet; it does at the end."""
    with post.database.engine.begin() as worker:
        worker.execute(change)
        yield worker


async def sends_meanwhile(post: Post, change: Executable) -> int:
    """Let the sender come to a message that a worker is changing; return how many it then tried."""
    with in_hand(post, change) as worker:
        sending = asyncio.create_task(post.sender.run_due())
        while not worker.scalar(WAITING):
            assert not sending.done(), "it waits for whoever has the row"
            await asyncio.sleep(0)
    return await sending


async def test_what_is_handed_over_meanwhile_reaches_the_new_owner_only(shared: Post) -> None:
    shared.queue("灯", chat="@old")

    await sends_meanwhile(shared, update(OutboxRow).where(THE_LAMP).values(chat_id="@new"))
    await shared.sender.run_due()

    assert [(out.chat.id, out.text) for out in shared.channel.got] == [("@new", "灯")]
    assert (shared.row().state, shared.row().attempts) == ("sent", 1)


async def test_what_is_taken_back_meanwhile_is_not_told(shared: Post) -> None:
    shared.queue("灯")

    assert await sends_meanwhile(shared, delete(OutboxRow).where(THE_LAMP)) == 0

    assert shared.channel.got == []


async def test_what_is_put_off_meanwhile_waits(shared: Post) -> None:
    shared.queue("灯")
    later = MONDAY + timedelta(hours=1)

    tried = await sends_meanwhile(
        shared, update(OutboxRow).where(THE_LAMP).values(not_before=later)
    )

    assert (tried, shared.due()) == (0, later)
    shared.passes(3600)
    assert await shared.sender.run_due() == 1


async def test_what_is_struck_out_meanwhile_is_told_without_it(shared: Post) -> None:
    shared.queue("灯", buttons=[{"label": "李阿姨", "token": "t"}])

    change = update(OutboxRow).where(THE_LAMP).values(text="（已删除）", buttons=[])
    await sends_meanwhile(shared, change)

    assert [(out.text, out.buttons) for out in shared.channel.got] == [("（已删除）", ())]


async def test_what_is_left_alone_keeps_its_order_and_its_windows(shared: Post) -> None:
    shared.channel.capabilities = Fake(windows=A_MINUTE, idempotent=True).capabilities
    for words in ("灯", "一", "二", "三"):
        shared.queue(words, chat="@old")

    await sends_meanwhile(shared, delete(OutboxRow).where(THE_LAMP))

    assert shared.channel.texts == ["一", "二"]
    assert [row.state for row in shared.rows()] == ["sent", "sent", "pending"]
    assert shared.due() == MONDAY + timedelta(seconds=60)
