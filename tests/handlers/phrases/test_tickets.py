"""Every sentence about a ticket stays short, whatever it is about."""

from __future__ import annotations

import inspect
from datetime import date, datetime
from typing import Any

import pytest

from handlers.phrases import (
    callbacks,
    cards,
    claiming,
    climbing,
    drafts,
    endings,
    findings,
    joining,
    menus,
    merging,
    moments,
    names,
    nudges,
    parking,
    tasks,
    tickets,
    whistles,
)
from handlers.phrases.sheet import Sheet
from knowledge.community.days.zone import ZONE
from knowledge.community.locating.housewords import HouseWords
from knowledge.community.tickets.ticket import Kind, Lane

WORDS = "字" * 300
LONG = Sheet(
    no=12345,
    lane=Lane.P1,
    kind=Kind.REPAIR,
    matter="事" * 14,
    place="桂花园12栋2单元",
    owner="欧阳师傅",
    role="邻长",
    reporter="欧阳娭毑",
    images=3,
    voices=2,
)
SAID: dict[str, Any] = {
    "t": LONG,
    "name": "欧阳娭毑",
    "word": "吹哨",
    "advice": "欧阳娭毑，马上打 119。",
    "matter": LONG.matter,
    "place": LONG.place,
    "images": 3,
    "voices": 2,
    "shown": "照片 3 张、语音 2 段",
    "kind": Kind.REPAIR,
    "contact": "10月12日（周一）内",
    "duty_phone": "0731-0000 0000",
    "next_role": "组长",
    "at": "23:46",
    "words": WORDS,
    "count": 12,
    "watcher": "组长",
    "rung": "组长欧阳师傅",
    "seen": "59 分钟前",
    "doing": joining.doing_noted(LONG, WORDS),
    "terms": "10月12日（周一）内对接，15 天内办结",
    "otherwise": "新任务",
    "claim": "10月12日（周一）内",
    "solve": "15 天内",
    "owner": "欧阳师傅",
    "reason": WORDS,
    "people": "、".join(["欧阳建国"] * 4),
    "no": 12345,
    "details": "",
    "address": "https://linli.example.com/t/12345",
    "phone": "13800001111",
    "door": "12栋2单元1502",
    "state": "已处置·待确认",
    "left": 12,
    "day": "10月12日",
    "date": date(2026, 10, 12),
    "by": "欧阳师傅",
    "who": "欧阳师傅",
    "absent": ["欧阳师傅"] * 5,
    "into": LONG,
    "whole": 12345,
    "alone": False,
    "called": "欧阳师傅",
    "out_of": LONG,
    "why": callbacks.UNHAPPY,
    "number": "12栋2单元",
    "estates": ["欧阳公寓二期小区"] * 5,
    "outcome": callbacks.NO_ANSWER,
    "office": "欧阳主任",
    "numbers": [12345] * 9,
    "due": "10月12日 21:00",
    "what": nudges.NOT_THERE,
    "labels": claiming.REASONS,
    "quote": "字" * 20,
    "told_at": "08:00",
    "waited": "1 小时 40 分钟",
    "again": "10 分钟",
    "building": "12栋",
    "before_others": True,
    "named": "12栋2单元",
    "houses": HouseWords("几期哪栋几单元", "二期12栋2单元"),
    "which": drafts.which_estate("12栋2单元", ["欧阳公寓二期小区"] * 5),
    "titles": [endings.short_title(LONG.matter, 12345)] * 3,
}
REPORTERS = (drafts, tickets, joining, climbing, endings)
HANDLERS = (cards, claiming, tasks, nudges)
SHARED = (whistles, parking, merging, callbacks, findings)
BOTH = (names, menus)
SENTENCES = [
    function
    for module in REPORTERS + HANDLERS + SHARED + BOTH
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_no_sentence_is_longer_than_a_small_screen(sentence: Any):
    said = sentence(
        **{name: _said(sentence, name) for name in inspect.signature(sentence).parameters}
    )
    assert len(said) <= 120
    assert said.count("\n") < 7


def _said(sentence: Any, name: str) -> Any:
    """The longest that this sentence can be given under that name."""
    if sentence.__module__ == parking.__name__ and name == "day":
        return SAID["date"]
    if sentence.__module__ == whistles.__name__ and name == "people":
        return SAID["absent"]
    return SAID[name]


def test_a_card_with_its_reason_and_its_choices_still_fits():
    for card in (cards.card(LONG, SAID["terms"]), cards.urgent_card(LONG, "23:46")):
        menu = menus.menu_line((claiming.ACCEPT, claiming.TRANSFER))
        assert len(f"{card}\n{cards.not_claimed('欧阳师傅')}\n{menu}") <= 120


def test_a_counted_report_still_fits_with_the_question_for_breathing_machines():
    said = joining.joined(LONG, "欧阳娭毑", "59 分钟前", SAID["doing"], 12)
    assert len(f"{said}\n{joining.ASK_LIFE}") <= 140, "the one sentence in which a life may hang"


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, 5, tzinfo=ZONE)


def test_days_are_said_as_people_say_them():
    now = at(23)
    assert moments.when(at(22, 19), now) == "昨天 19:05"
    assert moments.within(at(23, 21), now) == "今天内"
    assert moments.within(at(24), now) == "明天内"
    assert moments.within(at(30), now) == "11月30日（周一）内"
    assert moments.ago(at(23, 7), now) == "2 小时前"
    assert moments.ago(now, now) == "刚才"
