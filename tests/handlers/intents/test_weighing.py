"""Lists and models weighed together: eagerly for who called us, carefully where nobody did."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from handlers.intents.intent import Intent
from handlers.intents.plain import plain
from handlers.intents.read import read_intent, read_plain
from handlers.thinking.considering import consider
from handlers.thinking.thought import Action
from knowledge.community.tickets.ticket import Kind, Lane
from tests.handlers.samples import rows, scene, sentences

CALLED, OVERHEARD = scene(), scene("g-1", addressed=False)
MUTE = replace(OVERHEARD, mode="静音")
MEANT = {
    "emergency": {Intent.EMERGENCY},
    "request": {Intent.REPORT, Intent.SERVICE},
    "fraud": {Intent.FRAUD},
}
REACHED = {"emergency": 0.85, "request": 0.8, "fraud": 0.75}
"""Shares that must hold on sentences which nothing was tuned on."""


@pytest.mark.parametrize("label", MEANT)
def test_unseen_sentences_are_understood(label):
    said = [text for kind, text in rows("unseen") if kind == label]
    right = sum(consider(text, CALLED).intent in MEANT[label] for text in said)
    assert right / len(said) >= REACHED[label]


def test_unseen_chatter_is_left_alone():
    said = [text for kind, text in rows("unseen") if kind == "chatter"]
    spoken = [text for text in said if consider(text, OVERHEARD).action is not Action.SILENT]
    assert len(spoken) <= 1
    warned = [text for text in said if consider(text, CALLED).intent is Intent.FRAUD]
    assert len(warned) <= 2  # of thirty, ten of which speak of money and calls


@pytest.mark.parametrize("said", ["楼下那个棚子垮了", "麻烦派个人来看一下", "那里不亮了"])
def test_a_defect_or_a_plea_said_to_us_is_a_report(said):
    assert read_intent(said).intent is Intent.REPORT


@pytest.mark.parametrize("said", ["你好", "谢谢", "好的", "物业费怎么交", "", "嗯"])
def test_greetings_thanks_and_questions_are_no_report(said):
    assert read_intent(said).category is None


@pytest.mark.parametrize("name", ["chatter", "calm", "notreports"])
def test_no_danger_is_overheard_in_talk(name):
    heard = [(said, read_plain(plain(said))) for said in sentences(name)]
    dangers = [said for said, one in heard if one.intent is Intent.EMERGENCY]
    assert dangers == []
    overheard = [said for said, one in heard if one.guessed and not one.loose]
    assert len(overheard) <= len(heard) // 50


@pytest.mark.parametrize(
    ("said", "lane"),
    [
        ("桥下那根排水管让泥巴糊死了，脏水往屋里灌，喊人来掏一掏", Lane.P1),
        ("篮球架的篮板裂了半边，麻烦换一块", Lane.P2),
    ],
)
def test_a_request_in_new_words_is_overheard_with_its_lane(said, lane):
    reading = read_intent(said)
    assert (reading.intent, reading.lane, reading.loose) == (Intent.REPORT, lane, False)


@pytest.mark.parametrize(
    "said",
    [
        "我表哥他们那栋的电梯又停了，爬了一个月",
        "岳父家那边路灯全灭了",
        "女儿学校门口的路塌了个坑",
        "小朋友在电梯里背唐诗，全电梯的人跟着念",
    ],
)
def test_what_is_told_of_others_or_without_need_is_left_alone_in_a_group(said):
    assert consider(said, OVERHEARD).action is Action.SILENT


@pytest.mark.parametrize(
    "said",
    [
        "电机厂宿舍6栋楼道的声控灯全不亮了，请来看看",
        "有个人坐在天台外沿上，看样子要跳",
        "两只脚吊在窗外面",
    ],
)
def test_a_home_named_after_a_works_is_here_and_who_is_about_to_jump_is_in_danger(said):
    assert consider(said, OVERHEARD).action in (Action.LOG, Action.ASK)


def test_who_vanished_with_the_money_is_a_swindler_and_not_missing():
    said = "网上卖茶叶的让我爸先打了两万货款，讲好包回购，现在人不见了"
    assert consider(said, CALLED).intent is Intent.FRAUD


@pytest.mark.parametrize(
    "said",
    [
        "停电了",
        "我家漏水了",
        "厕所堵了",
        "我们单元3楼停电了",
        "我家停水了",
        "路灯坏了，在幼儿园旁边",
    ],
)
def test_a_few_plain_words_are_enough_in_a_group(said):
    assert consider(said, OVERHEARD).action in (Action.LOG, Action.ASK, Action.CONFIRM)


@pytest.mark.parametrize(
    "said",
    [
        "我在二楼",
        "两个人",
        "有人在",
        "没人应",
        "倒了",
        "我在门口",
        "二楼",
        "没人来",
        "我在外面",
        "打不开",
    ],
)
def test_a_few_words_that_answer_us_are_neither_danger_nor_a_matter(said):
    assert consider(said, OVERHEARD).action is Action.SILENT
    assert consider(said, CALLED).ticket is None


@pytest.mark.parametrize(
    "said",
    ["着火", "谢谢师傅，不过我爸晕倒了", "水管修好了，现在家里着火了", "灯修好了，但是电梯困人了"],
)
def test_danger_is_heard_in_one_word_and_behind_thanks(said):
    assert consider(said, OVERHEARD).ticket.lane is Lane.P0


def test_what_else_is_wrong_now_takes_nothing_from_danger():
    danger = consider("我家着火了，现在水管也爆了没人修", OVERHEARD)
    assert danger.ticket.category == "fire"


def test_what_would_be_terrible_has_not_happened():
    assert consider("树枝快掉下来了，砸到人就不得了", CALLED).ticket.category == "greenery"


def test_what_the_lists_know_is_a_matter_of_who_called_us_in_whatever_words():
    said = "消防通道被两台车堵死了，万一起火就完了"
    assert consider(said, CALLED).ticket is not None
    assert consider(said, OVERHEARD).action is Action.SILENT


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("楼上漏水漏到我这里", "leak"),
        ("垃圾桶满出来了冇得人收", "garbage"),
        ("三楼楼道灯不亮", "stair-light"),
        ("垃圾都生蛆了", "garbage"),
        ("路灯还瞎着", "street-light"),
    ],
)
def test_a_few_words_about_what_is_ours_are_taken_up_without_a_plea(said, code):
    assert consider(said, OVERHEARD).ticket.category == code


@pytest.mark.parametrize(
    "said", ["插座冒烟了怎么搞", "空调冒烟了怎么办", "房子要塌了", "我妈喝农药了"]
)
def test_danger_is_told_in_few_words_and_as_a_question(said):
    assert consider(said, OVERHEARD).ticket.lane is Lane.P0


@pytest.mark.parametrize(
    "said", ["我们三个卡在电梯里，灯也灭了", "卡在电梯里出不去，里头的灯灭了", "7栋1单元救命"]
)
def test_danger_is_not_undone_by_a_word_that_often_ends_one(said):
    assert consider(said, OVERHEARD).ticket.lane is Lane.P0


def test_what_may_be_danger_in_a_group_is_told_how_to_call_for_help():
    thought = consider("风把花盆吹下来砸到了人", OVERHEARD)
    assert (thought.action, thought.ticket) == (Action.ANSWER, None)
    assert {"120", "救命"} <= set(re.findall("120|救命", thought.reply or ""))
    assert consider("风把花盆吹下来砸到了人", MUTE).action is Action.SILENT


def test_a_wall_that_fell_on_somebody_is_no_mere_wall():
    assert consider("大风把广告牌吹下来了砸到人", OVERHEARD).ticket.lane is Lane.P0
    assert consider("围墙垮了一截，把过路的人压在底下", OVERHEARD).ticket.lane is Lane.P0
    assert consider("围墙垮了一截，没压到人", CALLED).ticket.lane is Lane.P1


@pytest.mark.parametrize("said", ["忙得冒烟", "嗓子冒烟了", "火锅吃得我着火了，救命", "房价要塌了"])
def test_the_words_of_danger_are_a_figure_of_speech_too(said):
    assert consider(said, OVERHEARD).action is Action.SILENT
    assert consider(said, CALLED).ticket is None


@pytest.mark.parametrize(
    "said", ["3栋，他家姓王", "3栋2单元，二楼左手边那户", "3栋2单元，就是三楼302"]
)
def test_an_address_is_no_danger_whatever_is_often_told_with_one(said):
    assert read_intent(said).intent is Intent.CHATTER


def test_thanks_at_the_end_of_a_request_are_not_for_something_done():
    said = (
        "打扰各位邻居，就是想跟物业说一声，7栋2单元的楼道灯坏了，不急，方便的时候来换就行，谢谢大家"
    )
    assert consider(said, OVERHEARD).ticket.category == "stair-light"
    assert consider("灯换好了，谢谢师傅", OVERHEARD).action is Action.SILENT


@pytest.mark.parametrize(
    "said", ["推车过不去单元门口那个坎，能不能加个小坡道", "能不能做个雨棚，楼下的自行车都锈了"]
)
def test_what_is_wished_for_is_no_doubt_about_a_swindle(said):
    assert consider(said, CALLED).intent is Intent.REPORT


def test_a_burst_pipe_is_no_errand_for_neighbours():
    said = "家里水管爆了，请志愿者来帮忙关一下阀门，我一个老人在家"
    assert consider(said, CALLED).ticket.lane is Lane.P1


@pytest.mark.parametrize("said", ["明天停水吗", "今天停水到几点", "3栋的兄弟，晚上打球不"])
def test_a_question_that_names_a_matter_reports_none(said):
    assert consider(said, CALLED).ticket is None


def test_danger_that_is_over_is_none():
    assert consider("厨房着火了，不过已经扑灭了", OVERHEARD).action is Action.SILENT


@pytest.mark.parametrize(
    "said",
    [
        "孙女把一颗扣子电池吞了下去怎么办",
        "我外婆晕了",
        "崽在配电箱那里触电了怎么办",
        "奶奶误吃了老鼠药要不要紧",
        "阿婆跌咗一跤起唔到身",
        "小孩吞了硬币去哪个医院",
        "电动车在楼道充电冒烟了，我现在该怎么搞",
    ],
)
def test_what_has_befallen_somebody_is_danger_also_in_a_question(said):
    assert consider(said, CALLED).ticket.lane is Lane.P0


@pytest.mark.parametrize(
    "said", ["老人摔倒了应该怎么扶", "触电以后如何急救", "小孩误吞东西怎么预防", "我妈晕车了"]
)
def test_what_one_would_do_is_no_danger(said):
    assert read_intent(said).intent is not Intent.EMERGENCY


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("楼上把烟灰弹到我晒的被子上，讲了三回当耳边风", Kind.COMPLAINT),
        ("走廊那个灯泡闪了一个礼拜，眼睛都要闪瞎了", Kind.REPAIR),
        ("要是滑梯边上能添两条长凳，带娃的就不用站着了", Kind.SUGGESTION),
        ("昨晚车棚里的电动车被人把电瓶卸走了，能帮忙看一下监控吗", Kind.HELP),
        ("我这手抖得穿不了针，哪位有空帮我把裤脚缝一下", Kind.SERVICE),
    ],
)
def test_the_kind_is_told_by_the_sound_and_by_what_it_is_about(said, kind):
    assert consider(said, CALLED).ticket.kind is kind


@pytest.mark.parametrize(
    ("said", "lane"),
    [
        ("我们这几栋都是老厂的房子，房产证办了十年没下来，几个部门互相推", Lane.P3),
        ("地下室的水泵不转，水已经漫到脚踝，还在涨", Lane.P1),
        ("楼号牌掉了一个角，晃来晃去的", Lane.P2),
    ],
)
def test_the_lane_is_learnt_as_well(said, lane):
    assert consider(said, CALLED).ticket.lane is lane


@pytest.mark.parametrize("said", ["麻烦帮我问问社区，路灯哪天来换", "帮忙打听一下，水塔几时洗"])
def test_who_wants_something_found_out_makes_an_enquiry(said):
    thought = consider(said, CALLED)
    assert (thought.ticket.kind, thought.ticket.lane) == (Kind.ENQUIRY, Lane.P2)


@pytest.mark.parametrize(
    ("said", "lane"),
    [("建议把后坡那块荒地改建成小公园", Lane.P3), ("建议单元门口放两张凳子", Lane.P2)],
)
def test_a_suggestion_that_needs_a_project_is_for_many_parties(said, lane):
    assert consider(said, CALLED).ticket.lane is lane
