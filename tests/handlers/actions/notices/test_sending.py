"""A sending is claimed once for each chat, whoever comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge.community.notices.posting import proof_code
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.notices import SendingRow
from tests.world import GROUP

if TYPE_CHECKING:
    from tests.world import World


async def test_the_claim_and_the_message_are_one(world: World) -> None:
    await world.passes(days=8)

    (sending,) = await world.looks(lambda session: session.scalars(select(SendingRow)).all())
    (message,) = await world.looks(
        lambda session: session.scalars(
            select(OutboxRow).where(OutboxRow.notice_id == "fire-winter")
        ).all()
    )
    assert (sending.notice_id, sending.chat_id, sending.at) == (
        "fire-winter",
        GROUP,
        sending.planned,
    )
    assert (message.chat_id, message.repeatable) == (GROUP, False)
    assert sending.code == proof_code("fire-winter", sending.planned)
    assert sending.code in message.text


async def test_only_topics_that_ask_for_it_wait_for_receipts(world: World) -> None:
    await world.passes(days=8)

    (sending,) = await world.looks(lambda session: session.scalars(select(SendingRow)).all())
    assert sending.asks_receipt is True
    assert sending.report_at is not None
    assert sending.at is not None
    assert (sending.report_at - sending.at).total_seconds() == 90 * 60
