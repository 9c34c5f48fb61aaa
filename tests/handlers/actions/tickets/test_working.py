"""The work: progress, arrival, dates, questions, done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.actions.tickets import claiming, inquiring, working
from knowledge.community.refusals import IllegalStep, Unclear
from knowledge.community.tickets.ticket import Kind
from tests.handlers.actions.tickets.lane import GROUP, LEAK, LIGHT

if TYPE_CHECKING:
    from handlers.actions.tickets.request import Request
    from tests.handlers.actions.tickets.lane import LaneOf


def test_progress_reaches_the_reporter_and_begins_the_work(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    lane.does("zhang", working.note, no, "已买灯，预计 18:00 前修好")
    assert lane.state(no) == "in_progress"
    assert lane.hears(GROUP) == "@李娭毑 楼道灯不亮（0001）张师傅说：已买灯，预计 18:00 前修好"
    assert lane.hears("zhang") == "记下了，0001 的进展告诉李娭毑了。"


def test_progress_without_words_is_asked_for(lane: LaneOf):
    no = lane.filed()
    with pytest.raises(Unclear, match="进展1 已买灯"):
        lane.does("zhang", working.note, no, "  ")


@pytest.mark.parametrize("words", ["到了", "我到了", "已到现场", "到门口了"])
def test_being_there_stops_the_clock_of_the_visit(lane: LaneOf, words: str):
    no = lane.filed("zhao", LEAK)
    lane.chooses("zhang", 1)
    lane.does("zhang", working.note, no, words)
    assert lane.state(no) == "in_progress"
    assert lane.hears(GROUP) == "@赵姐 张师傅到现场了（0001），正在处理。"
    lane.passes(timedelta(hours=1))
    assert lane.outbox("liu") == []


def test_being_on_the_way_is_not_being_there(lane: LaneOf):
    no = lane.filed("zhao", LEAK)
    lane.chooses("zhang", 1)
    lane.does("zhang", working.note, no, "在路上，马上到")
    assert lane.state(no) == "accepted"


def test_a_fixed_date_is_told(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    lane.does("zhang", working.schedule, no, "明天上午 10 点")
    assert lane.state(no) == "scheduled"
    assert lane.hears(GROUP) == "@李娭毑 楼道灯不亮（0001）张师傅约好了：明天上午 10 点"


def test_a_question_stops_the_clock_until_the_answer(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    due = lane.ticket(no).solve_due
    lane.does("zhang", inquiring.inquire, no, "哪一层的灯？")
    assert lane.hears(GROUP) == "@李娭毑 楼道灯不亮（0001）张师傅想问：哪一层的灯？\n请直接回复。"
    assert lane.ticket(no).solve_due is None
    lane.passes(timedelta(hours=2))
    lane.does("li", inquiring.supplement, no, "五楼的", chat=GROUP)
    assert lane.state(no) == "accepted"
    after = lane.ticket(no).solve_due
    assert due is not None
    assert after is not None
    assert after > due
    assert "李娭毑回话：五楼的" in lane.hears("zhang")
    assert lane.flaws() == []


def test_a_question_is_repeated_once_and_waits_seven_days_at_most(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    lane.does("zhang", inquiring.inquire, no, "哪一层的灯？")
    lane.passes(timedelta(days=3))
    assert "还等您回一句话" in lane.hears(GROUP)
    lane.passes(timedelta(days=4))
    assert lane.state(no) == "accepted"
    assert "等了 7 天没有回话" in lane.hears("zhang")
    assert lane.flaws() == []


def test_done_asks_the_reporter_and_shows_the_photo(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    lane.does("zhang", working.finish, no, "换了新灯", ("after",))
    asked = lane.outbox(GROUP)[-1]
    assert asked.text == (
        "@李娭毑 楼道灯不亮（0001）张师傅说修好了：“换了新灯”，发来照片 1 张。\n好了，回复 1；没好，回复 2。"
    )
    assert asked.images == ["after"]
    assert [button["label"] for button in asked.buttons] == ["好了", "没好"]
    assert lane.hears("zhang") == "收到，0001 等李娭毑确认。您手上没有别的事了，辛苦了！"


def test_done_without_accepting_first_takes_it_on_the_way(lane: LaneOf):
    no = lane.filed()
    lane.does("zhang", working.finish, no, "换了新灯")
    assert lane.state(no) == "handled"
    with pytest.raises(IllegalStep, match="已处置"):
        lane.does("zhang", working.finish, no, "换了新灯")


def test_a_number_that_stands_at_the_cut_is_not_told_in_part(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    for filling in range(12, 40):
        words = "他" * filling + "13812345678，下午来，家501，敲门就行"
        lane.does("zhang", working.note, no, words)
        assert "138123" not in lane.hears(GROUP)
        assert "501" not in lane.hears(GROUP)


def test_a_date_agreed_at_night_is_told_though_the_task_moves_on(lane: LaneOf):
    lane.passes(timedelta(hours=13))
    no = lane.filed()
    lane.does("zhang", claiming.accept, no)
    lane.does("zhang", working.schedule, no, "周三下午三点")
    lane.does("zhang", claiming.transfer, no, "刘姐")
    told = [row.text for row in lane.outbox(GROUP)]
    assert any("周三下午三点" in text for text in told)
    assert not any("张师傅接单了" in text for text in told)


@pytest.mark.parametrize(
    ("asked", "words", "heard"),
    [
        (LIGHT, "还没好，师傅态度好差", "liu"),
        (LIGHT, "还没好，找我要了50块钱", "liu"),
        (LIGHT, "还没好，要多少钱？", "zhang"),
        (LIGHT, "还没好，什么时候动手修", "zhang"),
        (LEAK, "还没好，楼上还骂人", "zhang"),
        (replace(LIGHT, kind=Kind.COMPLAINT), "还没好，他又威胁我", "zhang"),
    ],
)
def test_only_who_is_found_fault_with_does_not_hear_it(
    lane: LaneOf, asked: Request, words: str, heard: str
):
    no = lane.filed("li", asked)
    lane.chooses("zhang", 1)
    lane.does("li", inquiring.supplement, no, words)
    told = [who for who in ("zhang", "liu") if any(words in row.text for row in lane.outbox(who))]
    assert told == [heard]


def test_the_answer_to_a_question_is_heard_by_who_asked_whatever_it_says(lane: LaneOf):
    no = lane.filed()
    lane.chooses("zhang", 1)
    lane.does("zhang", inquiring.inquire, no, "上次的师傅说什么了？")
    lane.does("li", inquiring.supplement, no, "他态度不好，没说")
    assert "李娭毑回话：他态度不好，没说" in lane.hears("zhang")
