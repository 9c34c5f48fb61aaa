"""Finding tickets, and proving them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.dialects import postgresql

from handlers.actions.tickets import claiming, filing, working
from knowledge.community.days.hours import Hours
from knowledge.community.days.zone import ZONE
from knowledge.store import histories, lists, proof, tickets
from knowledge.store.database import is_reading
from knowledge.store.numbers import next_no, reserve
from knowledge.store.soundings import Likely, at_most, own_of, sound
from tests.conftest import MONDAY
from tests.handlers.actions.tickets.lane import GROUP, LEAK, LIGHT, LaneOf

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.clocks import VirtualClock
    from knowledge.store.database import Database
    from knowledge.store.rows.tickets import TicketRow


@pytest.fixture
def lane(database: Database, clock: VirtualClock) -> LaneOf:
    return LaneOf(database, clock)


def numbers(rows: list[TicketRow]) -> list[int]:
    return [row.no for row in rows]


def test_numbers_grow_and_a_transaction_that_fails_takes_none(database: Database):
    taken = []
    for _ in range(3):
        with database.transaction() as session:
            taken.append(next_no(session))
    with database.view() as session:
        next_no(session)
    with database.transaction() as session:
        taken.append(next_no(session))
    assert taken == [1, 2, 3, 4]


def test_numbers_that_were_reserved_and_not_taken_are_the_next_ones(database: Database):
    taken = []
    with suppress(RuntimeError), database.transaction() as session:
        reserve(session, 3)
        next_no(session)
        raise RuntimeError
    with database.transaction() as session:
        with suppress(RuntimeError), session.begin_nested():
            reserve(session, 20)
            next_no(session)
            raise RuntimeError
        with session.begin_nested():
            reserve(session, 20)
            taken += [next_no(session), next_no(session)]
        taken.append(next_no(session))
    with database.transaction() as session:
        taken.append(next_no(session))
    assert taken == [1, 2, 3, 4]


def test_what_was_sounded_is_an_upper_bound_of_what_is_there(lane: LaneOf):
    def sounded(session: Session) -> list[int | None]:
        kinds = ("light", "leak", "door")
        return [at_most(session, kind, [LIGHT.place or ""], MONDAY) for kind in kinds]

    lane.filed("li", LIGHT)
    likely = [Likely("li", kind, kind, (LIGHT.place or "",)) for kind in ("light", "leak")]
    with lane.database.transaction() as session:
        assert (sounded(session), own_of(session, "li", "light")) == ([None] * 3, None)
        sound(session, likely, MONDAY + timedelta(days=1))
        assert sounded(session) == [None] * 3, "nobody has looked so far back"
        sound(session, likely, MONDAY - timedelta(days=1))
        assert sounded(session) == [1, 0, None]
        (own,) = own_of(session, "li", "light") or []
        assert (own.place, own_of(session, "li", "leak")) == (LIGHT.place, [])
        ticket = tickets.by_id(session, own.row_id)
        assert ticket is not None
        ticket.category = "leak"
        assert sounded(session) == [1, 1, None]
        assert own_of(session, "li", "light") is own_of(session, "li", "leak") is None
        day = MONDAY - timedelta(days=1)
        assert tickets.similar(session, "leak", [LIGHT.place or ""], day) is ticket
        with suppress(RuntimeError), session.begin_nested():
            sound(session, likely, MONDAY)
            raise RuntimeError
        assert sounded(session) == [None] * 3


def test_a_reporter_finds_what_was_reported_and_what_was_joined(lane: LaneOf):
    own = lane.filed("li", LIGHT)
    joined = lane.report("zhao", replace(LEAK, category="power", matter="停电"))
    lane.report("li", replace(LEAK, category="power", matter="停电"))
    waiting = lane.report("li", replace(LIGHT, category="door", matter="单元门坏了"))
    with lane.database.view() as session:
        assert numbers(lists.reported_by(session, "li")) == [own, joined]
        assert numbers(lists.drafts_of(session, "li")) == [waiting]
        assert lists.reported_by(session, "wang") == []


def test_a_leader_finds_what_is_in_hand_and_what_was_offered(lane: LaneOf):
    first, second = lane.filed("li", LIGHT), lane.filed("zhao", LEAK)
    lane.does("zhang", claiming.accept, first)
    lane.until(datetime(2026, 11, 23, 9, 10, tzinfo=ZONE))
    with lane.database.view() as session:
        assert numbers(lists.tasks_of(session, "zhang")) == [first, second]
        assert numbers(lists.tasks_of(session, "liu")) == [second]
    lane.does("zhang", working.finish, first)
    lane.does("liu", claiming.accept, second)
    with lane.database.view() as session:
        assert lists.tasks_of(session, "zhang") == []


def test_other_service_hours_move_the_times_of_open_tickets(lane: LaneOf):
    no = lane.filed("li", LIGHT)
    short = Hours(time(9), time(17))
    with lane.database.transaction() as session:
        assert len(proof.verify_all(session, lane.calendar, short)[1]) == 1
        assert proof.reset_clocks(session, lane.calendar, short) == 1
        assert proof.verify_all(session, lane.calendar, short) == (1, [])
    assert lane.ticket(no).claim_due == datetime(2026, 11, 23, 17, tzinfo=ZONE)


def test_a_fresh_database_proves_itself(lane: LaneOf):
    with lane.database.view() as session:
        assert proof.verify_all(session, lane.calendar, Hours()) == (0, [])
        assert tickets.next_moment(session) is None


def test_words_belong_to_their_event_and_the_first_ones_to_the_card(lane: LaneOf):
    no = lane.report("li", replace(LIGHT, place=None, missing=("place",)))
    lane.does("li", filing.edit, no, place="b3-2", words="三栋二单元", chat=GROUP)
    with lane.database.view() as session:
        ticket = tickets.by_no(session, no)
        assert ticket is not None
        assert histories.words(session, ticket) == {1: "三栋二单元楼道灯又不亮哒", 2: "三栋二单元"}


def test_who_only_reads_locks_nothing(lane: LaneOf):
    no = lane.filed("li", LIGHT)
    with lane.database.view() as session:
        assert is_reading(session)
        assert tickets.by_no(session, no) is not None
    with lane.database.transaction() as session:
        assert not is_reading(session)
    locking, free = (str(one.compile(dialect=postgresql.dialect())) for one in tickets.BY_NO)
    assert "FOR UPDATE" in locking
    assert "FOR UPDATE" not in free
