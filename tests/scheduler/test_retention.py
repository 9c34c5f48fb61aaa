"""What residents wrote is not kept longer than promised."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import String, cast, event, func, select

from knowledge.store import inbox, sweeping
from knowledge.store.rows.dialogues import MenuRow, OptionRow
from knowledge.store.rows.media import MediaRow
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.web import WebMessageRow
from knowledge.store.stamps import set_mark
from knowledge.store.sweeping import sweep
from scheduler.retention import Retention
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from knowledge.store.database import Database

RAW = timedelta(hours=72)


def test_the_words_of_a_message_go_after_three_days_and_its_id_after_seven(
    database: Database,
) -> None:
    with database.transaction() as session:
        inbox.store(session, ("web", "1"), "g", {"text": "我家漏水"}, MONDAY)
        row = session.scalars(select(InboxRow)).one()
        row.state, row.done_at = "done", MONDAY
        inbox.store(session, ("web", "2"), "g", {}, MONDAY)
        session.scalars(select(InboxRow).where(InboxRow.event_id == "2")).one().state = "new"

    for hours, payloads in ((71, [{"text": "我家漏水"}]), (73, [{}]), (7 * 24 + 1, [])):
        with database.transaction() as session:
            sweep(session, MONDAY + timedelta(hours=hours), RAW)
        with database.view() as session:
            kept = session.scalars(select(InboxRow).where(InboxRow.event_id == "1"))
            assert [row.payload for row in kept] == payloads


def test_no_message_gets_the_number_of_one_that_was_let_go(database: Database) -> None:
    with database.transaction() as session:
        inbox.store(session, ("web", "1"), "g", {}, MONDAY)
        first = session.scalars(select(InboxRow)).one()
        first.state, first.done_at, number = "done", MONDAY, first.id
    with database.transaction() as session:
        sweep(session, MONDAY + timedelta(days=30), RAW)
    with database.transaction() as session:
        inbox.store(session, ("web", "2"), "g", {}, MONDAY)
        newest = session.scalars(select(InboxRow).where(InboxRow.event_id == "2")).one()
        assert newest.id > number


def test_what_waits_is_kept_and_what_was_set_aside_only_for_a_month(database: Database) -> None:
    with database.transaction() as session:
        inbox.store(session, ("web", "1"), "g", {"text": "放在一边"}, MONDAY)
        inbox.store(session, ("web", "2"), "g", {"text": "等着"}, MONDAY)
        first = session.scalars(select(InboxRow).where(InboxRow.event_id == "1")).one()
        first.state = "quarantined"

    with database.transaction() as session:
        sweep(session, MONDAY + timedelta(days=29), RAW)
    with database.view() as session:
        assert len(session.scalars(select(InboxRow)).all()) == 2

    for days, payloads in ((31, [{}, {"text": "等着"}]), (91, [{"text": "等着"}])):
        with database.transaction() as session:
            sweep(session, MONDAY + timedelta(days=days), RAW)
        with database.view() as session:
            kept = session.scalars(select(InboxRow).order_by(InboxRow.id))
            assert [row.payload for row in kept] == payloads


def test_a_long_night_goes_in_portions_that_each_begin_where_the_last_one_ended(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "PORTION", 10)
    with database.transaction() as session:
        menus = [menu(MONDAY) for _ in range(25)]
        session.add_all([*menus, menu(MONDAY + timedelta(days=6))])
        session.flush()
        session.add_all(option(one, digit) for one in menus for digit in (1, 2))
        for number in range(25):
            inbox.store(session, ("web", f"{number}"), "g", {"text": "漏水"}, MONDAY)
        for row in session.scalars(select(InboxRow)):
            row.state, row.done_at = "done", MONDAY
    done, looked_at, left = False, [], []
    while not done:
        with database.transaction() as session:
            with watched(session) as read:
                done = sweep(session, MONDAY + timedelta(days=7, minutes=-1), RAW)
            looked_at.append(sum("payload AS VARCHAR" in one for one in read))
            full = select(func.count()).where(cast(InboxRow.payload, String) != "{}")
            left.append(session.scalar(full))
    assert left == [15, 5, 0], "what is emptied is not looked at again"
    assert set(looked_at) == {1}
    standing, done = [], False
    while not done:
        with database.transaction() as session:
            done = sweep(session, MONDAY + timedelta(days=7, hours=1), RAW)
            standing.append(
                tuple(session.scalar(select(func.count()).select_from(one)) for one in TABLES)
            )
    assert standing == [(15, 26, 50), (5, 26, 50), (1, 16, 30), (1, 6, 10), (1, 1, 0)]


@pytest.mark.parametrize("state", ["sent", "failed", "unknown", "needs_human"])
def test_what_was_told_or_given_up_goes_after_90_days(database: Database, state: str) -> None:
    with database.transaction() as session:
        session.add(outgoing("a", state))
        session.add(outgoing("b", "pending"))
        session.add(bubble("old", MONDAY))
        session.add(bubble("new", MONDAY + timedelta(days=2)))
    for days, keys, bubbles in ((89, ["a", "b"], ["old", "new"]), (91, ["b"], ["new"])):
        with database.transaction() as session:
            sweep(session, MONDAY + timedelta(days=days), RAW)
        with database.view() as session:
            assert list(session.scalars(select(OutboxRow.key).order_by(OutboxRow.id))) == keys
            left = session.scalars(select(WebMessageRow.key).order_by(WebMessageRow.id))
            assert list(left) == bubbles


def test_a_picture_that_nothing_refers_to_goes_after_a_day(database: Database) -> None:
    shown = bubble("x", MONDAY + timedelta(days=1), ["shown"])
    told = outgoing("y", "pending", ["told"])
    with database.transaction() as session:
        session.add_all([shown, told, *(media(name) for name in ("shown", "told", "loose"))])
        inbox.store(session, ("web", "1"), "g", {"images": ["waiting"]}, MONDAY)
        session.add(media("waiting"))
    for hours, left in ((23, 4), (25, 3)):
        with database.transaction() as session:
            sweep(session, MONDAY + timedelta(hours=hours), RAW)
        with database.view() as session:
            assert len(session.scalars(select(MediaRow)).all()) == left


TABLES = (InboxRow, MenuRow, OptionRow)


@contextmanager
def watched(session: Session) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", note)


def menu(at: datetime) -> MenuRow:
    return MenuRow(channel="web", chat_id="g", who="", created_at=at, expires_at=at)


def option(one: MenuRow, digit: int) -> OptionRow:
    return OptionRow(
        token=f"{one.id}-{digit}", menu_id=one.id, digit=digit, label="x", action="x", args={}
    )


def outgoing(key: str, state: str, images: list[str] | None = None) -> OutboxRow:
    return OutboxRow(
        key=key,
        channel="web",
        chat_id="g",
        kind="group",
        text="x",
        buttons=[],
        images=images or [],
        state=state,
        not_before=MONDAY,
        created_at=MONDAY,
        sent_at=MONDAY if state == "sent" else None,
    )


def bubble(key: str, at: datetime, images: list[str] | None = None) -> WebMessageRow:
    return WebMessageRow(
        key=key, chat_id="g", sender="li", name="", text="x", buttons=[], images=images or [], at=at
    )


def media(name: str) -> MediaRow:
    return MediaRow(id=name, who="li", sha256="", mime="", size=1, created_at=MONDAY)


def test_it_happens_once_a_night(database: Database) -> None:
    heart = Retention(RAW, lambda: None)
    with database.transaction() as session:
        assert heart.next_due(session, MONDAY) == MONDAY
        set_mark(session, "swept", MONDAY.isoformat())

        due = heart.next_due(session, MONDAY)

    assert due is not None
    assert due.isoformat() == "2026-11-24T03:30:00+08:00"
