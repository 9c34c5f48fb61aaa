"""What machines ask: alive, ready, figures."""

from __future__ import annotations

from datetime import timedelta

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
