"""What residents wrote is not kept longer than promised."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge.store import inbox
from knowledge.store.rows.messages import InboxRow
from knowledge.store.stamps import set_mark
from knowledge.store.sweeping import sweep
from scheduler.retention import Retention
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from knowledge.store.database import Database

RAW = timedelta(hours=72)


def test_the_words_of_a_message_go_after_three_days_and_its_id_after_seven(
    database: Database,
) -> None:
    with database.transaction() as session:
        inbox.store(session, ("web", "1"), "g", {"text": "我家漏水"}, MONDAY)
        row = session.scalars(select(InboxRow)).one()
        row.state, row.done_at = "done", MONDAY

    for hours, payloads in ((71, [{"text": "我家漏水"}]), (73, [{}]), (7 * 24 + 1, [])):
        with database.transaction() as session:
            sweep(session, MONDAY + timedelta(hours=hours), RAW)
        with database.view() as session:
            assert [row.payload for row in session.scalars(select(InboxRow))] == payloads


def test_what_waits_or_was_set_aside_is_kept(database: Database) -> None:
    with database.transaction() as session:
        inbox.store(session, ("web", "1"), "g", {"text": "等着"}, MONDAY)
        inbox.store(session, ("web", "2"), "g", {"text": "放在一边"}, MONDAY)
        session.scalars(select(InboxRow)).all()[1].state = "quarantined"

    with database.transaction() as session:
        sweep(session, MONDAY + timedelta(days=30), RAW)

    with database.view() as session:
        assert len(session.scalars(select(InboxRow)).all()) == 2


def test_it_happens_once_a_night(database: Database) -> None:
    heart = Retention(RAW)
    with database.transaction() as session:
        assert heart.next_due(session, MONDAY) == MONDAY
        set_mark(session, "swept", MONDAY.isoformat())

        due = heart.next_due(session, MONDAY)

    assert due is not None
    assert due.isoformat() == "2026-11-24T03:30:00+08:00"
