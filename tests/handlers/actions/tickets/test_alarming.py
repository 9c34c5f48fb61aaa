"""A life in danger that nobody comes for: everybody is called again, and the reporter is not left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.tickets import claiming, withdrawing
from handlers.actions.tickets.joining import join
from handlers.messages import direct
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.tickets.ticket import Lane
from knowledge.store.tickets import by_no
from tests.handlers.actions.tickets.lane import GROUP, LEAK, PEOPLE, PLACES

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf

GAS = replace(LEAK, category="gas", lane=Lane.P0, matter="燃气味", words="三栋二单元有燃气味")
LADDER = ("zhang", "liu", "chen", "office", "street")


def test_the_whole_ladder_and_the_supervisor_are_called_again_until_somebody_takes_it(lane: LaneOf):
    no = lane.filed("li", GAS)
    lane.passes(timedelta(minutes=25))
    called = {who: lane.hears(who) for who in (*LADDER, "du")}
    assert all("叫了 25 分钟没人接！请马上接" in called[who] for who in LADDER)
    assert called["du"] == (
        "【督办 0001】燃气味 · 荷花小区3栋2单元\n叫了 25 分钟没人接单，请您马上打电话找人。"
    )
    assert lane.hears(GROUP).startswith(
        "@李娭毑 0001 还没人接单，各级和街道都在叫，10 分钟后再叫。"
    )
    assert "119" in lane.hears(GROUP)
    lane.does("office", claiming.accept, no)
    told = lane.told()
    lane.passes(timedelta(minutes=10))
    assert lane.told() == told
    assert lane.flaws() == []


def test_without_a_phone_of_the_office_and_with_a_danger_of_its_own_kind_the_numbers_are_there(
    lane: LaneOf,
):
    lane.filed("li", replace(GAS, category="other"))
    lane.passes(timedelta(minutes=15))
    assert "着火、被困打 119" in lane.hears(GROUP)
    assert "值班电话" not in lane.hears(GROUP)


def test_of_several_households_each_takes_back_its_own_report_and_the_others_are_not_left_alone(
    lane: LaneOf,
):
    no = lane.filed("li", GAS)
    with lane.database.transaction() as session:
        ticket, chat = by_no(session, no), direct("web", "wang")
        assert ticket is not None
        join(lane.work(session, "wang"), ticket, "wang", chat)
    lane.passes(timedelta(minutes=15))
    assert lane.hears("wang").endswith("您家没事了请回：算了")
    assert lane.hears(GROUP).endswith("您家没事了请回：算了")

    lane.does("wang", withdrawing.withdraw, no)
    assert lane.hears("wang") == "好的，您这一户撤回了。燃气味（0001）还有 1 户在等，接着办。"
    lane.passes(timedelta(minutes=10))
    assert "10 分钟后再叫" in lane.hears(GROUP)
    assert lane.hears(GROUP).endswith("\n没事了请回：算了")


def test_where_there_is_nobody_at_all_the_reporter_does_not_hear_that_they_are_called(lane: LaneOf):
    few = tuple(person for person in PEOPLE if person.id == "li")
    lane.hood = Neighbourhood(PLACES, few, tuple(lane.hood.chats.values()))
    lane.filed("li", GAS)
    lane.passes(timedelta(minutes=10))

    assert lane.hears(GROUP).startswith("@李娭毑 0001 没有人可以叫。\n您别干等：")
    assert "119" in lane.hears(GROUP)


def test_where_the_roster_knows_nobody_the_supervisor_hears_of_it_at_once_and_again(lane: LaneOf):
    few = tuple(person for person in PEOPLE if person.id in ("li", "du"))
    lane.hood = Neighbourhood(PLACES, few, tuple(lane.hood.chats.values()))
    lane.filed("li", GAS)
    assert lane.hears("du").endswith("没有人可以派，请您定人。")
    lane.passes(timedelta(minutes=10))
    assert lane.hears("du").endswith("叫了 10 分钟没人接单，请您马上打电话找人。")
    assert "10 分钟后再叫" in lane.hears(GROUP)
