"""Several parties on one ticket: whoever says that its part is done has been there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.tickets import whistling, working
from tests.handlers.actions.tickets.lane import GROUP, LEAK

if TYPE_CHECKING:
    from tests.handlers.actions.tickets.lane import LaneOf


def test_only_who_has_neither_come_nor_done_its_part_is_missed(lane: LaneOf):
    no = lane.filed("zhao", LEAK)
    lane.chooses("zhang", 1)
    lane.does("office", whistling.whistle, no, "何师傅、刘芳 一起看漏点")
    lane.does("he", working.finish, no, "阀门关了")
    lane.passes(timedelta(minutes=31))
    missed = [row.text for row in lane.outbox(GROUP) if "还没到场" in row.text]
    assert missed == ["@赵姐 水管爆裂（0001）刘姐还没到场，已升级到组长刘姐。"]
    assert not any("请尽快到场" in row.text for row in lane.outbox("he"))
    assert lane.flaws() == []


def test_who_whistled_hears_who_came_and_who_did_not(lane: LaneOf):
    no = lane.filed("zhao", LEAK)
    lane.chooses("zhang", 1)
    lane.does("office", whistling.whistle, no, "何师傅、刘芳 一起看漏点")
    lane.does("he", whistling.attend, no)
    lane.passes(timedelta(minutes=31))
    heard = [row.text for row in lane.outbox("office")]
    assert any("何师傅报到，还差刘姐" in text for text in heard)
    assert [text for text in heard if "刘姐还没报到" in text] == heard[-1:]
