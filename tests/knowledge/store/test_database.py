"""The one door to the database keeps its promises."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select, text

from knowledge.community.days.zone import ZONE
from knowledge.store.database import Database
from knowledge.store.rows.questions import QuestionRow
from knowledge.store.stamps import mark, set_mark, stamp, touch
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

ASKED = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


def question(text_: str) -> QuestionRow:
    """A question that nobody has answered."""
    return QuestionRow(who="p", channel="web", chat_id="g", text=text_, near=[], asked_at=ASKED)


def test_moments_come_back_with_their_zone(database: Database) -> None:
    with database.transaction() as session:
        session.add(question("几点"))

    with database.view() as session:
        found = session.scalars(select(QuestionRow)).one()

    assert found.asked_at == ASKED
    assert found.asked_at.tzinfo is ZONE


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    row = question("几点")
    row.asked_at = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 -- the very mistake.

    with pytest.raises(Exception, match="without a zone"), database.transaction() as session:
        session.add(row)


def write_half(session: Session) -> None:
    """Write something, then fail."""
    session.add(question("半途"))
    session.flush()
    raise ZeroDivisionError


def test_an_exception_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        write_half(session)

    with database.view() as session:
        assert session.scalars(select(QuestionRow)).all() == []


def test_a_failed_savepoint_takes_only_its_own_work_back(database: Database) -> None:
    with database.transaction() as session:
        session.add(question("留下"))
        session.flush()
        with pytest.raises(ZeroDivisionError), session.begin_nested():
            write_half(session)

    with database.view() as session:
        assert [row.text for row in session.scalars(select(QuestionRow))] == ["留下"]


@pytest.mark.sqlite("its pragmas")
def test_sqlite_is_durable_and_checks_foreign_keys(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'linli.db'}")
    with database.view() as session:
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    database.close()


async def test_writes_run_one_after_the_other(database: Database) -> None:
    for _ in range(3):
        await database.write(lambda session: touch(session, "roster"))

    assert await database.read(lambda session: stamp(session, "roster")) == 3


async def test_an_iterator_that_ran_out_is_a_fault_and_keeps_nobody_waiting(
    database: Database,
) -> None:
    for ask in (database.write, database.read):
        with pytest.raises(RuntimeError):
            async with asyncio.timeout(PATIENCE):
                await ask(lambda _: next(iter(())))


async def test_a_mark_is_kept_and_replaced(database: Database) -> None:
    await database.write(lambda session: set_mark(session, "demo", "yes"))
    await database.write(lambda session: set_mark(session, "demo", "no"))

    assert await database.read(lambda session: mark(session, "demo")) == "no"


def test_many_new_rows_get_their_numbers_in_their_order_with_one_statement(
    database: Database,
) -> None:
    rows = [question(f"第 {number} 个") for number in range(50)]
    written: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda *told: written.append(str(told[2]))
    )

    with database.transaction() as session:
        session.add_all(rows)

    assert sum(one.startswith("INSERT") for one in written) == 1
    with database.view() as session:
        kept = {row.id: row.text for row in session.scalars(select(QuestionRow))}
    assert [kept[row.id] for row in rows] == [f"第 {number} 个" for number in range(50)]
    assert [row.id for row in rows] == sorted(kept)
