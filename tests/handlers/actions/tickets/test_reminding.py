"""What stays on the 督办 list is told again once a day, in one message, until it is seen to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from handlers.actions.tickets import claiming, parking, supervising
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.community.tickets.ticket import Kind
from knowledge.store import migrate
from knowledge.store.rows.marks import MarkRow
from tests.handlers.actions.tickets.lane import LEAK, LIGHT, PEOPLE, PLACES

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf

AGAIN = "【督办】还没办好的"


def _again(lane: LaneOf, who: str = "du") -> list[str]:
    """When somebody was told again, by day and hour."""
    return [f"{row.created_at:%d %H:%M}" for row in lane.outbox(who) if AGAIN in row.text]


def _listed(lane: LaneOf, who: str = "du") -> list[int]:
    """What 任务 shows the supervisor."""
    with lane.database.transaction() as session:
        return [row.no for row in supervising.supervised(lane.work(session), who)]


def test_all_that_is_urgent_is_told_together_each_day_until_somebody_has_it(lane: LaneOf):
    pipe = lane.filed("li", LEAK)
    lane.filed("li", replace(LEAK, category="power", matter="停电"))
    lane.until(lane.clock.now().replace(day=28, hour=12))  # a Saturday
    assert _again(lane) == [f"{day} 11:30" for day in (24, 25, 26, 27, 28)]
    assert lane.hears("du") == (
        "【督办】还没办好的 2 件：\n0001 水管爆裂（荷花小区3栋2单元）待受理\n"
        "0002 停电（荷花小区3栋2单元）待受理\n细看请发：任务"
    )
    lane.does("zhang", claiming.accept, pipe)
    lane.does("zhang", claiming.accept, pipe + 1)
    lane.passes(timedelta(days=1))
    assert _again(lane)[-1] == "28 11:30"


def test_what_is_ordinary_is_told_on_working_days_and_not_while_it_is_parked(lane: LaneOf):
    lane.rules = replace(lane.rules, push_budget=500)
    no = lane.filed()
    lane.until(lane.clock.now().replace(day=30, hour=12))
    assert _again(lane) == ["30 11:30"], "listed on Friday night; the next working day is Monday"
    lane.does("zhang", claiming.accept, no)
    while not _listed(lane):
        lane.passes(timedelta(days=1))
    told = _again(lane)
    in_two_weeks = (lane.clock.now() + timedelta(days=14)).date()
    lane.does("office", parking.park, no, in_two_weeks, "等配件")
    lane.passes(timedelta(days=3))
    assert (_listed(lane), _again(lane)) == ([], told)
    lane.passes(timedelta(days=14))
    assert _listed(lane) == [no]
    assert len(_again(lane)) > len(told), "the day of the review is over"
    assert lane.flaws() == []


def test_whoever_sees_to_it_instead_is_told_and_nobody_whom_it_complains_of(lane: LaneOf):
    complaint = replace(LIGHT, kind=Kind.COMPLAINT, private=True, matter="杜督办收钱不办事")
    few = tuple(person for person in PEOPLE if person.id in ("li", "du", "street"))
    lane.hood = Neighbourhood(PLACES, few, tuple(lane.hood.chats.values()))
    lane.filed("li", complaint)
    lane.until(lane.clock.now().replace(day=30, hour=12))

    assert lane.outbox("du") == []
    assert _again(lane, "street") == [f"{day} 11:30" for day in (24, 25, 26, 27, 30)]
    assert lane.hears("street").endswith("请您过问。")


def test_what_was_listed_before_there_were_reminders_is_told_after_the_upgrade(
    lane: LaneOf, database_url: str
):
    lane.filed("li", LEAK)
    lane.until(lane.clock.now().replace(day=24, hour=12))
    with lane.database.transaction() as session:
        session.execute(delete(MarkRow))  # as a program without reminders leaves it
    lane.until(lane.clock.now().replace(day=26, hour=12))
    assert _again(lane) == ["24 11:30"]

    migrate.downgrade(database_url, "0027")
    migrate.upgrade(database_url)
    lane.until(lane.clock.now().replace(day=27, hour=12))

    assert _again(lane) == ["24 11:30", "26 12:00", "27 11:30"]


def test_for_a_supervisor_on_leave_the_deputy_is_told(lane: LaneOf):
    people = tuple(replace(one, deputy="office") if one.id == "du" else one for one in PEOPLE)
    lane.hood = Neighbourhood(PLACES, people, tuple(lane.hood.chats.values()))
    lane.away = frozenset({"du"})
    lane.filed("li", LEAK)
    lane.until(lane.clock.now().replace(day=25, hour=12))

    assert lane.outbox("du") == []
    assert _again(lane, "office") == ["24 11:30", "25 11:30"]


def test_whoever_is_told_to_read_the_list_finds_it_there(lane: LaneOf):
    """The supervisor of another place stands in for the one who is on leave."""
    other = Person(id="qin", name="秦", title="秦督办", grants=(Grant(Role.SUPERVISOR, ("b6",)),))
    people = tuple(replace(one, deputy="qin") if one.id == "du" else one for one in PEOPLE)
    lane.hood = Neighbourhood(PLACES, (*people, other), tuple(lane.hood.chats.values()))
    lane.away = frozenset({"du"})
    no = lane.filed("li", LEAK)
    lane.until(lane.clock.now().replace(day=24, hour=12))

    assert lane.hears("qin").endswith("细看请发：任务")
    assert _listed(lane, "qin") == [no]
    lane.away = frozenset()
    assert _listed(lane, "qin") == []


def test_without_a_deputy_whoever_sees_to_it_otherwise_is_told(lane: LaneOf):
    lane.away = frozenset({"du"})
    lane.filed("li", LEAK)
    lane.until(lane.clock.now().replace(day=24, hour=12))

    assert lane.outbox("du") == []
    assert _again(lane, "street") == ["24 11:30"]
