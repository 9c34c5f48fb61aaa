"""Whatever is changed in the record of a ticket past the program is found, column by column."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DataError

from handlers.actions.tickets import claiming, working
from knowledge.community.days.hours import Hours
from knowledge.community.tickets.ledger import START, anchor_hash, seal
from knowledge.store import migrate, proof
from knowledge.store.anchors import drop_anchor, newest_anchor
from knowledge.store.histories import deed_of
from knowledge.store.rows.tickets import AnchorRow, TicketEventRow, TicketRow, seal_of
from tests.handlers.actions.tickets.lane import LEAK, LIGHT, LaneOf

if TYPE_CHECKING:
    from bot.clocks import VirtualClock
    from knowledge.store.database import Database

EVENT, ROW = (
    [
        column.name
        for column in row.metadata.tables[row.__tablename__].columns
        if column.name != "id"
    ]
    for row in (TicketEventRow, TicketRow)
)
"""Every column but the key, which says nothing."""


@pytest.fixture
def lane(database: Database, clock: VirtualClock) -> LaneOf:
    """A lane with one ticket in hand and one that waits."""
    made = LaneOf(database, clock)
    made.filed("li", LIGHT)
    made.filed("zhao", LEAK)
    made.does("zhang", claiming.accept, 1)
    return made


def found(lane: LaneOf) -> list[tuple[int, int]]:
    with lane.database.view() as session:
        flaws = proof.verify_all(session, lane.calendar, Hours())[1]
    return [(flaw.no, flaw.seq) for flaw in flaws]


OTHERS = {
    bool: lambda value: not value,
    int: lambda value: value + 7,
    datetime: lambda value: value + timedelta(seconds=1),
    list: lambda value: [*value, "x"],
    dict: lambda value: {**value, "x": 1},
}


def other(value: object) -> object:
    """A value of the same kind that is another one."""
    change = OTHERS.get(type(value), lambda one: f"{one}x")
    return change(value)


@pytest.mark.parametrize("column", EVENT)
@pytest.mark.parametrize("seq", [1, 2, 3])
def test_an_edit_of_any_column_of_any_event_is_found(lane: LaneOf, column: str, seq: int):
    event = TicketEventRow.metadata.tables["ticket_event"]
    with lane.database.transaction() as session:
        here = (event.c.ticket_id == 1) & (event.c.seq == seq)
        value = session.execute(select(event.c[column]).where(here)).scalar()
        changed = 2 if column == "ticket_id" else other(value)
        if column == "ticket_id":
            session.execute(update(event).where(event.c.ticket_id == 2).values(seq=event.c.seq + 9))
        session.execute(update(event).where(here).values({column: changed}))
    assert 1 in {no for no, _ in found(lane)}


@pytest.mark.parametrize("column", ROW)
def test_an_edit_of_any_column_of_the_tickets_own_row_is_found(lane: LaneOf, column: str):
    ticket = TicketRow.metadata.tables["ticket"]
    with lane.database.transaction() as session:
        value = session.execute(select(ticket.c[column]).where(ticket.c.no == 1)).scalar()
        changed = 3 if value is None and column == "rating" else other(value)
        if value is None and column.endswith(("_at", "_due")):
            changed = lane.clock.now()
        session.execute(update(ticket).where(ticket.c.no == 1).values({column: changed}))
    assert found(lane) != []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM ticket_event WHERE ticket_id = 1 AND seq = 3",
        "DELETE FROM ticket_event WHERE ticket_id = 1 AND seq = 2",
        "DELETE FROM ticket_event WHERE ticket_id = 1 AND seq >= 2",
        "UPDATE ticket_event SET seq = CASE seq WHEN 2 THEN 30 ELSE seq END WHERE ticket_id = 1",
        "UPDATE ticket_text SET text = '别的话'",
        "UPDATE ticket_text SET salt = 'x'",
        "DELETE FROM ticket_event WHERE ticket_id = 1; DELETE FROM ticket WHERE id = 1",
        "DELETE FROM ticket_event WHERE ticket_id = 1 AND seq = 3; UPDATE ticket SET length = length - 1",
    ],
)
def test_a_dropped_or_moved_row_is_found_the_last_one_too(lane: LaneOf, change: str):
    with lane.database.transaction() as session:
        if change.startswith("DELETE"):
            session.execute(text("DELETE FROM ticket_text"))
            session.execute(text("UPDATE outbox SET ticket_id = NULL"))
        for one in change.split("; "):
            session.execute(text(one))
    assert 1 in {no for no, _ in found(lane)}


def test_what_was_written_down_a_little_late_is_in_the_next_anchor(lane: LaneOf):
    with lane.database.transaction() as session:
        drop_anchor(session, lane.clock.now() + timedelta(minutes=5))
    lane.does("zhang", working.note, 1, "灯买好了")
    ticket = lane.ticket(1)

    with lane.database.transaction() as session:
        heads = drop_anchor(session, lane.clock.now() + timedelta(days=1)).heads
    assert [1, ticket.length, ticket.head] in heads


def test_two_events_that_changed_places_are_found(lane: LaneOf):
    with lane.database.transaction() as session:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            statement = "UPDATE ticket_event SET seq = :new WHERE ticket_id = 1 AND seq = :old"
            session.execute(text(statement), {"old": old, "new": new})
    assert found(lane)[0][0] == 1


def rewrite(lane: LaneOf, reason: str) -> None:
    """Give the first event of ticket 1 another reason, and everything after it a fitting chain."""
    with lane.database.transaction() as session:
        ticket = session.scalars(select(TicketRow).where(TicketRow.no == 1)).one()
        last = START
        for row in session.scalars(
            select(TicketEventRow)
            .where(TicketEventRow.ticket_id == ticket.id)
            .order_by(TicketEventRow.seq)
        ):
            row.reason = reason if row.seq == 1 else row.reason
            deed = seal(deed_of(row, 1), last)
            row.prev, row.hash = deed.prev, deed.hash
            last = deed.hash
        ticket.head = last


def test_a_whole_new_chain_is_found_by_the_days_anchor(lane: LaneOf):
    rewrite(lane, "一个说法")
    assert found(lane) == []  # within the day nothing can tell
    with lane.database.transaction() as session:
        drop_anchor(session, lane.clock.now() + timedelta(minutes=1))
    assert found(lane) == []
    rewrite(lane, "另一个说法")
    assert found(lane) == [(1, 3)]


@pytest.mark.parametrize("column", ["at", "heads", "prev", "hash"])
def test_an_edited_anchor_is_found(lane: LaneOf, column: str):
    with lane.database.transaction() as session:
        drop_anchor(session, lane.clock.now() + timedelta(minutes=1))
        lane.clock.move_to(lane.clock.now() + timedelta(hours=20))
    lane.does("zhang", working.note, 1, "已买灯")
    with lane.database.transaction() as session:
        drop_anchor(session, lane.clock.now() + timedelta(minutes=1))
    assert found(lane) == []
    table = AnchorRow.metadata.tables["anchor"]
    with lane.database.transaction() as session:
        value = session.execute(select(table.c[column]).where(table.c.id == 1)).scalar()
        session.execute(update(table).where(table.c.id == 1).values({column: other(value)}))
    assert (0, 0) in found(lane)


def test_a_dropped_anchor_is_found_by_the_next_one(lane: LaneOf):
    for _ in range(2):
        with lane.database.transaction() as session:
            drop_anchor(session, lane.clock.now() + timedelta(minutes=1))
        lane.clock.move_to(lane.clock.now() + timedelta(hours=20))
    with lane.database.transaction() as session:
        last = newest_anchor(session)
        assert last is not None
        assert last.hash == anchor_hash(last.prev, last.at, last.heads)
        session.execute(text("DELETE FROM anchor WHERE id = 1"))
    assert found(lane) == [(0, 0)]


def test_the_seal_counts_what_the_database_fills_in_by_itself(lane: LaneOf):
    ticket = lane.ticket(1)
    said = {name: getattr(ticket, name) for name in ROW}
    assert ticket.seal == seal_of({k: v for k, v in said.items() if v not in (None, False)})


def test_tickets_from_before_the_seals_are_sealed_by_the_migration(lane: LaneOf):
    migrate.downgrade(lane.database.url, "0003")
    with lane.database.transaction() as session:
        assert session.execute(text("SELECT COUNT(*) FROM ticket")).scalar() == 2
    migrate.upgrade(lane.database.url)
    assert found(lane) == []


@pytest.mark.parametrize(
    ("torn", "place"),
    [
        ("UPDATE ticket_event SET facts = '{oops' WHERE ticket_id = 1 AND seq = 2", (1, 2)),
        ("UPDATE ticket_event SET at = 'no day' WHERE ticket_id = 1 AND seq = 3", (1, 3)),
        ("UPDATE ticket SET claimants = 'me' WHERE id = 1", (1, 0)),
    ],
)
def test_what_cannot_even_be_read_is_named_and_hides_no_other_flaw(
    lane: LaneOf, on_postgres: str, torn: str, place: tuple[int, int]
):
    with lane.database.transaction() as session:
        session.execute(text("UPDATE ticket_event SET actor = 'x' WHERE ticket_id = 2 AND seq = 1"))
    refused = pytest.raises(DataError) if on_postgres else nullcontext()

    with refused, lane.database.transaction() as session:
        session.execute(text(torn))

    assert found(lane) == [*([] if on_postgres else [place]), (2, 1)]
