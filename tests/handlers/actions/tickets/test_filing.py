"""From words to a ticket: questions, confirmation, receipt, card."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import filing, locating
from knowledge.community.days.zone import ZONE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.refusals import IllegalStep
from knowledge.community.tickets.ticket import Lane
from tests.handlers.actions.tickets.lane import GROUP, LEAK, LIGHT, PEOPLE, PLACES

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf


def test_a_report_without_a_place_is_asked_for_it_and_then_for_a_yes(lane: LaneOf):
    no = lane.report("li", replace(LIGHT, place=None, missing=("place",), images=("p1",)))
    assert lane.hears(GROUP) == (
        "李娭毑，照片收到了：楼道灯不亮。\n请问是几栋几单元？\n（例如：3栋2单元。门牌号不用发在群里）"
    )
    lane.does("li", filing.edit, no, place="b3-2", chat=GROUP)
    assert lane.hears(GROUP) == (
        "这样登记，对不对？\n【报修】楼道灯不亮 · 3栋2单元 · 照片 1 张\n对，回复 1；不对，直接说哪里不对。"
    )
    lane.chooses("li", 1, chat=GROUP)
    assert lane.hears(GROUP) == "登记好了，编号 0001。\n邻长张师傅今天内联系您。\n查进度请说：进度"
    assert lane.hears("zhang") == (
        "【新任务 0001】楼道灯不亮\n3栋2单元 · 李娭毑 · 照片 1 张\n"
        "原话：“三栋二单元楼道灯又不亮哒”\n"
        "要求：今天内对接，3 天内办结\n回复 1 接单　2 转给别人　3 不归我管"
    )
    assert lane.flaws() == []


def test_an_emergency_is_pushed_at_once_and_the_reporter_knows_what_follows(lane: LaneOf):
    lane.rules = replace(lane.rules, duty_phone="0731-0000 0000")
    lane.clock.move_to(datetime(2026, 11, 23, 23, 42, tzinfo=ZONE))
    lane.report("zhao", LEAK, advice="赵姐，先关水表旁的总阀。")
    said = [row.text for row in lane.outbox(GROUP)]
    assert said == [
        "赵姐，先关水表旁的总阀。",
        (
            "已按【紧急】通知邻长张师傅（编号 0001），目标半小时内上门。\n"
            "请您也打值班电话 0731-0000 0000。\n10 分钟没人接单，我会找组长。"
        ),
    ]
    card = lane.outbox("zhang")[0]
    assert card.text == (
        "【紧急 0001】3栋2单元水管爆裂\n赵姐 23:42 报：“五楼水管爆哒，水往楼下灌！”\n"
        "回复 1 接单　2 转给别人"
    )
    assert card.not_before == lane.clock.now(), "an emergency waits for no quiet hours"


def test_an_emergency_without_a_place_asks_the_groups_ladder_and_then_the_nearer_one(lane: LaneOf):
    no = lane.report("zhao", replace(LEAK, place="e", missing=("place",)), advice="先关总阀。")
    assert lane.ticket(no).owner_id == "chen", "nobody below holds the whole estate"
    lane.does("zhao", locating.locate, no, "b3-1", chat=GROUP)
    assert lane.ticket(no).owner_id == "zhang"
    assert "【紧急 0001】3栋1单元水管爆裂" in lane.hears("zhang")
    assert lane.hears("chen") == "【紧急 0001】3栋1单元水管爆裂\n地点：3栋1单元"
    assert "通知邻长张师傅（编号 0001）" in lane.hears(GROUP)
    assert lane.flaws() == []


def test_an_ordinary_card_waits_for_the_end_of_quiet_hours(lane: LaneOf):
    lane.clock.move_to(datetime(2026, 11, 23, 22, 0, tzinfo=ZONE))
    lane.filed()
    assert lane.outbox("zhang")[0].not_before == datetime(2026, 11, 24, 8, 0, tzinfo=ZONE)
    assert "要求：今天内对接" in lane.hears("zhang"), "it is read in the morning"
    assert "明天内联系您" in lane.hears(GROUP)
    assert lane.outbox(GROUP)[-1].not_before == lane.clock.now(), "an answer never waits"


def test_a_complete_draft_that_nobody_confirms_is_filed_after_half_an_hour(lane: LaneOf):
    no = lane.report("li", LIGHT)
    lane.passes(timedelta(minutes=29))
    assert lane.state(no) == "draft"
    lane.passes(timedelta(minutes=1))
    assert lane.state(no) == "new"
    assert lane.hears(GROUP).startswith("@李娭毑 登记好了，编号 0001")
    assert "【新任务 0001】" in lane.hears("zhang")


def test_an_incomplete_draft_is_asked_once_more_and_ends_after_a_day(lane: LaneOf):
    no = lane.report("li", replace(LIGHT, place=None, missing=("place",)))
    lane.passes(timedelta(minutes=30))
    assert lane.hears(GROUP) == "@李娭毑 “楼道灯不亮”还差一句：几栋几单元？\n不用登记了，请回：算了"
    lane.passes(timedelta(hours=23))
    assert lane.state(no) == "draft"
    lane.passes(timedelta(minutes=30))
    assert lane.state(no) == "closed_withdrawn"
    assert len(lane.outbox(GROUP)) == 2


def test_after_three_questions_a_request_is_taken_as_it_stands(lane: LaneOf):
    no = lane.report("li", replace(LIGHT, place=None, missing=("place",)))
    lane.does("li", filing.edit, no, missing=("place",), words="就是那里", chat=GROUP)
    lane.does("li", filing.edit, no, missing=("place",), words="你晓得的", chat=GROUP)
    lane.does("li", filing.edit, no, missing=("place",), words="老地方", chat=GROUP)
    assert "【报修】楼道灯不亮 · 地点待补" in lane.hears(GROUP)
    lane.passes(timedelta(minutes=30))
    assert lane.state(no) == "new"
    assert lane.ticket(no).owner_id is not None


def test_the_same_words_again_complete_the_draft_that_is_there(lane: LaneOf):
    no = lane.report("li", replace(LIGHT, place=None, missing=("place",), images=("p1",)))
    assert lane.report("li", replace(LIGHT, images=("p2",))) == no
    assert "楼道灯不亮 · 3栋2单元 · 照片 2 张" in lane.hears(GROUP)
    assert lane.report("li", replace(LIGHT, place="b3-1")) != no, "another staircase"


def test_what_the_same_person_has_filed_is_not_filed_again(lane: LaneOf):
    no = lane.filed()
    assert lane.report("li", LIGHT) == no
    assert lane.hears(GROUP).startswith("3栋2单元楼道灯不亮已经登记过了（编号 0001）")
    assert lane.ticket(no).reports == 1


def test_a_full_sentence_with_the_place_is_the_same_emergency(lane: LaneOf):
    no = lane.report("zhao", replace(LEAK, place="e", missing=("place",)), advice="先关总阀。")
    assert lane.report("zhao", replace(LEAK, place="b3-1"), advice="先关总阀。") == no
    assert lane.ticket(no).place_id == "b3-1"
    assert lane.ticket(no).owner_id == "zhang"
    assert lane.flaws() == []


def test_a_private_matter_is_answered_in_private_only(lane: LaneOf):
    lane.filed("li", replace(LIGHT, category="noise", matter="邻居吵架", private=True))
    said = [row.text for row in lane.outbox(GROUP)]
    assert said == ["李娭毑，这件事不在群里说，我私聊您了。"]
    assert "登记好了" in lane.hears("li")


def test_a_filed_ticket_cannot_be_filed_again(lane: LaneOf):
    no = lane.filed()
    with pytest.raises(IllegalStep, match="待受理"):
        lane.does("li", filing.file, no)


def test_without_any_leader_the_request_is_kept_and_listed(lane: LaneOf):
    people = [p for p in PEOPLE if p.id in ("li", "du")]
    lane.hood = Neighbourhood(PLACES, people, ())
    no = lane.filed()
    assert lane.state(no) == "new"
    assert "已列入督办清单" in lane.hears(GROUP)
    assert lane.flaws() == []


@pytest.mark.parametrize("lane_word", [Lane.P1, Lane.P2])
def test_a_card_quotes_what_fits_and_stays_short(lane: LaneOf, lane_word: Lane):
    request = replace(LIGHT, lane=lane_word, matter="事" * 20, words="话" * 300, images=("a",) * 12)
    lane.filed("li", request)
    lane.passes(timedelta(days=2))

    cards = [row.text for who in ("zhang", "liu", "chen") for row in lane.outbox(who)]

    assert cards
    assert all(len(card) <= 120 for card in cards), cards


def test_a_card_that_says_it_all_quotes_nothing(lane: LaneOf):
    lane.filed("li", replace(LIGHT, words="@社区小助手 3栋2单元楼道灯不亮"))

    assert "原话" not in lane.hears("zhang")
