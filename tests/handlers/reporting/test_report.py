"""The monthly report: honest rates, silence apart, the month cut off at its end, nobody ranked."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from bot.reports.document import document
from bot.reports.page import page, runs
from bot.reports.ticketbook import ticketbook
from bot.reports.workbook import fill, new_book, packed, workbook
from handlers.actions.tickets import claiming, closing, withdrawing, working
from handlers.reporting.books import Place
from handlers.reporting.monthly import Report, monthly_report
from handlers.reporting.summary import summary
from knowledge.community.days.hours import Hours
from knowledge.community.days.month import Month
from knowledge.community.days.zone import ZONE
from knowledge.community.tickets.ticket import Kind, Lane, State
from knowledge.store.lists import listing
from knowledge.store.rows.tickets import TicketEventRow
from knowledge.store.tickets import by_no
from tests.handlers.actions.tickets.lane import LEAK, LIGHT, LaneOf

if TYPE_CHECKING:
    from bot.clocks import VirtualClock
    from knowledge.store.database import Database

NOVEMBER = Month(2026, 11)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "'x")


@pytest.fixture
def lane(database: Database, clock: VirtualClock) -> LaneOf:
    return LaneOf(database, clock)


def reported(lane: LaneOf, month: Month = NOVEMBER) -> Report:
    with lane.database.view() as session:
        return monthly_report(session, month, Place(lane.hood, lane.calendar, Hours()))


def figure(report: Report, key: str) -> tuple[float, tuple[str, ...]]:
    found = next(one for one in report.figures if one.key == key)
    return found.count, found.refs


def share(report: Report, key: str) -> tuple[int, int, int]:
    found = next(one for one in report.rates if one.key == key)
    return found.above, found.below, len(found.apart)


def lamps(lane: LaneOf, count: int) -> list[int]:
    """So many different requests that 张师傅 has finished."""
    numbers = []
    for n in range(count):
        numbers.append(lane.filed("li", replace(LIGHT, category=f"light{n}", matter=f"灯{n}")))
        lane.does("zhang", claiming.accept, numbers[-1])
        lane.does("zhang", working.finish, numbers[-1], "换了")
    return numbers


def test_who_keeps_silent_is_neither_content_nor_solved_but_stands_apart(lane: LaneOf):
    first, second, third, fourth = lamps(lane, 4)
    lane.does("li", closing.confirm, first)
    lane.does("li", closing.rate, first, 1)
    lane.does("li", closing.confirm, second)
    lane.does("li", closing.reopen, third, "没亮")
    lane.passes(timedelta(days=4))
    report = reported(lane)
    assert share(report, "solved") == (2, 3, 1)
    assert share(report, "content") == (1, 1, 2)
    assert figure(report, "silent") == (1, (f"{fourth:04d}",))
    assert figure(report, "redone") == (1, (f"{third:04d}",))


def test_the_last_word_and_the_last_rating_of_the_month_count(lane: LaneOf):
    (no,) = lamps(lane, 1)
    lane.does("li", closing.reopen, no, "没亮")
    lane.does("zhang", working.finish, no, "又换了")
    lane.does("li", closing.confirm, no)
    lane.does("li", closing.rate, no, 3)
    lane.does("li", closing.rate, no, 2)
    report = reported(lane)
    assert share(report, "solved") == (1, 1, 0)
    assert (figure(report, "fair")[0], figure(report, "bad")[0]) == (1, 0)


def test_fewer_than_thirty_answers_carry_a_warning(lane: LaneOf):
    lane.does("li", closing.confirm, lamps(lane, 1)[0])
    report = reported(lane)
    assert all(one.small for one in report.rates)
    assert "样本不足 30，只作参考" in summary(report)
    assert "没有样本" in summary(report)
    assert document(report)["rates"]["solved"]["small"] is True


def test_late_is_late_and_taken_back_before_contact_counts_nowhere(lane: LaneOf):
    on_time, late = lane.filed("li", LIGHT), lane.filed("zhao", LEAK)
    gone = lane.filed("li", replace(LIGHT, category="door", matter="门坏了"))
    lane.does("li", withdrawing.withdraw, gone)
    lane.does("zhang", claiming.accept, on_time)
    lane.passes(timedelta(minutes=25))
    lane.does("liu", claiming.accept, late)
    lane.passes(timedelta(days=2))
    report = reported(lane)
    assert share(report, "response") == (1, 2, 0)
    assert figure(report, "withdrawn") == (1, (f"{gone:04d}",))
    assert figure(report, "climbed")[0] > 0
    (row,) = next(one.rows for one in report.lists if one.key == "overdue")
    assert (row[0], row[2]) == (f"{late:04d}", "荷花小区3栋")
    assert share(report, "in_time") == (0, 1, 0)


def test_what_the_next_month_brings_changes_nothing_in_the_last_one(lane: LaneOf):
    lane.clock.move_to(datetime(2026, 11, 30, 15, tzinfo=ZONE))
    first, second = lamps(lane, 2)
    lane.clock.move_to(datetime(2026, 12, 1, 9, tzinfo=ZONE))
    lane.does("li", closing.confirm, first)
    before = document(reported(lane))
    lane.does("li", closing.rate, first, 1)
    lane.does("li", closing.reopen, second, "没亮")
    lane.passes(timedelta(days=20))
    assert document(reported(lane)) == before
    assert before["figures"]["unconfirmed"]["count"] == 2
    december = reported(lane, NOVEMBER.next)
    assert share(december, "solved") == (1, 2, 0)
    assert figure(december, "filed")[0] == 0


def test_several_households_are_one_matter_two_voices_and_two_people(lane: LaneOf):
    no = lane.report("li", replace(LEAK, category="power", matter="停电"))
    lane.report("zhao", replace(LEAK, category="power", matter="停电"))
    lane.report("zhao", replace(LEAK, category="power", matter="停电"))
    report = reported(lane)
    assert figure(report, "filed") == (1, (f"{no:04d}",))
    assert figure(report, "joined")[0] == 1
    assert figure(report, "voices")[0] == 2
    assert figure(report, "people")[0] == 2


def test_the_same_matter_three_times_at_one_building_is_one_finding(lane: LaneOf):
    numbers = []
    for place in ("b3-1", "b3-2", "b3-1"):
        numbers.append(lane.filed("li", replace(LIGHT, place=place)))
        lane.does("zhang", working.finish, numbers[-1], "换了")
    lane.filed("li", replace(LIGHT, place="b6"))
    count, refs = figure(reported(lane), "recurring")
    assert (count, refs) == (1, tuple(f"{no:04d}" for no in numbers))


def beside(lane: LaneOf, no: int, step: str, **more: Any) -> None:
    """An event that other hands write: 吹哨, 报到, 回访, 挂账."""
    with lane.database.transaction() as session:
        ticket = by_no(session, no)
        assert ticket is not None
        ticket.length += 1
        values = {
            "actor": "du",
            "role": "督办",
            "reason": "",
            "facts": {},
            "from_state": ticket.state,
        }
        values |= {"to_state": ticket.state, **more}
        row = TicketEventRow(ticket_id=ticket.id, seq=ticket.length, at=lane.clock.now(), step=step)
        for name, value in {**values, "prev": "", "hash": ""}.items():
            setattr(row, name, value)
        session.add(row)
        ticket.state = str(values["to_state"])


def test_what_was_said_on_the_phone_goes_before_what_was_clicked(lane: LaneOf):
    pleased, bad, nobody = lamps(lane, 3)
    beside(lane, pleased, "called", reason="满意", facts={"rating": 1})
    lane.does("li", closing.confirm, bad)
    lane.does("li", closing.rate, bad, 1)
    beside(lane, bad, "called", reason="没好", facts={"rating": 3})
    beside(lane, nobody, "called", reason="没联系上", facts={"rating": None})
    report = reported(lane)
    assert share(report, "solved") == (1, 2, 0)
    assert share(report, "content") == (1, 2, 0)
    assert (figure(report, "called")[0], figure(report, "unreached")[0]) == (3, 1)


def test_how_long_the_parties_took_is_counted_from_the_whistle(lane: LaneOf):
    no = lane.filed("li", LIGHT)
    beside(lane, no, "whistled", facts={"parties": ["he", "liu"]}, to_state="whistled")
    lane.passes(timedelta(minutes=20))
    beside(lane, no, "attended", actor="he")
    report = reported(lane)
    assert figure(report, "attended") == (1, (f"{no:04d}",))
    assert figure(report, "attend_minutes")[0] == 20
    assert next(one for one in report.lists if one.key == "whistled").rows[0][0] == f"{no:04d}"


def test_what_is_parked_is_listed_with_the_day_to_look_again(lane: LaneOf):
    no = lane.filed("li", LIGHT)
    day = {"review": "2026-12-10T08:30:00+08:00"}
    beside(lane, no, "moved", facts=day, to_state="parked")
    (row,) = next(one for one in reported(lane).lists if one.key == "parked").rows
    assert (row[0], row[-1]) == (f"{no:04d}", "2026-12-10 08:30")


def test_a_private_matter_has_no_building_and_nobody_has_a_name(lane: LaneOf):
    secret = replace(
        LIGHT, kind=Kind.COMPLAINT, category="noise", matter="邻居打人", private=True, lane=Lane.P1
    )
    lane.report("li", secret)
    lane.filed("zhao", LIGHT)
    lane.passes(timedelta(days=5))
    report = reported(lane)
    written = str(document(report)) + page(report) + summary(report)
    buildings = next(one for one in report.tables if one.key == "by_building")
    assert {row.name: row.count for row in buildings.rows} == {"不公开的": 1, "荷花小区3栋": 1}
    overdue = next(one for one in report.lists if one.key == "overdue")
    assert {row[1:3] for row in overdue.rows} == {
        ("不公开的", "不公开的"),
        ("light", "荷花小区3栋"),
    }
    for person in lane.hood.people.values():
        assert person.name not in written
        assert person.title not in written


def test_a_month_without_anything_is_a_report_of_zeros(lane: LaneOf):
    report = reported(lane)
    assert {one.count for one in report.figures} == {0}
    assert {one.value for one in report.rates} == {None}
    assert page(report).count("没有") >= 4


def test_every_number_of_the_file_leads_to_its_ids(lane: LaneOf):
    lamps(lane, 3)
    lane.passes(timedelta(days=4))
    text = page(reported(lane), "https://linli.example.org")
    assert '<a href="#filed">3</a>' in text
    assert '<p id="filed">' in text
    assert 'href="https://linli.example.org/t/0001–0003"' not in text
    assert "0001–0003" in text
    assert "@page { size: A4" in text
    assert "<script" not in text


def test_neighbouring_numbers_are_written_as_runs():
    assert runs(("0001", "0002", "0003", "0007", "0009", "0010")) == [
        "0001–0003",
        "0007",
        "0009–0010",
    ]
    assert runs(("问-0001", "问-0002")) == ["问-0001", "问-0002"]
    assert runs(()) == []


def test_a_workbook_shows_numbers_as_numbers_and_ids_as_text(lane: LaneOf):
    lamps(lane, 2)
    book = openpyxl.load_workbook(io.BytesIO(workbook(reported(lane))))
    assert book.sheetnames[:4] == ["说明", "三率", "数字", "分类"]
    rows = {row[1].value: row for row in book["数字"].iter_rows()}
    assert (rows["受理总量"][2].value, rows["受理总量"][5].value) == (2, "0001、0002")


def test_no_cell_of_any_workbook_is_a_formula(lane: LaneOf):
    for n, text in enumerate(FORMULAS):
        lane.filed("li", replace(LIGHT, category=f"c{n}", matter=f"{text}cmd"))
    with lane.database.view() as session:
        raw = ticketbook(listing(session, State), lane.hood)
    cells = [
        cell for row in openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows() for cell in row
    ]
    assert "f" not in {cell.data_type for cell in cells}
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not [text for text in texts if text[0] in "=+-@＝＋－＠\t"]
    assert "'=1+1cmd" in texts


def test_a_workbook_tells_neither_when_nor_where_it_was_written():
    files = []
    for _ in range(2):
        book = new_book()
        fill(book.create_sheet("表"), ("甲", "乙"), [("=1", 2)])
        files.append(packed(book))
    assert files[0] == files[1]
    with zipfile.ZipFile(io.BytesIO(files[0])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "202611", "十一月", "", "2026-11-01"])
def test_only_a_month_is_a_month(text: str):
    assert Month.read(text) is None


def test_months_follow_each_other_over_the_years():
    assert str(Month(2026, 12).next) == "2027-01"
    assert str(Month(2026, 1).before) == "2025-12"
    assert (Month(2028, 2).days, Month.read(" 2026-11 ")) == (29, NOVEMBER)
