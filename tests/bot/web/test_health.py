"""What machines ask: alive, ready, figures."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta

from bot.web import health
from handlers.messages import ChatRef, Event
from knowledge.store import inbox


async def test_alive_and_ready(stage, browser_session):
    for path in ("/healthz", "/readyz"):
        async with browser_session.get(stage.address + path) as response:
            assert response.status == 200
            assert (await response.json())["status"] == "ok"


async def test_a_message_that_nobody_handles_is_not_ready(stage, browser_session):
    then = stage.app.clock.now() - timedelta(minutes=6)
    payload = {"text": "x"}

    def leave(session):
        inbox.store(session, ("web", "e-1"), "g-gh", payload, then)
        session.execute(inbox_row_kept)

    from sqlalchemy import update

    from knowledge.store.rows.messages import InboxRow

    inbox_row_kept = update(InboxRow).values(attempts=0)
    await stage.app.inward.stop(1)
    await stage.app.database.write(leave)
    async with browser_session.get(f"{stage.address}/readyz") as response:
        assert response.status == 503
        assert (await response.json())["inbox"] == "stuck"


async def test_metrics_are_prometheus_text_without_words_of_residents(stage, browser_session, li):
    await li.says("g-gh3", "三栋二单元楼道灯坏了")
    await li.says("g-gh3", "1")
    async with browser_session.get(f"{stage.address}/metrics") as response:
        text = await response.text()
    assert 'linli_open_tickets{state="new"} 1.0' in text
    assert 'linli_inbox{state="done"}' in text
    assert "楼道灯" not in text


async def test_a_database_that_another_program_holds_is_waited_for(
    stage, browser_session, monkeypatch
):
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    held = sqlite3.connect(stage.app.folder / "linli.db", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    chat = ChatRef("web", "@li")
    event = Event("web", "held", chat, "li", stage.app.clock.now(), text="高龄津贴多少钱")
    hearing = asyncio.create_task(stage.app.hear(event))
    async with asyncio.timeout(30):
        while (await ready(stage, browser_session)) != (503, "slow"):  # noqa: ASYNC110 -- looked at.
            await asyncio.sleep(0.05)
        assert not hearing.done(), "nothing is accepted that is not stored"
        held.execute("ROLLBACK")
        assert await hearing is True
        while (await ready(stage, browser_session)) != (200, "ok"):  # noqa: ASYNC110 -- looked at.
            await asyncio.sleep(0.05)
    held.close()


async def ready(stage, browser_session):
    async with browser_session.get(f"{stage.address}/readyz") as response:
        return response.status, (await response.json())["database"]
