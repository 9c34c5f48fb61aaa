"""Who we are, what we can do, and who is responsible for a building."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.phrases import introducing as phrases
from handlers.thinking.considering import consider
from handlers.thinking.thought import Action
from knowledge.community.hood.neighbourhood import Neighbourhood
from tests.handlers.samples import scene


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("你是谁", phrases.WHO_WE_ARE),
        ("你是真人还是机器人呀", phrases.WHO_WE_ARE),
        ("你们收费吗", phrases.WHO_WE_ARE),
        ("你能干什么？", phrases.WHAT_WE_DO),
        ("怎么用", phrases.WHAT_WE_DO),
        ("别吵了", phrases.HUSH),
        ("讲个笑话", phrases.NONE_OF_OURS),
        ("明天天气怎么样", phrases.NONE_OF_OURS),
        ("现在几点了", phrases.NONE_OF_OURS),
    ],
)
def test_what_is_asked_about_us_goes_to_no_human_and_to_no_entry(said: str, reply: str):
    thought = consider(said, scene(None, "li"))
    assert (thought.action, thought.reply) == (Action.ANSWER, reply)
    assert consider(said, scene("g-1", "li", addressed=False)).action is Action.SILENT


@pytest.mark.parametrize(
    "said", ["我们这栋的邻长是谁", "3栋2单元邻长电话多少", "谁管我们这栋", "网格员怎么联系"]
)
def test_who_asks_for_the_leaders_hears_their_names_and_no_number(said: str):
    reply = consider(said, scene("g-1", "li", addressed=False)).reply or ""
    assert "邻长张师傅、组长邹平、社区王主任" in reply
    assert "电话不在这里公布" in reply


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("三长制是什么", "三长"),
        ("邻长是干什么的", "三长"),
        ("什么叫吹哨报到", "吹哨"),
        ("点单派单接单是怎么回事", "点单"),
        ("议事会怎么参加", "议事"),
        ("应急响应圈是什么", "应急响应圈"),
    ],
)
def test_what_the_words_of_a_community_mean_is_told(said: str, term: str):
    reply = consider(said, scene("g-1", "li")).reply or ""
    assert reply == phrases.TERMS[term]
    assert consider(said, scene("g-1", "li", addressed=False)).action is Action.SILENT
    assert len(reply) <= 120


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "7栋1单元的邻长是谁",
            "邻长暂缺、组长邹平、社区王主任。\n邻长暂缺，事情先由组长邹平接。\n",
        ),
        (
            "3栋片长是谁",
            "片长暂缺、邻长张师傅、组长邹平、社区王主任。\n片长暂缺，事情先由邻长张师傅接。\n",
        ),
        ("3栋邻长是谁", "：邻长张师傅、组长邹平、社区王主任。\n有事"),
    ],
)
def test_an_empty_post_is_told_with_who_answers_meanwhile(said: str, told: str):
    reply = consider(said, scene("g-1", "li")).reply or ""
    assert told in reply
    assert len(reply) <= 120


@pytest.mark.parametrize(("deputy", "told"), [("zou", "请假，邹平代"), (None, "请假")])
def test_who_is_on_leave_is_told_so_with_the_deputy(deputy: str | None, told: str):
    seen = scene("g-1", "li")
    people = [
        replace(one, deputy=deputy) if one.id == "zhang" else one
        for one in seen.hood.people.values()
    ]
    hood = Neighbourhood(seen.hood.places.values(), people, seen.hood.chats.values())
    reply = consider("3栋邻长是谁", replace(seen, hood=hood, away=frozenset({"zhang"}))).reply or ""
    assert f"邻长张师傅（{told}）、组长邹平" in reply


def test_who_is_on_leave_without_a_deputy_stands_in_for_nobody():
    seen = replace(scene("g-1", "li"), away=frozenset({"zou"}))
    reply = consider("7栋1单元的邻长是谁", seen).reply or ""
    assert "邻长暂缺、组长邹平（请假）、社区王主任。\n邻长暂缺，事情先由社区王主任接。" in reply


def test_whose_building_is_not_known_is_asked_to_name_it():
    assert consider("邻长是谁", scene("g-1", "chen")).reply == (
        f"陈叔，桂花园：组长邹平、社区王主任。\n"
        f"有事直接说一句，我转给他们；电话不在这里公布。\n{phrases.WHICH_BUILDING}"
    )
    assert consider("邻长是谁", scene(None, None)).reply == phrases.WHICH_PLACE


@pytest.mark.parametrize(
    "said", ["邻长是谁选的", "邻长有工资吗", "3栋邻长家漏水了", "邻长的电话没人接"]
)
def test_what_is_asked_about_the_post_itself_is_another_question(said: str):
    assert "公布" not in (consider(said, scene(None, "li")).reply or "")
