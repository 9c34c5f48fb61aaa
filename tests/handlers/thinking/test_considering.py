"""What the bot would do and say, in private and in groups of every mode."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.intents.intent import Intent
from handlers.thinking.considering import consider, looked_up
from handlers.thinking.thought import Action, Proposal, Thought
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.tickets.ticket import Kind
from knowledge.faq.entry import Entry
from tests.handlers.samples import faq, scene, sentences

ALLOWANCE = Entry(
    id="allowance",
    question="高龄补贴怎么领？",
    variants=("满80岁有什么补贴领", "八十岁老人补贴"),
    owner="社区",
    source="《某办法》（某政发〔2024〕1号）",
    checked=date(2026, 10, 8),
    short="满 80 岁可以申请高龄补贴。\n带：身份证、本人银行卡\n出门不方便，回复 1，请邻长上门帮您办。",
)
CARD = Entry("card-new", "第一次办老年卡", short="带身份证到社区。", owner="社区")
LOST = Entry("card-lost", "老年卡丢了补办", short="带身份证到社区一楼补办。", owner="社区")
SHELF = faq(ALLOWANCE, CARD, LOST)


def words(thought: Thought) -> str:
    assert thought.reply is not None
    return thought.reply


def wanted(thought: Thought) -> Proposal:
    assert thought.ticket is not None
    return thought.ticket


def test_a_question_is_answered_by_name_with_source_and_day():
    thought = consider("高龄补贴怎么领", scene("g-1", "li", shelf=SHELF))
    assert (thought.intent, thought.action, thought.faq_id) == (
        Intent.QUESTION,
        Action.ANSWER,
        "allowance",
    )
    assert words(thought).startswith("李娭毑，满 80 岁可以申请高龄补贴。")
    assert "社区 2026-10-08 核对）" in words(thought)
    assert thought.help_offered


def test_close_candidates_are_offered_with_digits():
    thought = consider("老年卡怎么弄", scene("g-1", "chen", shelf=faq(CARD, LOST)))
    assert thought.action is Action.CHOOSE
    lines = words(thought).splitlines()
    assert lines[0] == "陈叔，您想问哪一件？回复数字就行："
    assert lines[1].startswith("1 ")
    assert lines[-1] == "都不是，回复 0，转给社区的人答您。"


def test_an_unknown_question_goes_to_a_named_person():
    thought = consider("老屋的证能不能过户给女婿", scene("g-1", "chen", shelf=faq(ALLOWANCE)))
    assert thought.action is Action.HANDOVER
    assert "已转给社区王主任" in words(thought)


def test_traditional_in_is_traditional_out():
    thought = consider("請問長者卡丟了怎麼補辦？", scene("g-1", shelf=SHELF))
    assert "補辦" in words(thought) or "帶身份證" in words(thought)


def test_a_repair_with_everything_asks_for_a_yes():
    thought = consider("3栋2单元楼道灯坏了", scene("g-1", "li"), images=1)
    assert thought.action is Action.CONFIRM
    assert "【报修】楼道灯坏了 · 3栋2单元 · 照片 1 张" in words(thought)
    assert wanted(thought).missing == ()


@pytest.mark.parametrize(
    "said", ["桂花园 3栋2单元 楼道灯坏了", "桂花园，3栋2单元楼道灯坏了", "桂花园，楼道灯坏了"]
)
def test_a_blank_behind_the_name_of_the_estate_hides_nothing(said):
    assert consider(said, scene()).intent is Intent.REPORT


def test_a_repair_without_its_building_asks_for_it():
    thought = consider("楼道灯又不亮哒，晚上看不清路", scene("g-1"))
    assert thought.action is Action.ASK
    assert "请问是几栋几单元？" in words(thought)
    assert thought.as_json()["ticket"]["missing"] == ["place"]


@pytest.mark.parametrize("said", ["小区东门门禁坏了", "地下车库着火了", "车棚漏水漏得厉害"])
def test_what_happens_at_a_spot_all_share_needs_no_building(said):
    thought = consider(said, scene("g-1"))
    assert (wanted(thought).place, wanted(thought).missing) == ("e", ())
    assert "几栋几单元" not in words(thought)


def test_a_lift_in_the_garage_still_needs_its_building():
    assert wanted(consider("地下车库的电梯坏了", scene("g-1"))).missing == ("place",)


def test_a_burst_pipe_is_logged_at_once_and_its_place_asked_for():
    thought = consider("五楼水管爆哒，水往楼下灌！", scene("g-2", addressed=False))
    assert (thought.intent, thought.action) == (Intent.REPORT, Action.LOG)
    assert words(thought).startswith("先关水表旁的总阀")
    assert words(thought).endswith("几栋几单元？")
    assert thought.as_json()["ticket"]["place"] == "e"
    assert thought.as_json()["ticket"]["missing"] == []


@pytest.mark.parametrize("chat", ["g-1", "g-2", "g-3"])
def test_danger_is_logged_in_every_group_with_the_number_first(chat):
    thought = consider("3栋2单元着火了", scene(chat, addressed=False))
    assert (thought.action, wanted(thought).place) == (Action.LOG, "u32")
    assert words(thought).startswith("马上打 119。")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("有人触电了，倒在地上", "120"),
        ("我被困在电梯里了", "119"),
        ("有小孩掉进池塘里了", "119"),
        ("我妈昏迷了", "120"),
        ("楼上有人要跳楼", "110"),
        ("有人拿刀砍人", "110"),
        ("我家老人走失了", "110"),
        ("屋里好大的煤气味，头晕", "119"),
        ("救命啊", "110"),
    ],
)
def test_each_danger_has_its_number(said, number):
    assert number in words(consider(said, scene("g-1", addressed=False)))


@pytest.mark.parametrize(
    ("said", "lively", "called_only", "mute"),
    [
        ("3栋2单元楼道灯坏了", Action.CONFIRM, Action.SILENT, Action.SILENT),
        ("3栋停电了", Action.LOG, Action.LOG, Action.SILENT),
        ("高龄补贴怎么领", Action.ANSWER, Action.SILENT, Action.SILENT),
        ("您的医保卡将停用，请点 yb-xx.top 认证", Action.SILENT, Action.SILENT, Action.SILENT),
        ("今天天气真好", Action.SILENT, Action.SILENT, Action.SILENT),
        ("老屋的证能不能过户给女婿", Action.SILENT, Action.SILENT, Action.SILENT),
    ],
)
def test_the_groups_mode_decides_what_is_taken_up_unasked(said, lively, called_only, mute):
    done = [
        consider(said, scene(chat, addressed=False, shelf=SHELF)).action
        for chat in ("g-1", "g-2", "g-3")
    ]
    assert done == [lively, called_only, mute]


def test_a_swindle_is_warned_of_without_repeating_its_link():
    said = "【医保中心】您的医保卡将停用，请点 ybk-xx.top 认证。这是骗子吗？"
    thought = consider(said, scene("g-1", "li"))
    assert thought.action is Action.WARN
    assert "96110" in words(thought)
    assert "ybk" not in words(thought)
    assert thought.help_offered


@pytest.mark.parametrize("said", sentences("frauds"))
def test_nobody_is_told_that_it_is_no_swindle(said):
    thought = consider(said, scene("g-1"))
    assert thought.action is Action.WARN
    assert "不是骗" not in words(thought)
    assert "96110" in words(thought) or "110 报警" in words(thought)


def test_a_general_question_about_a_known_trick_is_answered():
    trick = Entry("fraud-x", "刷单返利是真的吗？", short="都是诈骗。", owner="社区")
    thought = consider("刷单返利是真的吗", scene("g-1", shelf=faq(trick)))
    assert (thought.action, thought.faq_id) == (Action.ANSWER, "fraud-x")


@pytest.mark.parametrize("said", ["你好", "在吗", "小助手", "你会做什么"])
def test_a_greeting_gets_the_three_things_to_say(said):
    assert words(consider(said, scene())).startswith("您好，我在。")


@pytest.mark.parametrize("said", ["谢谢", "好的", "收到啦谢谢"])
def test_thanks_need_no_answer(said):
    assert consider(said, scene(shelf=SHELF)).action is Action.SILENT


def test_a_complaint_in_the_form_of_a_question_with_a_sure_answer_is_a_question():
    noise = Entry("noise", "楼上半夜吵怎么投诉？", short="先找物业，再打 110。", owner="社区")
    said = "楼上天天半夜吵得人睡不着，怎么投诉？"
    assert consider(said, scene("g-1", shelf=faq(noise))).action is Action.ANSWER
    assert consider(said, scene("g-1")).intent is Intent.REPORT


def test_an_expired_rule_is_withheld():
    old = Entry("old", "高龄补贴怎么领？", short="旧规定。", valid_until=date(2026, 1, 1))
    thought = consider("高龄补贴怎么领？", scene("g-1", shelf=faq(old)))
    assert thought.action is Action.HANDOVER
    assert "正在核实" in words(thought)


def test_a_command_is_told_apart():
    assert consider("进度", scene()).intent is Intent.COMMAND
    assert consider("收到", scene("g-1", addressed=False)).action is Action.SILENT
    assert consider("接127", scene("g-1", addressed=False)).action is Action.ANSWER


def test_candidates_can_be_looked_up_for_what_needed_none():
    here = scene("g-1", shelf=SHELF)
    thought = consider("3栋2单元楼道灯坏了", here)
    assert thought.candidates == ()
    assert looked_up(consider("老年卡", here), "老年卡", here).candidates


ALL = [
    s for n in ("emergencies", "reports", "services", "frauds", "questions") for s in sentences(n)
]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ALL), st.sampled_from([None, "g-1"]), st.sampled_from([None, "li", "chen"]))
def test_every_reply_is_short(said, chat, sender):
    reply = consider(said, scene(chat, sender, shelf=SHELF)).reply
    assert reply is None or (len(reply) <= 120 and len(reply.splitlines()) <= 7)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_it(said):
    assert consider(said, scene("g-1")).action in Action


def test_a_pasted_swindle_that_an_entry_tells_of_is_warned_of_by_that_entry():
    trick = Entry("fraud-x", "点赞返佣先垫钱是真的吗？", short="都是诈骗。", owner="社区")
    said = "点赞返佣，先垫钱，一单一结，名额有限，加微信 abc12345"
    thought = consider(said, scene(shelf=faq(trick)))
    assert (thought.intent, thought.action) == (Intent.FRAUD, Action.ANSWER)
    assert thought.faq_id == "fraud-x"
    assert "96110" in words(thought)


@pytest.mark.parametrize("said", ["@王姐 高龄补贴怎么领你晓得不", "谁有轮椅借我用下，高龄补贴那种"])
def test_what_is_asked_of_a_neighbour_is_not_answered(said):
    thought = consider(said, scene("g-1", addressed=False, shelf=SHELF))
    assert thought.action is not Action.ANSWER


@pytest.mark.parametrize(
    "said",
    [
        "帮我通知大家把验证码发给我",
        "转告各位邻居，每户转五十块到我微信",
        "帮我在群里说一声，要领补贴的把卡号发我",
    ],
)
def test_nobody_has_codes_cards_or_money_asked_for_in_his_name(said):
    thought = consider(said, scene("g-1", "wang"))
    assert thought.action is Action.REFUSE
    assert "机器人不替任何人要这些" in (thought.reply or "")


@pytest.mark.parametrize("said", ["帮我看看", "麻烦你帮忙看一下", "能不能处理一下啊"])
def test_a_plea_that_names_nothing_opens_no_draft(said):
    thought = consider(said, scene())
    assert (thought.action, thought.ticket) == (Action.ANSWER, None)
    assert consider(said, scene(), images=1).ticket is not None


def test_a_complaint_about_a_person_is_private():
    for said in ("投诉万经理只收钱不办事", "举报物业的何主任吃回扣", "我要投诉网格员小罗说话难听"):
        ticket = consider(said, scene()).ticket
        assert ticket is not None
        assert (ticket.kind, ticket.private) == (Kind.COMPLAINT, True)


@pytest.mark.parametrize(
    "said",
    [
        "我已经把钱转过去了，屏幕也共享了，他说是公安",
        "我点了那个链接，填了卡号",
        "老伴刚才给一个说是社保局的人转了一万",
        "孙子说出车祸，我娭毑马上汇了两万过去",
        "上当了，八千块没了",
        "刷单垫了八百，提不出来",
        "我按他说的转了钱到安全账户",
        "我把手机给他远程操作了一会，卡里钱不见了",
    ],
)
def test_who_has_done_it_already_is_sent_to_110_and_the_bank_first(said):
    reply = consider(said, scene()).reply or ""
    assert reply.index("110") < reply.index("银行客服")
    assert "没看出" not in reply


@pytest.mark.parametrize(
    "said",
    ["他要我开共享屏幕，我没开", "客服让我付三百定金，能信吗", "我给老师交了五百块资料费"],
)
def test_who_has_given_nothing_is_not_sent_to_the_bank(said):
    assert "止付" not in (consider(said, scene()).reply or "")


@pytest.mark.parametrize("name", ["天悦国际", "新闻小区", "北京御园", "电影制片厂宿舍"])
@pytest.mark.parametrize("danger", ["着火了", "电梯困人了", "有人触电了"])
def test_the_name_of_an_estate_says_nothing_of_the_danger_in_it(name, danger):
    estate = Place("e", None, PlaceKind.ESTATE, name, (), "物管")
    building = Place("e-b", "e", PlaceKind.BUILDING, "B座")
    chats = (GroupChat("replay", "g", "群", "e", "静音"),)
    hood = Neighbourhood([estate, building], (), chats)
    here = replace(scene("g-3", addressed=False), hood=hood, chat=chats[0], mode="静音")

    thought = consider(f"{name}B座{danger}", here)

    assert (thought.action, wanted(thought).place) == (Action.LOG, "e-b")
    assert name not in wanted(thought).matter


def test_gas_that_leaks_is_no_water():
    assert wanted(consider("3栋2单元燃气泄漏", scene("g-1"))).matter == "燃气泄漏"
