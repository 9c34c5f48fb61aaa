"""A month that was made is not made again, and is never older than what it was made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, update

from handlers.actions import topics
from handlers.actions.notices.verified import count_verified
from handlers.actions.tickets import claiming, closing, laning, working
from handlers.reporting.books import Place
from handlers.reporting.kept import MOST, Reports
from handlers.reporting.monthly import Report, monthly_report
from handlers.reporting.scope import scope_of
from knowledge.community.days.hours import Hours
from knowledge.community.days.month import Month
from knowledge.community.days.zone import ZONE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.tickets.ticket import Lane
from knowledge.store.rows.notices import ReceiptRow, SendingRow
from knowledge.store.rows.questions import AnswerRow, QuestionRow
from tests.handlers.actions.tickets.lane import HOOD, LEAK, LIGHT, PEOPLE, PLACES, LaneOf

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.clocks import VirtualClock
    from knowledge.store.database import Database

NOVEMBER = Month(2026, 11)


@pytest.fixture
def lane(database: Database, clock: VirtualClock) -> LaneOf:
    return LaneOf(database, clock)


def looked(lane: LaneOf, reports: Reports, month: Month = NOVEMBER) -> Report:
    """The report as a page shows it, compared with one made from nothing."""
    with lane.database.view() as session:
        place = Place(lane.hood, lane.calendar, Hours())
        found = reports.monthly(session, month, place)
        assert found == monthly_report(session, month, place)
    return found


def asked(lane: LaneOf) -> QuestionRow:
    where: dict[str, Any] = {"channel": "web", "chat_id": "@li", "near": []}
    return QuestionRow(who="li", text="x", asked_at=lane.clock.now(), **where)


def sent(lane: LaneOf, status: str, chat: str = "g-3") -> SendingRow:
    now = lane.clock.now()
    return SendingRow(
        notice_id="n", planned=now, channel="web", chat_id=chat, status=status, at=now
    )


def test_what_an_office_or_an_event_sent_counts_as_sent_and_a_correction_does_not(
    lane: LaneOf,
) -> None:
    with lane.database.transaction() as session:
        for status in ("send", "now", "event", "late", "corrected"):
            session.add(sent(lane, status, f"g-{status}"))
        session.add(sent(lane, "dropped", "g-none"))
        session.flush()
        session.execute(update(SendingRow).where(SendingRow.status == "dropped").values(at=None))

    found = looked(lane, Reports())

    assert next(one.count for one in found.sections["service"] if one.key == "notice_chats") == 4


def test_every_change_that_a_report_could_say_makes_it_anew_and_nothing_else_does(
    lane: LaneOf,
) -> None:
    reports = Reports()
    no = lane.filed("li", LIGHT)

    def adds(row: Any) -> Callable[[Session], object]:
        return lambda session: session.add(row)

    def database(change: Callable[[Session], object]) -> Callable[[], None]:
        def done() -> None:
            with lane.database.transaction() as session:
                change(session)

        return done

    def topic(verb: Callable[..., object], *said: Any) -> Callable[[], None]:
        return database(lambda session: verb(lane.work(session, "office"), *said))

    made = topics.Decision(lane.clock.now().date(), "东门", "chen", date(2026, 12, 9))
    receipt = ReceiptRow(sending_id=1, who="li", at=lane.clock.now())
    held = update(SendingRow).where(SendingRow.chat_id == "g-4").values(status="send")
    ended = update(SendingRow).where(SendingRow.chat_id == "g-3").values(status="cancelled")
    changes: dict[str, Callable[[], object]] = {
        "filed": lambda: lane.filed("zhao", LEAK),
        "taken": lambda: lane.does("zhang", claiming.accept, no),
        "laned": lambda: lane.does("office", laning.change_lane, no, Lane.P1, "有老人"),
        "handled": lambda: lane.does("zhang", working.finish, no, "换了"),
        "confirmed": lambda: lane.does("li", closing.confirm, no),
        "rated": lambda: lane.does("li", closing.rate, no, 1),
        "rated again": lambda: lane.does("li", closing.rate, no, 3),
        "answered": database(adds(AnswerRow(faq_id="x", at=lane.clock.now()))),
        "asked": database(adds(asked(lane))),
        "sent": database(adds(sent(lane, "send"))),
        "held": database(adds(sent(lane, "held", "g-4"))),
        "receipt": database(adds(receipt)),
        "one sent after all, one not": database(lambda s: (s.execute(held), s.execute(ended))),
        "erased": database(lambda session: session.execute(delete(ReceiptRow))),
        "raised": topic(topics.raise_topic, "li", "e", "充电棚"),
        "decided": topic(topics.decide, 1, "office", made),
        "done": topic(topics.finish, 1, "office", "装好了"),
        "verified": database(lambda session: count_verified(lane.work(session), "AB123")),
        "verified again": database(lambda session: count_verified(lane.work(session), "AB123")),
        "late": lambda: lane.passes(timedelta(days=3)),
        "reopened": lambda: lane.does("li", closing.reopen, no, "又不亮"),
        "roster": lambda: setattr(lane, "hood", Neighbourhood(PLACES, PEOPLE[::-1], ())),
    }
    before = looked(lane, reports)
    for name, change in changes.items():
        change()
        after = looked(lane, reports)
        assert after is not before, name
        assert looked(lane, reports) is after, name
        before = after


def test_a_month_is_over_with_the_first_event_after_it_and_later_ones_leave_it_alone(
    lane: LaneOf,
) -> None:
    reports = Reports()
    lane.clock.move_to(datetime(2026, 11, 30, 15, tzinfo=ZONE))
    lane.filed("li", LIGHT)
    assert looked(lane, reports).running
    lane.clock.move_to(datetime(2026, 12, 1, 9, tzinfo=ZONE))
    no = lane.filed("zhao", LEAK)
    over = looked(lane, reports)
    assert not over.running
    lane.does("zhang", claiming.accept, no)
    assert looked(lane, reports) is over


def test_each_range_has_its_own_report_and_few_are_remembered(lane: LaneOf) -> None:
    other = [replace(one, id=f"x{one.id}", parent=f"x{one.parent}") for one in PLACES[2:]]
    places = (*PLACES, *(replace(one, parent="c") if one.id == "xe" else one for one in other))
    lane.hood = Neighbourhood(places, PEOPLE, HOOD.chats.values())
    reports, here = Reports(), lane.filed("li", LIGHT)
    there = lane.filed("zhao", replace(LEAK, place="xb3-1"))
    numbers = {}
    for place in ("c", "e", "xe", "b6"):
        scope = scope_of(lane.hood.people["office"], lane.hood, place)
        with lane.database.view() as session:
            made = Place(lane.hood, lane.calendar, Hours(), scope)
            report = reports.monthly(session, NOVEMBER, made)
        numbers[place] = report.figures[0].numbers
        assert "answers" not in {one.key for one in report.figures}
        assert report.where == lane.hood.places[place].name
    assert numbers == {"c": (here, there), "e": (here,), "xe": (there,), "b6": ()}
    month = NOVEMBER
    for _ in range(MOST + 2):
        looked(lane, reports, month := month.before)
    assert len(reports._made) == MOST
