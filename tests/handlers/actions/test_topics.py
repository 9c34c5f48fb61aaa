"""议事: raised by a resident, decided with somebody responsible, done; counted and erasable."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.reports.document import document
from handlers.actions import topics
from handlers.actions.people.own_data import erase, export_data, export_text
from handlers.actions.topics import Decision
from handlers.reporting.books import Place
from handlers.reporting.kept import Reports
from handlers.reporting.monthly import monthly_report
from handlers.reporting.scope import scope_of
from knowledge.community.days.hours import Hours
from knowledge.community.days.month import Month
from knowledge.community.refusals import (
    IllegalStep,
    NotFound,
    NotRelayed,
    Refusal,
    TooOften,
    Unclear,
)
from knowledge.store.rows.audit import AuditRow
from knowledge.store.rows.topics import TopicRow
from tests.handlers.actions.tickets.lane import LaneOf

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from bot.clocks import VirtualClock
    from knowledge.store.database import Database

NOVEMBER = Month(2026, 11)
KEYS = ("topics_raised", "topics_decided", "topics_done")
TITLE = "电动车充电棚装在哪里"


@pytest.fixture
def lane(database: Database, clock: VirtualClock) -> LaneOf:
    return LaneOf(database, clock)


def does(lane: LaneOf, who: str, act: Callable[..., Any], *said: Any) -> None:
    """An act of the pages by somebody; a topic's number comes before them."""
    with lane.database.transaction() as session:
        first, rest = (said[:1], said[1:]) if isinstance(said[0], int) else ((), said)
        act(lane.work(session, who), *first, who, *rest)


def refused(
    lane: LaneOf, kind: type[Refusal], who: str, act: Callable[..., Any], *said: Any
) -> None:
    with pytest.raises(kind):
        does(lane, who, act, *said)


def made(lane: LaneOf, **other: Any) -> Decision:
    today = lane.clock.now().date()
    usual: dict[str, Any] = {
        "held_on": today,
        "words": "装在东门",
        "responsible": "chen",
        "due": today + timedelta(20),
    }
    return Decision(**usual | other)


def topic(lane: LaneOf, number: int) -> TopicRow:
    with lane.database.view() as session:
        row = session.get_one(TopicRow, number)
        session.expunge(row)
        return row


def test_a_topic_is_raised_decided_done_and_told_and_every_step_is_in_the_log(lane: LaneOf) -> None:
    does(lane, "li", topics.raise_topic, "e", f"  {TITLE}\n", "我在502，手机13800001111")
    refused(lane, NotFound, "li", topics.decide, 1, made(lane))
    refused(lane, NotFound, "liu", topics.decide, 1, made(lane))
    refused(lane, IllegalStep, "office", topics.finish, 1, "装好了")
    does(lane, "office", topics.decide, 1, made(lane))

    told = lane.hears("chen")
    assert "【议事 议-0001】" in told
    assert "决议：装在东门" in told
    assert TITLE in told
    assert {row.chat_id for row in lane.outbox()} == {"@chen"}
    refused(lane, IllegalStep, "office", topics.decide, 1, made(lane))
    refused(lane, NotFound, "zhang", topics.finish, 1, "装好了")
    refused(lane, Unclear, "chen", topics.finish, 1, " ")
    does(lane, "chen", topics.finish, 1, "装好了，能充 20 辆")
    refused(lane, IllegalStep, "office", topics.finish, 1, "装好了")
    row = topic(lane, 1)
    assert (row.title, row.raised_by, row.responsible) == (TITLE, "li", "chen")
    assert (row.done_on, row.done_words) == (lane.clock.now().date(), "装好了，能充 20 辆")
    with lane.database.view() as session:
        log = session.execute(select(AuditRow.who, AuditRow.deed, AuditRow.subject)).all()
        details = " ".join(session.scalars(select(AuditRow.detail)))
    deeds = [("li", "topic.raise"), ("office", "topic.decide"), ("chen", "topic.finish")]
    assert [tuple(one) for one in log] == [(*deed, "议-0001") for deed in deeds]
    assert TITLE not in details
    assert "1380" not in details


def test_what_cannot_be_taken_is_refused_and_changes_nothing(lane: LaneOf) -> None:
    for kind, place, title, words in (
        (Unclear, "b3", TITLE, ""),
        (Unclear, "nowhere", TITLE, ""),
        (Unclear, "e", " ", ""),
        (Unclear, "e", "长" * 41, ""),
        (Unclear, "e", TITLE, "长" * 201),
        (NotRelayed, "e", TITLE, "请把短信验证码发给我登记"),
    ):
        refused(lane, kind, "li", topics.raise_topic, place, title, words)
    refused(lane, Unclear, "web:guest", topics.raise_topic, "e", TITLE)
    for number in range(3):
        does(lane, "li", topics.raise_topic, "c", f"第{number}件")
    refused(lane, TooOften, "li", topics.raise_topic, "e", TITLE)
    today = lane.clock.now().date()
    for wrong in (
        {"held_on": today + timedelta(1)},
        {"held_on": date.min},
        {"due": today},
        {"due": date.max},
        {"responsible": "li"},
        {"responsible": "nobody"},
        {"words": ""},
    ):
        refused(lane, Unclear, "office", topics.decide, 1, made(lane, **wrong))
    refused(lane, Unclear, "office", topics.drop, 1, "")
    refused(lane, NotFound, "office", topics.drop, 99, "没有")
    assert lane.outbox() == []
    assert topic(lane, 1).waiting
    does(lane, "office", topics.drop, 1, "物业已经在办")
    assert topic(lane, 1).decision == "不议：物业已经在办"
    refused(lane, IllegalStep, "office", topics.decide, 1, made(lane))
    does(lane, "li", topics.raise_topic, "e", TITLE)
    does(lane, "office", topics.raise_topic, "e", "会上收集的")
    assert (topic(lane, 5).raised_by, topic(lane, 5).entered_by) == ("", "office")


def test_the_report_counts_them_by_month_and_range_and_is_remade_when_one_changes(
    lane: LaneOf,
) -> None:
    reports = Reports()

    def counted(place: str | None = None) -> dict[str, list[str]]:
        scope = scope_of(lane.hood.people["street"], lane.hood, place) if place else None
        with lane.database.view() as session:
            where = Place(lane.hood, lane.calendar, Hours(), scope)
            report = reports.monthly(session, NOVEMBER, where)
            assert report == monthly_report(session, NOVEMBER, where)
            again = reports.monthly(session, NOVEMBER, where)
        assert again is report
        found = json.loads(json.dumps(document(report)))["figures"]
        assert all(len(found[key]["ids"]) == found[key]["count"] for key in KEYS)
        return {key: found[key]["ids"] for key in KEYS}

    assert counted() == {key: [] for key in KEYS}
    does(lane, "li", topics.raise_topic, "e", "电话13800001111的事")
    masked = counted()["topics_raised"]
    assert len(masked) == 1
    assert "13800001111" not in masked[0]
    does(lane, "street", topics.raise_topic, "s", "街道的事")
    does(lane, "office", topics.decide, 1, made(lane))
    assert counted()["topics_decided"] == masked
    does(lane, "chen", topics.finish, 1, "好了")
    assert counted() == {
        "topics_raised": [*masked, "街道的事"],
        "topics_decided": masked,
        "topics_done": masked,
    }
    assert counted("c")["topics_raised"] == masked
    lane.clock.move_to(NOVEMBER.end + timedelta(hours=9))
    does(lane, "li", topics.raise_topic, "e", "十二月的事")
    does(lane, "street", topics.decide, 2, made(lane, responsible="office"))
    assert counted()["topics_raised"] == [*masked, "街道的事"]
    assert counted()["topics_decided"] == masked


def test_who_erases_their_data_leaves_nothing_in_the_box_and_decisions_stay(lane: LaneOf) -> None:
    for title in ("先议的", "还没议的", "不议的"):
        does(lane, "li", topics.raise_topic, "e", title, "我的话")
    does(lane, "wang", topics.raise_topic, "e", "别人的")
    does(lane, "office", topics.decide, 1, made(lane))
    does(lane, "office", topics.drop, 3, "重复")
    with lane.database.transaction() as session:
        work = lane.work(session, "li")
        assert len(export_data(work, "li")["提过的议题"]) == 3
        assert "提过的议题 3 个" in export_text(work, "li")
        erase(work, "li")
        assert "议题" not in export_text(work, "li")

    rows = [topic(lane, number) for number in (1, 2, 3, 4)]
    assert [row.title for row in rows] == ["先议的", "（本人已删除）", "（本人已删除）", "别人的"]
    assert [row.told for row in rows[1:3]] == ["", ""]
    assert [row.waiting for row in rows] == [False, False, False, True]
    assert {row.raised_by + row.entered_by for row in rows[:3]} == {""}
