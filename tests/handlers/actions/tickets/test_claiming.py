"""Who has it: first come, by name, handed back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import claiming, climbing, closing, inquiring, working
from knowledge.community.days.zone import ZONE
from knowledge.community.refusals import AlreadyTaken, IllegalStep, NotAllowed, NotFound, Unclear
from knowledge.files.bodies import SHORT_LIMIT
from tests.handlers.actions.tickets.lane import GROUP, LEAK, LIGHT

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf


def test_accepting_tells_the_reporter_a_name_and_the_leader_what_to_do(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    assert lane.state(no) == "accepted"
    assert lane.hears(GROUP) == "@李娭毑 楼道灯不亮（0001）张师傅接单了，今天内联系您。"
    assert lane.hears("zhang") == (
        "楼道灯不亮（0001）已接单，也告诉李娭毑了。\n李娭毑：电话 13800001111，门牌 502\n办完请发：完1，最好带一张照片。"
    )


def test_with_pages_phone_and_door_are_only_behind_the_link(lane: LaneOf):
    lane.rules = replace(lane.rules, page_url="https://linli.example")
    lane.filed()
    assert lane.hears("zhang").endswith("\n网页：https://linli.example/t/0001")
    lane.chooses("zhang", 1)
    assert "李娭毑的电话和门牌：https://linli.example/t/0001（只有您能打开）" in lane.hears("zhang")
    assert "13800001111" not in lane.hears("zhang")


def test_the_way_to_the_desk_stands_on_every_push_of_a_task_beside_all_of_the_words(lane: LaneOf):
    lane.rules = replace(lane.rules, page_url="https://linli.guihua-community.example")
    words = "三栋二单元的楼道灯又坏了，晚上老人家上下楼看不见，请快点来看看好不好"
    no = lane.filed(request=replace(LIGHT, words=words))
    line = f"\n网页：https://linli.guihua-community.example/t/{no:04d}"
    lane.passes(timedelta(days=2))  # reminded, then put before the next ones
    lane.does("liu", claiming.accept, no)
    lane.does("liu", working.finish, no, "换了")
    lane.does("li", closing.reopen, no, "又熄了", chat=GROUP)
    cards = [
        row.text
        for row in lane.outbox()
        if row.kind == "direct"
        and (
            "回复 1 接单" in row.text or (row.text.startswith("【重办") and "请发：完" in row.text)
        )
    ]
    assert len(cards) >= 4
    assert sum(words in card for card in cards) >= 2  # but for who was only reminded
    for card in cards:
        assert card.count(line) == 1, card
        assert len(card.replace(line, "")) <= SHORT_LIMIT, card


def test_in_a_group_accepting_says_neither_phone_nor_door(lane: LaneOf):
    no = lane.filed()
    lane.does("zhang", claiming.accept, no, chat=GROUP)
    assert all("138" not in row.text and "502" not in row.text for row in lane.outbox(GROUP))


def test_an_emergency_taken_is_told_with_the_time(lane: LaneOf):
    lane.filed("zhao", LEAK)
    lane.passes(timedelta(minutes=4))
    lane.chooses("zhang", 1)
    assert lane.hears(GROUP) == "@赵姐 张师傅 09:04 接单，正赶过来。"


def test_of_two_who_were_asked_the_first_wins_and_the_other_hears_who_has_it(lane: LaneOf):
    no = lane.filed("zhao", LEAK)
    lane.passes(timedelta(minutes=11))
    lane.chooses("liu", 1)
    assert lane.ticket(no).owner_id == "liu"
    assert lane.hears("zhang") == "0001 已由刘姐接单，您不用管了，谢谢！"
    with pytest.raises(AlreadyTaken, match="已由刘姐接单"):
        lane.does("zhang", claiming.accept, no)
    assert lane.ticket(no).owner_id == "liu"


def test_accepting_twice_is_answered_kindly(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    with pytest.raises(AlreadyTaken, match="已经在您手上了"):
        lane.does("zhang", claiming.accept, no)


def test_a_ticket_that_somebody_was_not_asked_about_looks_like_a_missing_one(lane: LaneOf):
    no = lane.filed()
    for who in ("wang", "he", "liu", "web:stranger"):
        with pytest.raises(NotFound):
            lane.does(who, claiming.accept, no)
    with pytest.raises(NotFound):
        lane.does("wang", claiming.details, no)


def test_a_finished_ticket_cannot_be_accepted(lane: LaneOf):
    no = lane.filed()
    lane.does("zhang", working.finish, no, "换了新灯")
    with pytest.raises(IllegalStep):
        lane.does("zhang", claiming.accept, no)


def test_passing_on_by_name_asks_the_other_person(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 2)
    assert lane.hears("zhang") == "转给谁？请发：转1 姓名"
    lane.does("zhang", claiming.transfer, no, "何师傅")
    assert lane.ticket(no).owner_id == "he"
    assert "张师傅转给您。" in lane.hears("he")
    assert lane.hears("zhang") == "0001 已转给何师傅，接了单我告诉李娭毑。"
    lane.chooses("he", 1)
    assert lane.state(no) == "accepted"
    with pytest.raises(NotFound):
        lane.does("zhang", claiming.accept, no)
    assert lane.flaws() == []


def test_passing_on_a_taken_ticket_tells_the_reporter(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    lane.does("zhang", claiming.transfer, no, "刘芳")
    assert lane.state(no) == "new"
    assert lane.hears(GROUP) == "@李娭毑 楼道灯不亮（0001）转给刘姐了，由刘姐联系您。"


def test_a_name_that_nobody_has_or_that_handles_nothing_is_refused(lane: LaneOf):
    no = lane.filed()
    with pytest.raises(Unclear, match="没有找到“张三”"):
        lane.does("zhang", claiming.transfer, no, "张三")
    with pytest.raises(NotAllowed):
        lane.does("zhang", claiming.transfer, no, "王嫂")
    assert lane.ticket(no).owner_id == "zhang"


def test_handing_back_asks_for_a_reason_and_goes_one_rung_up(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 3)
    assert lane.hears("zhang") == (
        "为什么不归您管？\n回复 1 不是我这片的　2 不归社区管　3 我办不了　4 事情没说清楚"
    )
    lane.chooses("zhang", 3)
    assert lane.state(no) == "returned"
    assert lane.ticket(no).owner_id == "liu"
    assert "张师傅退单：我办不了" in lane.hears("liu")
    assert lane.hears("zhang") == "收到，0001 请刘姐来定。"


def test_the_third_time_the_community_fixes_the_owner(lane: LaneOf):
    no = lane.filed()
    lane.does("zhang", claiming.refuse, no, "不是我这片的")
    lane.does("liu", claiming.refuse, no, "不归社区管")
    assert lane.ticket(no).owner_id == "chen"
    assert "不归我管" not in lane.hears("chen")
    lane.does("chen", claiming.refuse, no, "我办不了")
    assert lane.ticket(no).owner_id == "office"
    assert lane.ticket(no).hops == 2
    assert "已退过两次，请您定人" in lane.hears("office")
    assert lane.hears("chen") == "0001 已经退过两次，不能再退，请王主任定人。"
    with pytest.raises(IllegalStep, match="请接单"):
        lane.does("office", claiming.refuse, no, "也不归我")
    assert lane.flaws() == []


def test_handed_back_by_who_stands_on_no_ladder_it_never_returns_to_who_gave_it_away(lane: LaneOf):
    no = lane.filed()
    lane.does("zhang", claiming.refuse, no, "我办不了")
    lane.does("liu", claiming.transfer, no, "何师傅")
    lane.does("he", claiming.refuse, no, "不归我管")

    assert lane.ticket(no).owner_id == "liu"
    assert lane.flaws() == []


def test_absent_people_are_passed_over(lane: LaneOf):
    lane.away = frozenset({"zhang"})
    no = lane.filed("li", LIGHT)
    assert lane.ticket(no).owner_id == "liu"


def test_the_card_of_a_returned_task_names_the_hour_that_counts(lane: LaneOf):
    no = lane.filed()
    lane.does("zhang", claiming.refuse, no, "不是我这片的")
    due = lane.ticket(no).claim_due

    assert due is not None
    assert f"要求：今天 {due.astimezone(ZONE):%H:%M} 前对接" in lane.hears("liu")
    lane.until(due)
    assert "要求：今天 21:00 前对接" in lane.hears("chen")
    assert lane.flaws() == []


def test_what_somebody_said_at_night_reaches_the_new_owner_without_the_old_card(lane: LaneOf):
    lane.passes(timedelta(hours=13))
    no = lane.filed()
    lane.does("li", inquiring.supplement, no, "灯罩碎了一地，小心割手", chat=GROUP)
    lane.does("li", climbing.urge, no, chat=GROUP)
    lane.does("zhang", claiming.transfer, no, "刘姐")

    waiting = [row.text for row in lane.outbox("liu")]
    assert any("小心割手" in text for text in waiting)
    assert any("【催办 0001】" in text for text in waiting)
    assert any("【新任务 0001】" in text for text in waiting)
    assert [row.text for row in lane.outbox("zhang") if row.not_before > lane.clock.now()] == []


def test_handed_back_at_night_no_word_is_lost_either(lane: LaneOf):
    lane.passes(timedelta(hours=13))
    no = lane.filed()
    lane.does("li", inquiring.supplement, no, "小心割手", chat=GROUP)
    lane.does("zhang", claiming.refuse, no, "我办不了")

    assert any("小心割手" in row.text for row in lane.outbox("liu"))


def test_who_had_it_before_is_told_who_has_it_now(lane: LaneOf):
    no = lane.filed()
    lane.does("zhang", claiming.transfer, no, "刘姐")

    with pytest.raises(NotFound, match="0001 现在归刘姐办"):
        lane.does("zhang", claiming.transfer, no, "何师傅")
    with pytest.raises(NotFound, match="没有找到"):
        lane.does("wang", claiming.transfer, no, "何师傅")
