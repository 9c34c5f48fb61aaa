"""What machines ask: alive, ready, figures."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.web import health, metrics
from handlers.messages import ChatRef, Event
from knowledge.store import database, inbox
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.tickets import TicketRow
from knowledge.store.stamps import set_mark
from tests.bot.test_media import picture
from tests.patience import PATIENCE


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
        figures = Figures(await response.text())
    assert figures['linli_open_tickets{state="new"}'] == 1
    assert figures['linli_inbox{state="done"}'] >= 2
    assert figures['linli_sends{channel="web",state="sent"}'] >= 2
    assert figures['linli_oldest_seconds{queue="inbox"}'] == 0
    assert figures['linli_faq_entries{state="served"}'] > 0
    assert 'linli_deadlines_missed{lane="P2"}' not in figures
    assert {"linli_loop_stall_seconds", "process_resident_memory_bytes"} <= figures.keys()
    assert "楼道灯" not in "".join(figures)


async def test_figures_of_the_process_are_told_while_the_database_does_not_answer(
    stage, browser_session, monkeypatch
):
    told = []
    for patience in (metrics.PATIENCE, 0):
        monkeypatch.setattr(metrics, "PATIENCE", patience)
        async with browser_session.get(f"{stage.address}/metrics") as response:
            assert response.status == 200
            told.append(Figures(await response.text()))
    well, away = told
    assert (well["linli_database_up"], away["linli_database_up"]) == (1, 0)
    assert 'linli_oldest_seconds{queue="inbox"}' not in away
    assert "linli_loop_stall_seconds" in away


async def test_a_missed_deadline_and_a_full_queue_are_counted(stage, browser_session, li):
    await li.says("g-gh3", "三栋二单元楼道灯坏了")
    await li.says("g-gh3", "1")

    def let_pass(session):
        long_ago = stage.app.clock.now() - timedelta(days=9)
        session.execute(update(TicketRow).values(claim_due=long_ago, solve_due=long_ago))
        session.execute(update(OutboxRow).values(state="pending", not_before=long_ago))

    await stage.app.inward.stop(1)
    await stage.app.database.write(let_pass)
    async with browser_session.get(f"{stage.address}/metrics") as response:
        figures = Figures(await response.text())
    assert figures['linli_deadlines_missed{lane="P2"}'] == 1
    assert figures['linli_oldest_seconds{queue="outbox"}'] >= timedelta(days=9).total_seconds()


class Figures(dict[str, float]):
    """The samples of a page of Prometheus text: name with labels → value."""

    def __init__(self, text):
        samples = (line.rpartition(" ") for line in text.splitlines() if line[0] != "#")
        super().__init__((name, float(value)) for name, _, value in samples)


@pytest.mark.sqlite
async def test_a_database_that_another_program_holds_is_waited_for(
    stage, browser_session, monkeypatch
):
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    held = sqlite3.connect(stage.app.folder / "linli.db", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    chat = ChatRef("web", "@li")
    event = Event("web", "held", chat, "li", stage.app.clock.now(), text="高龄津贴多少钱")
    hearing = asyncio.create_task(stage.app.hear(event))
    async with asyncio.timeout(PATIENCE):
        while (await ready(stage, browser_session)) != (503, "slow"):  # noqa: ASYNC110 -- looked at.
            await asyncio.sleep(0.05)
        assert not hearing.done(), "nothing is accepted that is not stored"
        held.execute("ROLLBACK")
        assert await hearing is True
        while (await ready(stage, browser_session)) != (200, "ok"):  # noqa: ASYNC110 -- looked at.
            await asyncio.sleep(0.05)
    held.close()


@pytest.mark.sqlite
async def test_while_a_full_disk_takes_nothing_it_is_not_ready(
    stage, browser_session, li, monkeypatch
):
    def no_more(session):
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")

    await stage.app.database.write(no_more)
    assert (await li.says("@li", "停水了" * 600)).status == 503
    async with browser_session.get(f"{stage.address}/") as response:
        assert response.status == 200, "what is there can be read"
    assert await ready(stage, browser_session) == (503, "SQLITE_FULL")
    await stage.app.database.write(lambda session: set_mark(session, "small", "1"))
    assert await ready(stage, browser_session) == (503, "SQLITE_FULL"), "a few bytes prove nothing"

    monkeypatch.setattr(database, "LATELY", 0)
    assert await ready(stage, browser_session) == (200, "ok")


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
async def test_a_photo_for_which_there_is_no_room_can_be_sent_later_and_leaves_nothing(
    stage, li, monkeypatch, fault
):
    def no_room(path, data):
        with path.open("wb") as file:
            file.write(data[:10])
        raise OSError(fault, "no room")

    monkeypatch.setattr(Path, "write_bytes", no_room)
    answer = await li.says("@li", "楼道灯坏了", photo=picture())
    assert (answer.status, answer.says("过一会儿再试")) == (503, True)
    assert [one for one in stage.app.folder.glob("media/*/*") if one.is_file()] == []


async def ready(stage, browser_session):
    async with browser_session.get(f"{stage.address}/readyz") as response:
        return response.status, (await response.json())["database"]
