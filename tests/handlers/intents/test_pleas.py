"""What is laid at the office's door is taken up with its kind and lane; what only sounds so is not."""

from __future__ import annotations

import pytest

from handlers.intents.intent import Intent
from handlers.intents.plain import plain
from handlers.thinking.considering import consider
from handlers.thinking.thought import Action
from knowledge.community.tickets.ticket import Kind, Lane
from knowledge.faq.entry import Entry
from tests.handlers.samples import faq, scene

OVERHEARD, CALLED = scene("g-1", "li", addressed=False), scene("g-1", "li")


@pytest.mark.parametrize(
    ("said", "kind", "lane"),
    [
        ("送餐的小哥在院子里飙车，差点撞到娃，物业管不管", Kind.COMPLAINT, Lane.P2),
        ("投诉汪经理，承诺的事一件没做", Kind.COMPLAINT, Lane.P2),
        ("提个建议，公告栏的字放大些", Kind.SUGGESTION, Lane.P2),
        ("请社区牵头把两栋的雨污水管分开重做", Kind.SUGGESTION, Lane.P3),
        ("广场那扇铁门歪着，随时要倒", Kind.REPAIR, Lane.P1),
        ("通风井的铁盖没了，三米多深，天黑看不到", Kind.REPAIR, Lane.P1),
        ("3栋2单元电梯全停了，坐轮椅的奶奶下不来", Kind.REPAIR, Lane.P1),
        ("3栋从早上起一点电都没有，奶都馊了", Kind.REPAIR, Lane.P1),
        ("想找个义工帮我爸剪剪脚指甲", Kind.SERVICE, Lane.P2),
        ("篮球场边的石凳断了一条腿", Kind.REPAIR, Lane.P2),
    ],
)
def test_a_plea_said_to_nobody_is_taken_up_with_its_kind_and_lane(said, kind, lane):
    ticket = consider(said, OVERHEARD).ticket
    assert ticket is not None
    assert (ticket.kind, ticket.lane) == (kind, lane)


@pytest.mark.parametrize(
    "said",
    [
        "我奶奶一辈子没坐过电梯",
        "麻将桌上三缺一，快来人",
        "被一块奶油蛋糕绑架了，谁来救救我",
        "我要投诉今天的月亮，太亮了睡不着",
        "水煮牛肉辣得我嘴巴冒火",
        "娃天天吵着要买滑板",
        "以前烧蜂窝煤，哪有煤气",
        "江对面那栋楼着火了，消防车一排",
        "谢谢廖师傅，大清早还来给我们修水管",
        "门口漏水那个毛病没了",
    ],
)
def test_jokes_thanks_and_what_is_far_or_over_are_left_alone(said):
    assert consider(said, OVERHEARD).action is Action.SILENT


@pytest.mark.parametrize(
    "said",
    [
        "一台摩托撞倒一个老人，腿折了",
        "我舅在塘边滑下去了，只见一只手",
        "他拧开煤气要同归于尽",
        "小孙子咽了一颗纽扣电池",
        "货车着了，油箱那边在烧",
        "有个男的抱着别人的孩子就跑，妈妈在后面追",
    ],
)
def test_danger_in_other_words_is_danger(said):
    assert consider(said, OVERHEARD).intent is Intent.EMERGENCY


@pytest.mark.parametrize(
    "said", ["外面那台电梯修好了吧？", "上周报的门铃有人来看过了没", "帮我通知大家明天停水"]
)
def test_who_asks_how_far_it_is_or_wants_it_told_gets_a_human_and_files_nothing(said):
    shelf = faq(
        Entry("lift", "电梯老是坏，谁负责修？", short="物业。"),
        Entry("water", "停水通知在哪里看？", short="看公告。"),
    )
    assert consider(said, scene("g-1", addressed=False, shelf=shelf)).action is Action.SILENT
    assert consider(said, scene("g-1", shelf=shelf)).action is Action.HANDOVER


def test_only_the_names_of_wechat_between_brackets_are_pictures():
    assert plain("灯坏了[捂脸][玫瑰]") == "灯坏了"
    assert "[水管]" in plain("[水管] 3栋求修")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("快递柜占了我们单元半条过道，请挪开", "u32"),
        ("东门的门禁刷不开", "e"),
    ],
)
def test_own_stairs_are_finer_than_what_the_estate_shares_and_a_gate_needs_no_building(said, place):
    ticket = consider(said, CALLED).as_json()["ticket"]
    assert (ticket["place"], ticket["missing"]) == (place, [])
