"""What is taken back in the same breath is nobody's task; a cry for one's life is."""

from __future__ import annotations

import pytest

from handlers.intents.intent import Intent
from handlers.intents.read import read_intent
from knowledge.community.tickets.ticket import Lane


@pytest.mark.parametrize(
    "said",
    [
        "2栋电梯又停了？哦，在动，当我没说",
        "三楼楼道灯坏了吧，咦亮了，当我冇讲",
        "单元门锁了进不去，快来开下，保安到了，不麻烦你们了",
        "哪个再占我车位，我就把他车抬到屋顶上，讲着玩的",
        "一滴水都没得！停水不通知的吗……哦来水了",
        "门禁刷三次没反应，好吧，通了",
        "我要报修，我这膝盖上楼咯吱响，逗你们的哈哈",
    ],
)
def test_what_is_taken_back_is_nobodys_task(said: str) -> None:
    assert read_intent(said).intent is Intent.CHATTER


@pytest.mark.parametrize(
    "said",
    [
        "2栋楼道灯坏了，不是开玩笑的",
        "3栋电梯又停了，昨天还说好了哦",
        "电梯又坏了，修三次没修好，不找你们了！",
        "水管爆了往楼下灌，别以为我在开玩笑",
    ],
)
def test_what_stands_behind_counts(said: str) -> None:
    assert read_intent(said).intent is Intent.REPORT


@pytest.mark.parametrize(
    "said",
    [
        "我不想活了，当我没说",
        "我想跳楼，讲着玩的",
        "不想活了，开玩笑的",
        "没事，就是好累，想死，别当真",
        "我真的不想活了，别劝我",
    ],
)
def test_a_cry_for_ones_life_is_believed(said: str) -> None:
    reading = read_intent(said)
    assert reading.lane is Lane.P0
    assert not reading.loose


@pytest.mark.parametrize(
    "said",
    [
        "3栋着火了，不是说着玩的",
        "3栋着火了，真不是讲着玩！",
        "3栋着火了，没跟你们开玩笑的",
        "3栋着火了，谁跟你说着玩的",
        "电梯又停了有人困在里面，又不是逗你玩的",
        "水管爆了水往楼下流，别当我没说",
        "水管爆了，我没逗你们的",
    ],
)
def test_who_says_that_it_is_no_joke_is_believed(said: str) -> None:
    assert read_intent(said).lane in (Lane.P0, Lane.P1)


@pytest.mark.parametrize(
    "said",
    [
        "作业多得不想活了",
        "想死你们了",
        "想死大家了",
        "你们想死啊",
        "想死的心都有了，打牌输了五十",
        "热得想跳楼，哈哈开玩笑的",
        "跳楼价",
    ],
)
def test_who_says_what_makes_it_a_joke_is_none(said: str) -> None:
    assert read_intent(said).intent is not Intent.EMERGENCY


@pytest.mark.parametrize(
    "said",
    [
        "家里着火了，打了119，不用你们了",
        "我家煤气漏了，喊了燃气公司，不麻烦你们了",
        "爷爷晕倒了，120到了，不麻烦你们了",
    ],
)
def test_danger_is_told_to_the_neighbours_though_its_teller_wants_no_help(said: str) -> None:
    assert read_intent(said).lane is Lane.P0


@pytest.mark.parametrize(
    "said",
    [
        "楼梯扶手断了，2栋3单元4楼",
        "我车被堵在里面了，打电话不接，赶着送孩子去医院",
        "帮我爹取下慢病药，他走不动，药店在南门",
    ],
)
def test_a_broken_thing_a_car_boxed_in_and_an_errand_are_no_danger(said: str) -> None:
    assert read_intent(said).lane is Lane.P2


@pytest.mark.parametrize(
    "said",
    ["天然气爆炸", "天然气管道爆炸", "戴眼镜的老人找不到了", "一股臭鸡蛋的味道，头晕"],
)
def test_few_words_of_danger_are_danger(said: str) -> None:
    assert read_intent(said).lane is Lane.P0


@pytest.mark.parametrize(
    "said",
    [
        "昨天新闻里天然气爆炸",
        "广州天然气爆炸",
        "去年我们这天然气爆炸过",
        "爷爷的老花镜不见了",
        "女儿的玩偶走丢了，哭了一晚上",
    ],
)
def test_news_other_places_the_past_and_lost_things_are_none(said: str) -> None:
    assert read_intent(said).lane is not Lane.P0


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("妹妹走丢啦！白色小土猫，脖子上一个铃铛", "lost-found"),
        ("我儿子丢了，就是我家那只泰迪，出门右拐就没影了", "lost-found"),
        ("外婆的老花镜找不着了，八成落在麻将馆", "lost-found"),
        ("我奶奶走丢了，带着一条小狗", "missing-person"),
        ("女儿不见了，她跟着小狗跑出去的", "missing-person"),
        ("孩子走丢了，穿小猫图案的T恤", "missing-person"),
        ("儿子走丢了，刚才在看兔子", "missing-person"),
        ("爷爷穿灰色的外套不见了两个小时", "missing-person"),
        ("爷爷的助听器没戴，走丢了", "missing-person"),
    ],
)
def test_a_pet_called_like_a_child_is_lost_and_a_person_with_a_dog_is_missing(
    said: str, code: str
) -> None:
    reading = read_intent(said)
    assert reading.category is not None
    assert reading.category.code == code


@pytest.mark.parametrize(
    "said",
    [
        "车把单元门堵死了，楼里着火跑不出来",
        "车都堵在消防通道，楼上冒黑烟",
        "遛狗不牵绳，把老人扑倒起不来了",
        "车被堵住了出不去，孩子烧糊涂了",
    ],
)
def test_danger_in_the_words_of_a_complaint_is_danger(said: str) -> None:
    assert read_intent(said).lane is Lane.P0
