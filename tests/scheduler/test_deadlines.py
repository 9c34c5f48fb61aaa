"""The ladder: who hears what and when, as it is promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from handlers.actions.tickets import climbing, working
from knowledge.community.days.zone import ZONE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.refusals import TooOften
from scheduler.deadlines import Deadlines
from tests.handlers.actions.tickets.lane import GROUP, LEAK, LIGHT, PEOPLE, PLACES, LaneOf

if TYPE_CHECKING:
    from bot.clocks import VirtualClock
    from knowledge.store.database import Database


@pytest.fixture
def lane(database: Database, clock: VirtualClock) -> LaneOf:
    return LaneOf(database, clock)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def pushes(lane: LaneOf, who: str) -> list[str]:
    return [f"{row.created_at:%H:%M} {row.text.splitlines()[0]}" for row in lane.outbox(who)]


def test_an_unclaimed_emergency_climbs_the_whole_ladder_every_ten_minutes(lane: LaneOf):
    no = lane.filed("zhao", LEAK)
    lane.passes(timedelta(hours=2))
    assert pushes(lane, "zhang") == [
        "09:00 【紧急 0001】3栋2单元水管爆裂",
        "09:05 【提醒 0001】水管爆裂 · 3栋2单元",
    ]
    climbed = {who: pushes(lane, who)[0][:5] for who in ("liu", "chen", "office", "street", "du")}
    assert climbed == {
        "liu": "09:10",
        "chen": "09:20",
        "office": "09:30",
        "street": "09:40",
        "du": "09:50",
    }
    assert all(len(lane.outbox(who)) == 1 for who in climbed)
    told = [row.text for row in lane.outbox(GROUP)][1:]
    assert told == [
        "@赵姐 0001 还没人接单，已升级到组长刘姐。",
        "@赵姐 0001 还没人接单，已升级到陈片长。",
        "@赵姐 0001 还没人接单，已升级到社区王主任。",
        "@赵姐 0001 还没人接单，已升级到街道何主任。",
        "@赵姐 0001 还没办好，已升级到督办清单，有人盯着办。",
    ]
    assert lane.ticket(no).next_at is None
    assert lane.flaws() == []


def test_an_ordinary_request_climbs_at_the_end_of_service_and_nothing_comes_earlier(lane: LaneOf):
    no = lane.filed()
    lane.until(at(23, 20, 59))
    assert pushes(lane, "zhang") == [
        "09:00 【新任务 0001】楼道灯不亮",
        "15:00 【提醒 0001】楼道灯不亮 · 3栋2单元",
    ]
    assert lane.outbox("liu") == []
    lane.until(at(23, 21))
    assert pushes(lane, "liu") == ["21:00 【新任务 0001】楼道灯不亮"]
    assert lane.hears(GROUP) == "@李娭毑 0001 还没人接单，已升级到组长刘姐。"
    assert lane.ticket(no).claim_due == at(24, 21)


def test_a_missed_solution_leaves_the_owner_and_tells_the_next_rung(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    lane.until(at(26, 20, 59))
    assert lane.outbox("liu") == []
    lane.until(at(26, 21))
    assert lane.ticket(no).owner_id == "zhang"
    assert pushes(lane, "liu") == ["21:00 【超时 0001】楼道灯不亮 · 3栋2单元"]
    assert lane.hears(GROUP) == "@李娭毑 0001 到期还没办完，已升级到组长刘姐，张师傅继续办。"
    lane.does("zhang", working.finish, no, "换了新灯")
    assert lane.flaws() == []


def test_nobody_there_after_half_an_hour_is_told_once(lane: LaneOf):
    no = lane.filed("zhao", LEAK)
    lane.passes(timedelta(minutes=4))
    lane.chooses("zhang", 1)
    lane.passes(timedelta(hours=3))
    assert [push[:5] for push in pushes(lane, "liu")] == ["09:30"]
    assert lane.outbox("chen") == []
    assert lane.hears(GROUP) == "@赵姐 0001 还没收到张师傅到场的消息，已升级到组长刘姐。"
    assert lane.ticket(no).owner_id == "zhang"


def test_two_hearts_or_a_restart_do_nothing_twice(lane: LaneOf):
    lane.filed("zhao", LEAK)
    lane.clock.move_to(at(23, 9, 10))
    for _ in range(3):
        with lane.database.transaction() as session:
            Deadlines().run_due(lane.work(session))
    assert len(lane.outbox("liu")) == 1
    assert len(lane.outbox("zhang")) == 1, "the nudge is not made up for when time is over"


def test_after_a_standstill_every_rung_still_gets_its_full_time(lane: LaneOf):
    lane.filed("zhao", LEAK)
    lane.clock.move_to(at(23, 10))
    lane.until(at(23, 10, 9))
    assert len(lane.outbox("liu")) == 1
    assert lane.outbox("chen") == []
    lane.until(at(23, 10, 10))
    assert len(lane.outbox("chen")) == 1


@pytest.mark.parametrize("gone", ["zhang", "liu", "chen", "office", "street"])
def test_without_any_one_of_the_ladder_no_ticket_is_an_orphan(lane: LaneOf, gone: str):
    lane.hood = Neighbourhood(PLACES, [p for p in PEOPLE if p.id != gone], ())
    no = lane.filed("zhao", LEAK)
    assert lane.ticket(no).owner_id not in (None, gone)
    lane.passes(timedelta(hours=1))
    rest = [who for who in ("zhang", "liu", "chen", "office", "street", "du") if who != gone]
    assert [len(lane.outbox(who)) > 0 for who in rest] == [True] * len(rest)


def test_urging_is_passed_on_once_a_day(lane: LaneOf):
    no = lane.filed()
    lane.does("li", climbing.urge, no, chat=GROUP)
    assert lane.hears(GROUP) == "已催张师傅（0001）。一天可以催一次。"
    assert lane.hears("zhang").startswith("【催办 0001】楼道灯不亮 · 3栋2单元")
    with pytest.raises(TooOften, match="今天已经催过"):
        lane.does("li", climbing.urge, no, chat=GROUP)
    lane.passes(timedelta(days=1))
    lane.does("li", climbing.urge, no, chat=GROUP)


def test_a_request_of_three_parties_has_a_week_for_the_plan(lane: LaneOf):
    no = lane.filed("li", replace(LIGHT, category="lift", matter="加装电梯", lane=LIGHT.lane.P3))
    lane.chooses("zhang", 1)
    assert lane.ticket(no).solve_due == datetime(2026, 12, 8, 21, tzinfo=ZONE)
    lane.until(at(30, 21))
    assert pushes(lane, "liu") == ["21:00 【超时 0001】加装电梯 · 3栋2单元"]


def test_a_ticket_that_cannot_be_read_stops_no_other_clock(lane: LaneOf):
    bad, good = lane.filed("zhao", LEAK), lane.filed("zhao", replace(LEAK, place="b6"))
    with lane.database.transaction() as session:
        session.execute(text("UPDATE ticket_event SET step = 'nonsense' WHERE ticket_id = 1"))
    lane.until(at(23, 9, 10))
    assert [row.ticket_id for row in lane.outbox("chen")] == [good]
    assert lane.ticket(bad).next_at == at(23, 9, 15), "tried again ten minutes after the nudge"
