"""The built-in channel keeps what is sent to it, once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.channels.web import WebChannel
from handlers.messages import Button, ChatRef, Outcome, Outgoing
from knowledge.store.rows.web import WebMessageRow

OUT = Outgoing("k:1", ChatRef("web", "g-1"), "登记好了", (Button("对", "t1"),), ("m1",))


@pytest.fixture
def channel(database, clock):
    channel = WebChannel()
    channel.attach(database, clock, "社区小助手")
    return channel


def _kept(session):
    return [
        (row.key, row.chat_id, row.sender, row.name, row.text, row.buttons, row.images)
        for row in session.scalars(select(WebMessageRow))
    ]


async def test_a_sent_message_is_one_bubble_of_the_bot(channel, database):
    receipt = await channel.send(OUT)
    assert receipt.outcome is Outcome.SENT
    buttons = [{"label": "对", "token": "t1"}]
    assert await database.read(_kept) == [
        ("k:1", "g-1", "bot", "社区小助手", "登记好了", buttons, ["m1"])
    ]


async def test_the_same_key_again_is_sent_but_not_doubled(channel, database):
    first = await channel.send(OUT)
    again = await channel.send(OUT)
    assert again == first
    assert len(await database.read(_kept)) == 1


async def test_before_it_knows_where_to_keep_things_a_sending_is_put_off():
    receipt = await WebChannel().send(OUT)
    assert receipt.outcome is Outcome.LATER
    assert receipt.retry_after


async def test_a_database_that_refuses_puts_the_sending_off(channel, database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE web_message")
    receipt = await channel.send(OUT)
    assert receipt.outcome is Outcome.LATER
