"""The index finds what is meant."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.faq.entry import Entry
from knowledge.faq.hearing import Hearing
from knowledge.faq.index import Index
from knowledge.faq.tokens import take_apart

ENTRIES = (
    Entry(
        "transit",
        "65 岁以上老人坐公交要办卡吗",
        ("坐公交免费不", "老人坐地铁要钱吗"),
        short="满 65 岁凭身份证。",
    ),
    Entry(
        "card", "老年卡怎么办", ("敬老卡在哪里办", "老年优待证"), negatives=("老年卡丢了怎么补办",)
    ),
    Entry("lost", "老年卡丢了怎么办", ("爱心卡掉了补一张",)),
    Entry("allowance", "高龄津贴怎么领", ("满八十岁有什么补贴",), short="打 0731 问，每月发。"),
    Entry("dog", "养狗要上户口吗", ("狗证怎么办", "遛狗不牵绳罚多少"), long="烈性犬不许养。"),
)
INDEX = Index.build(ENTRIES)


def first(text, index=INDEX):
    hits = index.search(text)
    return hits[0].faq_id if hits else None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("老人家搭公交车要不要钱", "transit"),
        ("敬老卡哪里办", "card"),
        ("請問高齡津貼怎麼領", "allowance"),
        ("我满80了，有么子补贴领不", "allowance"),
        ("@小助手 在吗 狗证何什办咯", "dog"),
        ("搞龄金贴怎么领", "allowance"),
        ("烈性犬能养吗", "dog"),
    ],
)
def test_other_words_dialect_script_and_slips_find_the_entry(said, meant):
    assert first(said) == meant


def test_every_wording_finds_its_own_entry_almost_surely():
    for entry in ENTRIES:
        for wording in entry.wordings:
            assert first(wording) == entry.id


@pytest.mark.parametrize("said", ["老年卡", "老人办狗证坐公交有补贴吗", "丢了怎么办", "上户口"])
def test_scores_are_probabilities_in_falling_order(said):
    scores = [hit.score for hit in INDEX.search(said)]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_the_lead_of_the_first_is_to_its_next_and_of_the_others_to_the_first():
    hits = INDEX.search("老年卡")
    assert hits[0].lead >= 0 >= hits[1].lead


def test_a_wording_that_says_more_than_was_asked_is_less_sure():
    index = Index.build([Entry("a", "燃气公司电话多少"), Entry("b", "狗证在哪里办")])
    assert index.search("公司电话多少")[0].score < index.search("燃气公司电话多少")[0].score


def test_a_forbidden_question_finds_another_entry():
    assert first("老年卡丢了怎么补办") == "lost"
    assert "card" not in {hit.faq_id for hit in INDEX.search("老年卡丢了怎么补办呢")}


def test_a_question_of_another_kind_is_a_conflict():
    index = Index.build([Entry("a", "高龄津贴什么时候发"), Entry("b", "狗证在哪里办")])
    assert index.search("为什么没有高龄津贴")[0].conflict


def test_other_numbers_are_a_conflict():
    index = Index.build([Entry("a", "80 岁有津贴吗"), Entry("b", "狗证在哪里办")])
    assert index.search("90 岁有津贴吗")[0].conflict == "数字不一样"
    assert index.search("八十岁有津贴吗")[0].conflict == ""


def test_how_many_of_something_there_are_is_no_conflict():
    index = Index.build([Entry("a", "断保 4 年以上怎么补交医保"), Entry("b", "狗证在哪里办")])
    assert index.search("医保断保五年了怎么补交")[0].conflict == ""


def test_what_the_answer_names_may_be_asked_for():
    silent = Entry("a", "电动车能停楼道吗", ("电动车推进楼道怎么举报",))
    (kept,) = Index.build([silent]).search("电动车停楼道罚多少钱", 1)
    (named,) = Index.build([replace(silent, short="罚 500 元。")]).search("电动车停楼道罚多少钱", 1)
    assert (kept.conflict, named.conflict) == ("问的不是一回事", "")


def test_a_question_without_the_words_that_come_back_in_the_wordings_is_about_something_else():
    told = ("怎么做养老金认证", "养老金认证几时做", "智能手机不会用", "养老金停发怎么认证")
    index = Index.build([Entry("a", "养老金认证", told), Entry("b", "狗证在哪里办")])
    assert index.search("智能手机没有蓝牙怎么用")[0].conflict == "没有说到它的正题"
    assert index.search("养老金怎么认证的")[0].conflict == ""


def test_a_slip_of_a_listed_term_is_heard_and_a_phrase_of_grammar_is_none():
    entries = [Entry("a", "养狗登记", keywords=("狗证",)), Entry("b", "电话号码有哪些")]
    assert first("苟证", Index.build(entries)) == "a"
    assert "号码" not in Hearing({"号码"}).correct(take_apart("交个朋友好吗")).all


def test_one_not_more_is_a_conflict_where_all_else_is_equal():
    index = Index.build([Entry("a", "开电动车要戴头盔吗"), Entry("b", "狗证在哪里办")])
    assert index.search("开电动车不戴头盔行吗")[0].conflict


def test_entries_without_a_question_are_found_by_their_answer():
    index = Index.build(
        [Entry("a", "", short="上海的企业可以延期交税。"), Entry("b", "", short="每天量体温。")]
    )
    assert first("上海的企业怎么交税", index) == "a"


def test_an_entry_without_any_answer_is_found_too():
    assert first("敬老卡", Index.build([Entry("a", "敬老卡怎么办"), Entry("b", "狗证")])) == "a"


@pytest.mark.parametrize("text", ["", "😀", "\u202e\x00", "　"])
def test_nothing_said_finds_nothing(text):
    assert INDEX.search(text) == []


def test_an_empty_index_finds_nothing():
    assert Index.build(()).search("老年卡") == []


def test_unchanged_entries_are_not_taken_apart_again():
    moved = [replace(entry, line=entry.line + 1) for entry in ENTRIES[:4]]
    index = Index.build(moved, INDEX.subjects)
    assert index.subjects[moved[0]] is INDEX.subjects[ENTRIES[0]]
    assert first("狗证怎么办", index) != "dog"


def test_common_words_do_not_hide_an_entry_in_a_long_list():
    many = [Entry(f"e{n}", f"第{n}号楼的住户怎么办理登记") for n in range(400)]
    assert first("住户怎么办理狗证登记", Index.build([*many, *ENTRIES])) == "dog"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_search(text):
    for hit in INDEX.search(text):
        assert 0 <= hit.score <= 1


def test_matching_loads_neither_jieba_nor_pypinyin():
    code = (
        "import sys\n"
        "from knowledge.faq.entry import Entry\n"
        "from knowledge.faq.index import Index\n"
        "Index.build([Entry('a', '老年卡怎么办')]).search('老年卡')\n"
        "print([name for name in ('jieba', 'pypinyin', 'numpy') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
