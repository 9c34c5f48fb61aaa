"""The end: confirmed, rated, opened again, silent, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from handlers.actions.tickets import climbing, closing, withdrawing, working
from knowledge.community.days.zone import ZONE
from knowledge.community.refusals import IllegalStep, NotFound
from knowledge.store.rows.tickets import TicketTextRow
from tests.handlers.actions.tickets.lane import GROUP, LIGHT

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf


def finished(lane: LaneOf) -> int:
    no = lane.filed()
    lane.chooses("zhang", 1)
    lane.does("zhang", working.finish, no, "换了新灯")
    return no


def test_good_closes_and_offers_a_rating(lane: LaneOf):
    no = finished(lane)
    lane.chooses("li", 1, chat=GROUP)
    assert lane.state(no) == "closed_confirmed"
    assert lane.hears(GROUP) == (
        "那就好！给这次服务打个分：1 满意　2 一般　3 不满意。不回也没关系。"
    )
    assert "李娭毑确认好了" in lane.hears("zhang")
    lane.chooses("li", 1, chat=GROUP)
    assert lane.ticket(no).rating == 1
    assert lane.flaws() == []


def test_not_good_opens_again_and_tells_leader_and_next_rung(lane: LaneOf):
    no = finished(lane)
    lane.chooses("li", 2, "亮一下又熄了", chat=GROUP)
    assert lane.state(no) == "accepted"
    assert lane.hears(GROUP) == (
        "好的，0001 重新打开，张师傅今天再来。\n“亮一下又熄了”已转给他，组长也会盯着。"
    )
    assert lane.hears("zhang").startswith("【重办 0001】楼道灯不亮 · 3栋2单元")
    assert "亮一下又熄了" in lane.hears("liu")
    assert lane.ticket(no).solve_due is not None
    assert lane.flaws() == []


def test_opened_again_in_the_evening_the_leader_comes_tomorrow(lane: LaneOf):
    no = finished(lane)
    lane.clock.move_to(datetime(2026, 11, 23, 22, 0, tzinfo=ZONE))
    lane.does("li", closing.reopen, no, "又熄了", chat=GROUP)
    assert "张师傅明天再来" in lane.hears(GROUP)
    assert "请今天再去一趟" in lane.hears("zhang"), "it is read in the morning"


def test_without_an_answer_it_closes_after_three_days_and_can_still_be_opened(lane: LaneOf):
    no = finished(lane)
    lane.passes(timedelta(hours=71))
    assert lane.state(no) == "handled"
    lane.passes(timedelta(hours=1))
    assert lane.state(no) == "closed_silent"
    assert "办结·未回复" in lane.hears(GROUP)
    assert lane.ticket(no).rating is None
    lane.chooses("li", 2, "还是不亮", chat=GROUP)
    assert lane.state(no) == "accepted"
    assert "“还是不亮”已转给他" in lane.hears(GROUP)


def test_after_thirty_days_it_is_a_new_matter(lane: LaneOf):
    no = finished(lane)
    lane.passes(timedelta(days=34))
    with pytest.raises(IllegalStep, match="超过 30 天"):
        lane.does("li", closing.reopen, no, "又不亮了")


def test_only_the_reporter_confirms_rates_and_opens_again(lane: LaneOf):
    no = finished(lane)
    for action, more in ((closing.confirm, ()), (closing.reopen, ("坏的",)), (closing.rate, (1,))):
        with pytest.raises(NotFound):
            lane.does("wang", action, no, *more)
        with pytest.raises(NotFound):
            lane.does("zhang", action, no, *more)


def test_an_open_ticket_can_be_neither_confirmed_nor_opened_again(lane: LaneOf):
    no = lane.filed()
    for action in (closing.confirm, closing.reopen):
        with pytest.raises(IllegalStep):
            lane.does("li", action, no)


def test_taking_it_back_tells_whoever_was_asked(lane: LaneOf):
    no = lane.filed()
    lane.does("li", withdrawing.withdraw, no, chat=GROUP)
    assert lane.state(no) == "closed_withdrawn"
    assert lane.hears(GROUP) == "好的，楼道灯不亮（0001）撤回了。"
    assert "撤回了，不用去了" in lane.hears("zhang")
    assert lane.ticket(no).next_at is None


def test_who_was_to_be_asked_in_the_morning_is_not_told_that_it_was_taken_back(lane: LaneOf):
    lane.passes(timedelta(hours=13))
    no = lane.filed()
    lane.does("li", withdrawing.withdraw, no, chat=GROUP)
    assert lane.outbox("zhang") == []


def test_what_was_urged_at_night_and_is_over_by_the_morning_is_urged_no_more(lane: LaneOf):
    lane.passes(timedelta(hours=13))
    taken_back, done = lane.filed(), lane.filed("zhao", replace(LIGHT, category="door"))
    for who, no in (("li", taken_back), ("zhao", done)):
        lane.does(who, climbing.urge, no, chat=GROUP)
    lane.does("li", withdrawing.withdraw, taken_back, chat=GROUP)
    lane.does("zhang", working.finish, done, "换了新灯")

    lane.passes(timedelta(hours=11))
    assert not any("【催办" in row.text for row in lane.outbox("zhang"))
    assert not any("撤回了" in row.text for row in lane.outbox("zhang"))


def test_a_draft_taken_back_troubles_nobody(lane: LaneOf):
    no = lane.report("li", LIGHT)
    lane.does("li", withdrawing.withdraw, no, chat=GROUP)
    assert lane.hears(GROUP) == "好的，不登记了。"
    assert lane.outbox("zhang") == []


def test_a_rating_does_not_outlive_what_it_was_given_for(lane: LaneOf):
    no = finished(lane)
    lane.does("li", closing.confirm, no, chat=GROUP)
    lane.does("li", closing.rate, no, 1, chat=GROUP)
    lane.does("li", closing.reopen, no, "还是不亮", chat=GROUP)
    assert lane.ticket(no).rating is None


def test_who_erased_what_they_said_is_not_asked_four_weeks_later(lane: LaneOf):
    no = finished(lane)
    lane.does("li", closing.confirm, no, chat=GROUP)
    with lane.database.transaction() as session:
        session.execute(delete(TicketTextRow))
    before = len(lane.outbox(GROUP))
    lane.passes(timedelta(days=29))
    assert len(lane.outbox(GROUP)) == before
