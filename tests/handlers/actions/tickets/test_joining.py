"""The same matter from many households is one ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from handlers.actions.tickets import closing, withdrawing, working
from handlers.actions.tickets.filing import file
from handlers.messages import direct
from knowledge.store.rows.tickets import TicketPartyRow
from tests.handlers.actions.tickets.lane import GROUP, LEAK, LIGHT

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf

POWER = replace(LEAK, category="power", matter="停电", place="b6", words="停电哒，6栋")


def test_a_second_report_of_an_outage_is_counted_and_answered(lane: LaneOf):
    no = lane.report("zhao", POWER)
    lane.passes(timedelta(minutes=9))
    assert lane.report("wang", POWER) == no
    assert lane.hears(GROUP) == (
        "王嫂，6栋停电 9 分钟前有人报过（编号 0001），已通知组长刘姐。\n"
        "已算上您，共 2 户。有消息我在这里说。\n家里有人用呼吸机、制氧机的，马上回复 1。"
    )
    assert lane.ticket(no).reports == 2
    assert lane.flaws() == []


def test_what_a_neighbour_of_an_emergency_is_told_may_be_repeated_as_its_reporter_is(lane: LaneOf):
    no = lane.report("zhao", LEAK, chat=direct("web", "zhao"))
    lane.report("wang", LEAK, chat=direct("web", "wang"))
    lane.does("zhang", working.note, no, "水阀关了。")
    for who in ("zhao", "wang"):
        told = lane.outbox(direct("web", who))
        assert len(told) >= 2
        assert all(row.repeatable for row in told), [row.text for row in told]
    lane.report("li", LIGHT, chat=direct("web", "li"))
    assert not any(row.repeatable for row in lane.outbox(direct("web", "li")))


def test_further_reports_are_only_counted(lane: LaneOf):
    no = lane.report("zhao", POWER)
    lane.report("wang", POWER)
    before = len(lane.outbox(GROUP))
    for who in ("li", "web:a", "web:b", "web:c"):
        lane.report(who, POWER)
    assert len(lane.outbox(GROUP)) == before
    assert lane.ticket(no).reports == 6
    lane.does("liu", working.note, no, "供电公司预计 14:20 到场。")
    assert lane.hears(GROUP) == "6栋停电（0001）：6 户已报，供电公司预计 14:20 到场。"


def test_another_group_is_answered_though_the_first_one_was_just_now(lane: LaneOf):
    lane.report("zhao", POWER)
    lane.report("wang", POWER)
    other = replace(GROUP, id="g-2")
    lane.report("li", POWER, chat=other)
    assert "共 3 户" in lane.hears(other)
    before = len(lane.outbox(other))
    lane.report("web:a", POWER, chat=other)
    assert len(lane.outbox(other)) == before


def test_whoever_joined_elsewhere_hears_that_it_is_done_but_is_not_asked(lane: LaneOf):
    no = lane.report("zhao", POWER)
    lane.report("wang", POWER, chat=direct("web", "wang"))
    lane.does("liu", working.finish, no, "来电了")
    assert lane.hears("wang") == "停电（0001）刘姐说处理好了。还没好的话，直接说一声。"
    assert lane.outbox("wang")[-1].buttons == []
    lane.chooses("zhao", 1, chat=GROUP)
    lane.chooses("zhao", 1, chat=GROUP)
    assert "谢谢您" not in lane.hears("wang")


def test_the_same_household_counts_once(lane: LaneOf):
    no = lane.report("zhao", POWER)
    lane.report("zhao", POWER)
    lane.report("wang", POWER)
    lane.report("wang", POWER)
    assert lane.ticket(no).reports == 2


def test_whoever_needs_electricity_to_breathe_is_told_on_at_once(lane: LaneOf):
    lane.report("zhao", POWER)
    lane.report("wang", POWER)
    lane.chooses("wang", 1, chat=GROUP)
    assert lane.hears("liu").startswith("【危急 0001】6栋停电")
    assert "呼吸困难立即打 120" in lane.hears(GROUP)


def test_another_unit_or_another_week_is_another_matter(lane: LaneOf):
    no = lane.filed()
    assert lane.report("zhao", replace(LIGHT, place="b3-1")) != no
    lane.passes(timedelta(hours=73))
    assert lane.report("wang", LIGHT) != no


def test_the_same_in_the_building_but_not_the_same_unit_is_asked_about(lane: LaneOf):
    no = lane.filed()
    near = lane.report("wang", replace(LIGHT, place="b3"))
    assert near != no
    assert lane.hears(GROUP).endswith("是同一件事吗？是，回复 1 关注；不是，回复 2 另外登记。")

    lane.chooses("wang", 1, chat=GROUP)

    assert lane.state(near) == "closed_duplicate"
    assert lane.ticket(no).reports == 2
    assert lane.flaws() == []


def test_what_is_told_of_the_whole_building_first_counts_a_unit_of_it(lane: LaneOf):
    no = lane.filed("li", replace(LEAK, place="b3"))
    assert lane.report("wang", LEAK) == no


def test_a_private_matter_said_again_before_others_is_answered_aside(lane: LaneOf):
    secret = replace(LEAK, private=True)
    no = lane.filed("li", secret)
    before = len(lane.outbox(GROUP))
    assert lane.report("li", secret) == no
    assert [row.text for row in lane.outbox(GROUP)[before:] if "0001" in row.text] == []
    assert "0001" in lane.hears("li")


def test_what_its_reporter_calls_another_matter_is_filed_by_itself(lane: LaneOf):
    no = lane.filed()
    near = lane.report("wang", replace(LIGHT, place="b3"))
    lane.chooses("wang", 2, chat=GROUP)
    assert lane.state(near) == "new"
    assert lane.ticket(no).reports == 1


def test_who_follows_what_is_over_by_then_has_a_ticket_of_his_own(lane: LaneOf):
    no = lane.filed()
    near = lane.report("wang", replace(LIGHT, place="b3"))
    lane.does("li", withdrawing.withdraw, no, chat=GROUP)
    lane.chooses("wang", 1, chat=GROUP)
    assert lane.state(near) == "new"


def test_a_draft_of_what_was_filed_meanwhile_becomes_a_part_of_it(lane: LaneOf):
    first, second = lane.report("li", LIGHT), lane.report("wang", LIGHT)
    lane.does("li", file, first, chat=GROUP)
    lane.does("wang", file, second, chat=GROUP)
    assert lane.state(second) == "closed_duplicate"
    assert lane.ticket(first).reports == 2
    assert lane.flaws() == []


def test_what_a_neighbour_shows_of_the_same_matter_comes_before_whoever_has_it(lane: LaneOf):
    no = lane.filed("li", replace(LIGHT, images=("mine",)))
    draft = lane.report("wang", replace(LIGHT, place="b3", images=("hall",)))
    lane.chooses("wang", 1, chat=GROUP)
    assert lane.state(draft) == "closed_duplicate"
    assert lane.hears("zhang").endswith("王嫂补充了照片 1 张。")
    lane.report("zhao", replace(LIGHT, images=("stairs",)))

    assert lane.outbox("zhang")[-1].images == ["stairs"]
    assert lane.ticket(no).images == ["mine", "hall", "stairs"]
    pipe = lane.filed("li", LEAK)
    lane.report("wang", replace(LEAK, images=("flood",)))
    assert lane.outbox("zhang")[-1].images == lane.ticket(pipe).images == ["flood"]
    assert lane.flaws() == []


def test_what_is_shown_with_a_place_that_is_told_later_is_kept(lane: LaneOf):
    pipe = lane.filed("li", replace(LEAK, place="b3"))
    lane.report("li", replace(LEAK, images=("unit",)))
    assert lane.ticket(pipe).place_id == "b3-2"
    assert lane.ticket(pipe).images == ["unit"]
    assert any(row.images == ["unit"] for row in lane.outbox("zhang"))
    assert lane.flaws() == []


def test_taking_back_one_report_keeps_the_matter_of_the_others(lane: LaneOf):
    no = lane.report("zhao", POWER)
    lane.report("wang", POWER)
    lane.does("zhao", withdrawing.withdraw, no, chat=GROUP)
    assert lane.state(no) == "new"
    assert (lane.ticket(no).reporter, lane.ticket(no).reports) == ("wang", 1)


def test_a_neighbour_who_joined_reads_no_phone_and_no_door_in_private(lane: LaneOf):
    no = lane.report("zhao", POWER)
    lane.report("wang", POWER, chat=direct("web", "wang"))
    lane.does("liu", working.note, no, "501开门了，打13812345678")
    assert "138****5678" in lane.hears("wang")
    assert "501" not in lane.hears("wang")
    lane.report("web:a", POWER, chat=direct("web", "a"))
    assert "501" not in lane.hears("a")


def test_who_only_watches_reads_no_phone_either(lane: LaneOf):
    no = lane.filed("li", LEAK)
    lane.chooses("zhang", 1)
    lane.does("zhang", working.finish, no, "关了总阀")
    lane.does("li", closing.reopen, no, "又漏了，打13812345678", chat=GROUP)
    assert "13812345678" in lane.hears("zhang")
    assert "138****5678" in lane.hears("liu")


def test_never_mind_is_taken_where_the_others_are_not_known_any_more(lane: LaneOf):
    no = lane.report("zhao", POWER)
    lane.report("wang", POWER)
    with lane.database.transaction() as session:
        session.execute(delete(TicketPartyRow))
    lane.does("zhao", withdrawing.withdraw, no, chat=GROUP)
    assert lane.state(no) == "closed_withdrawn"
