"""What waits to be written: found by whoever asks, in its order, and undone with its savepoint."""

from __future__ import annotations

import gc
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from weakref import ref

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from knowledge.community.days.zone import ZONE
from knowledge.store.numbers import reserve
from knowledge.store.rows.dialogues import HeldPhotoRow, MenuRow, OptionRow
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.tickets import TicketRow, is_intact
from knowledge.store.sheaf import APART, MENUS, MESSAGES, TICKETS, lay, settle
from knowledge.store.tickets import by_no, enter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from knowledge.store.database import Database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
KEYS = select(OutboxRow.key).order_by(OutboxRow.id)


def tell(session: Session, *keys: str, about: int | None = None) -> None:
    said: dict[str, Any] = {
        "channel": "web",
        "chat_id": "g",
        "kind": "group",
        "text": "好",
        "ticket_id": about,
    }
    when = {"not_before": NOW, "created_at": NOW}
    for key in keys:
        lay(session, MESSAGES, said | when | {"key": key, "buttons": [], "images": []})


def told(database: Database) -> list[str]:
    with database.view() as session:
        return list(session.scalars(KEYS))


def written(session: Session) -> int:
    """How many messages the database itself has, without a word to the session."""
    return session.connection().scalar(select(func.count()).select_from(MESSAGES)) or 0


def ticket(no: int, matter: str) -> TicketRow:
    said = {"kind": "报修", "category": "light", "lane": "P2", "state": "new", "matter": matter}
    where = {"reporter": "li", "channel": "web", "chat_id": "g", "created_at": NOW}
    plain = {"private": False, "rung": "", "hops": 0, "reports": 1, "length": 1, "head": "h"}
    return TicketRow(no=no, claimants=[], images=[], **said, **where, **plain)


def test_whoever_asks_finds_it_written_and_in_order(database: Database):
    with database.transaction() as session:
        tell(session, "a", "b")
        assert list(session.scalars(KEYS)) == ["a", "b"]
        tell(session, "c")
    assert told(database) == ["a", "b", "c"]


def test_a_statement_apart_leaves_it_waiting_and_finds_what_it_is_about(database: Database):
    with database.transaction() as session:
        tell(session, "a")
        photo = {"channel": "web", "chat_id": "g", "who": "li", "media_id": "m", "expires_at": NOW}
        session.add(HeldPhotoRow(**photo))
        settle(session, HeldPhotoRow)
        photos = session.scalars(select(HeldPhotoRow.media_id), execution_options=APART)
        assert photos.all() == ["m"]
        assert written(session) == 0
    assert told(database) == ["a"]


def test_each_menu_has_its_own_lines(database: Database):
    with database.transaction() as session:
        for chat in "abc":
            menu = {"channel": "web", "chat_id": chat, "who": "", "created_at": NOW}
            line: dict[str, Any] = {"label": "接", "action": "x", "args": {}}
            lines = [line | {"token": f"{chat}{n}", "digit": n} for n in (1, 2)]
            lay(session, MENUS, menu | {"ticket_id": None, "expires_at": NOW}, lines)
    with database.view() as session:
        joined = select(MenuRow.chat_id, OptionRow.token).join_from(
            MenuRow, OptionRow, OptionRow.menu_id == MenuRow.id
        )
        found = session.execute(joined.order_by(MenuRow.id, OptionRow.digit)).all()
    assert [tuple(row) for row in found] == [(c, f"{c}{n}") for c in "abc" for n in (1, 2)]


@pytest.mark.parametrize("asked", [True, False])
def test_an_undone_savepoint_takes_only_its_own_along(database: Database, asked: bool):
    with database.transaction() as session:
        tell(session, "before")
        with suppress(RuntimeError), session.begin_nested():
            tell(session, "undone")
            if asked:
                assert list(session.scalars(KEYS)) == ["before", "undone"]
            raise RuntimeError
        with session.begin_nested():
            tell(session, "kept")
        tell(session, "after")
    assert told(database) == ["before", "kept", "after"]


def test_what_the_database_refuses_at_the_end_of_a_savepoint_stops_nobody_else(database: Database):
    with database.transaction() as session:
        tell(session, "before")
        with pytest.raises(IntegrityError), session.begin_nested():
            tell(session, "twice", "twice")
        tell(session, "after")
    assert told(database) == ["before", "after"]


def test_nothing_of_a_transaction_that_fails_is_written_by_the_next(database: Database):
    with suppress(RuntimeError), database.transaction() as session:
        tell(session, "a")
        raise RuntimeError
    with database.transaction() as session:
        tell(session, "b")
    assert told(database) == ["b"]


def test_a_ticket_is_entered_alone_and_written_again_when_it_changes(database: Database):
    with database.transaction() as session:
        tell(session, "a")
        made = ticket(1, "楼道灯不亮")
        enter(session, made)
        assert made.id is not None
        assert written(session) == 0
        made.reports = 2
    with database.view() as session:
        row = by_no(session, 1)
        assert row is not None
        assert (row.reports, is_intact(row)) == (2, True)


def test_tickets_whose_ids_are_reserved_are_written_together_and_before_what_names_them(
    database: Database,
):
    with database.transaction() as session:
        tell(session, "a")
        with suppress(RuntimeError), session.begin_nested():
            reserve(session, 2)
            enter(session, ticket(1, "没有这件事"))
            raise RuntimeError
        with session.begin_nested():
            reserve(session, 2)
            made = [ticket(1, "楼道灯不亮"), ticket(2, "门禁坏了")]
            for one in made:
                enter(session, one)
                tell(session, one.matter, about=one.id)
            made[0].reports = 2
            query = select(func.count()).select_from(TICKETS)
            assert session.connection().scalar(query) == 0
            assert by_no(session, 2) is made[1]
    with database.view() as session:
        rows = session.scalars(select(TicketRow).order_by(TicketRow.no))
        assert [(row.matter, row.reports, is_intact(row)) for row in rows] == [
            ("楼道灯不亮", 2, True),
            ("门禁坏了", 1, True),
        ]
    assert told(database) == ["a", "楼道灯不亮", "门禁坏了"]


def test_the_next_ticket_is_not_taken_for_one_that_was_undone(database: Database):
    with database.transaction() as session:
        undone, kept = ticket(1, "没有这件事"), ticket(1, "楼道灯不亮")
        with suppress(RuntimeError), session.begin_nested():
            enter(session, undone)
            undone.reports = 2
            raise RuntimeError
        enter(session, kept)
        kept.reports = 3
        assert by_no(session, 1) is kept
    with database.view() as session:
        row = by_no(session, 1)
        assert row is not None
        assert (row.matter, row.reports) == ("楼道灯不亮", 3)


def test_one_ticket_more_than_reserved_gets_a_row_of_its_own(database: Database):
    with database.transaction() as session:
        reserve(session, 1)
        made = [ticket(1, "楼道灯不亮"), ticket(2, "门禁坏了")]
        for one in made:
            enter(session, one)
        assert made[0].id != made[1].id


@pytest.mark.parametrize("undone", [False, True])
def test_a_session_does_not_hold_itself_once_its_savepoints_are_over(
    database: Database, *, undone: bool
) -> None:
    gc.disable()  # else it could find by chance what nobody let go of
    try:
        with database.transaction() as session:
            with suppress(ZeroDivisionError), session.begin_nested():
                tell(session, "a")
                if undone:
                    raise ZeroDivisionError
            held = ref(session)
        del session
        assert held() is None
    finally:
        gc.enable()
