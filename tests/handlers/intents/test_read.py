"""What a message wants: recall and precision on the sentences written for this project."""

from __future__ import annotations

import pytest

from handlers.intents.intent import Intent
from handlers.intents.read import read_intent
from knowledge.community.tickets.ticket import Kind, Lane
from tests.handlers.samples import rows, sentences


def share(values):
    counted = list(values)
    return sum(counted) / len(counted)


@pytest.mark.parametrize("said", sentences("emergencies"))
def test_danger_to_life_is_never_missed(said):
    reading = read_intent(said)
    assert (reading.intent, reading.lane) == (Intent.EMERGENCY, Lane.P0)


@pytest.mark.parametrize("name", ["calm", "questions", "chatter", "notreports", "notfrauds"])
def test_no_alarm_is_given_without_danger(name):
    alarms = [said for said in sentences(name) if read_intent(said).intent is Intent.EMERGENCY]
    assert alarms == []


@pytest.mark.parametrize(
    "said",
    [
        "三楼空调外机架子松了要掉下来，底下一群娭毑在跳舞",
        "7栋顶上的瓦片哗哗往下掉 楼下好多人",
        "门口雨棚的玻璃正一块块往下砸，下面学生排队，砸到就不得了了",
    ],
)
def test_what_falls_where_people_are_is_danger(said):
    reading = read_intent(said)
    assert reading.category is not None
    assert (reading.lane, reading.category.code) == (Lane.P0, "falling")


@pytest.mark.parametrize(
    "said",
    [
        "3栋外墙瓷砖脱落，希望尽快维修",
        "昨天外墙砖掉下来，幸好下面没人",
        "电梯嘎嘎地叫，门开不了",
    ],
)
def test_what_fell_where_nobody_is_is_a_repair(said):
    assert read_intent(said).lane in {Lane.P1, Lane.P2}


@pytest.mark.parametrize(
    "wish",
    [
        "修好了给我打电话13800000060",
        "修好了打我电话",
        "修好后打电话给我",
        "好了说一声",
        "弄好了电话通知我",
        "换好了发个消息",
        "修好了麻烦在群里说一声",
    ],
)
def test_how_somebody_wants_to_hear_of_the_end_ends_nothing(wish):
    reading = read_intent(f"1栋2单元楼道灯坏了，{wish}")
    assert reading.intent is Intent.REPORT
    assert reading.category.code == "stair-light"


@pytest.mark.parametrize(
    "said", ["楼道灯的事，修好了，跟大家说一声", "灯修好了说一声谢谢", "电梯修好了打电话谢过师傅了"]
)
def test_news_of_an_end_is_told_from_such_a_wish(said):
    assert read_intent(said).intent is not Intent.REPORT


def test_who_cries_behind_a_door_and_cannot_open_it_is_in_danger():
    assert read_intent("隔壁婆婆在里面喊痛，敲门也爬不起来").lane is Lane.P0


@pytest.mark.parametrize(
    "said", ["暖气不热", "家里没暖气", "家里暖气一点不热，老人冻得不行", "3号楼2门暖气冰凉的"]
)
def test_cold_heating_is_a_repair(said):
    reading = read_intent(said)
    assert reading.category is not None
    assert (reading.category.code, reading.lane) == ("heating", Lane.P2)


@pytest.mark.parametrize("said", ["供暖什么时候开始", "暖气费怎么交", "今年暖气真热"])
def test_talk_of_heating_is_none(said):
    assert read_intent(said).category is None


def test_the_kind_of_danger_is_mostly_told():
    told = (read_intent(said).category.code == code for code, said in rows("emergencies"))
    assert share(told) >= 0.95


def test_reports_are_found_with_their_kind_and_lane():
    read = [(kind, lane, read_intent(said)) for kind, lane, _, said in rows("reports")]
    assert share(each.intent is Intent.REPORT for _, _, each in read) >= 0.98
    right = (each.kind == kind and each.lane == lane for kind, lane, each in read)
    assert share(right) >= 0.97


def test_the_category_of_a_report_is_told():
    told = [
        read_intent(said).category.code == code
        for _, _, code, said in rows("reports")
        if code != "*"
    ]
    assert share(told) >= 0.97


@pytest.mark.parametrize("name", ["notreports", "questions", "chatter"])
def test_what_is_settled_elsewhere_asked_or_joked_makes_no_ticket(name):
    taken = [read_intent(said).category is not None for said in sentences(name)]
    assert share(taken) <= 0.02


def test_orders_for_volunteers_are_found():
    read = [(code, read_intent(said)) for code, said in rows("services")]
    assert share(each.intent is Intent.SERVICE for _, each in read) >= 0.97
    assert share(each.category and each.category.code == code for code, each in read) >= 0.8
    assert all(each.kind is Kind.SERVICE for _, each in read if each.intent is Intent.SERVICE)


@pytest.mark.parametrize(
    ("plainly", "otherwise"),
    [
        ("楼道灯不亮了", "楼道灯不亮哒"),
        ("水管爆了", "水管爆咖哒"),
        ("停电了", "停電了"),
        ("家里没水", "屋里冇水"),
        ("电梯坏了", "电题坏了"),
        ("下水道堵了", "下水道　堵住勒！！！"),
        ("着火了", "著火了！！！"),
        ("有人摔倒了起不来", "有人绊倒哒起不来"),
    ],
)
def test_dialect_slips_and_script_make_no_difference(plainly, otherwise):
    one, other = read_intent(plainly), read_intent(otherwise)
    assert one.category is not None
    assert (one.intent, one.category, one.lane) == (other.intent, other.category, other.lane)


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("楼道灯又不亮哒，晚上看不清路", "楼道灯不亮"),
        ("3栋2单元5楼楼道灯坏了", "楼道灯坏了"),
        ("五楼水管爆哒，水往楼下灌！", "水管爆裂"),
        ("停电哒，6栋", "停电"),
        ("电梯老是抖，坐起来怕", "电梯抖"),
        ("3栋着火了", "着火"),
        ("煤气罐在漏", "煤气罐在漏"),
        ("楼上漏水漏到我这里", "楼上漏水"),
        ("有人遛狗不牵绳，还凶我", "遛狗不牵绳"),
        ("楼上掉了个花盆下来，差点砸到娃", "楼上掉了个花盆下来，差点砸到娃"),
        ("外来车辆乱停，我们没地方停", "外来车辆乱停"),
        ("楼下烧烤摊油烟往屋里灌，窗户都不敢开", "烧烤摊油烟往家里灌"),
        ("有车堵在3栋2单元502门口", "车堵在门口"),
        ("我要投诉物业，保洁三天没来扫楼道了", "物业，保洁三天没来扫楼道"),
        ("腿摔了下不得楼，请人帮忙买菜", "请人买菜"),
        ("（理发）我爸出不了门，想请人上门剪头", "理发，我爸出不了门，想请人上门剪头"),
        ("堂客吃了一整瓶安眠药 喊不醒 怎么办怎么办", "吃了一整瓶安眠药，喊不醒"),
        ("建议小区装充电桩", "建议小区装充电桩"),
    ],
)
def test_the_matter_is_a_short_phrase_without_the_place(said, matter):
    assert read_intent(said).matter == matter


def test_every_matter_is_short():
    for name in ("emergencies", "reports", "services"):
        for said in sentences(name):
            assert len(read_intent(said).matter) <= 20


@pytest.mark.parametrize("said", ["我要报修", "我要投诉", "报修", "要投诉"])
def test_a_report_without_a_matter_says_so(said):
    reading = read_intent(said)
    assert (reading.intent, reading.matter) == (Intent.REPORT, "")


@pytest.mark.parametrize(
    "said",
    [
        "Привет как дела 3栋",
        "Всем доброе утро, 3栋2单元",
        "مرحبا بالعالم كيف حالك اليوم؟ 3栋",
        "안녕하세요 오늘 날씨가 좋네요 3栋",
        "こんにちは、みなさん 3栋",
    ],
)
def test_a_language_that_nobody_taught_us_is_no_danger_beside_an_address(said):
    reading = read_intent(said)
    assert reading.intent in (Intent.CHATTER, Intent.QUESTION)


@pytest.mark.parametrize("said", ["3栋着火了 пожар", "sos 3栋", "救命！ помогите 3栋"])
def test_what_the_lists_know_is_danger_in_whatever_company(said):
    assert read_intent(said).intent is Intent.EMERGENCY


@pytest.mark.parametrize("said", ["", "   ", "😀😀😀", "\u202e\u200b", "啊" * 10_000, "\x00\x07"])
def test_nonsense_is_chatter(said):
    assert read_intent(said).intent is Intent.CHATTER


@pytest.mark.parametrize(
    "said", ["心口痛", "胸口闷", "爹爹胸口发闷", "心口闷得慌，出冷汗", "闷得慌，出冷汗"]
)
def test_a_heart_that_gives_trouble_is_danger_in_few_words(said):
    assert read_intent(said).lane is Lane.P0


@pytest.mark.parametrize(
    "said", ["看得我心口痛", "房价跌得我心口疼", "胸口闷挂什么科", "心脏不好能不能办慢病卡"]
)
def test_a_heart_of_which_is_only_spoken_is_none(said):
    assert read_intent(said).lane is not Lane.P0


@pytest.mark.parametrize(
    "said", ["水管子炸哒", "屋里水管子炸哒，水到处喷", "我屋里水管炸了", "暖气管炸了"]
)
def test_a_burst_pipe_is_no_explosion(said: str) -> None:
    reading = read_intent(said)

    assert reading.category is not None
    assert (reading.category.code, reading.lane) == ("leak", Lane.P1)


@pytest.mark.parametrize(
    "said",
    ["水管爆了快来人", "五楼水管子炸哒，水流得满屋都是，快来人咯", "下水返上来了快来人"],
)
def test_people_are_called_to_burst_water_and_that_is_no_cry_for_ones_life(said: str) -> None:
    reading = read_intent(said)
    assert reading.lane is Lane.P1
    assert "快来人" not in reading.matter


@pytest.mark.parametrize(
    "said",
    [
        "水管爆了，快来人救命",
        "水漫到插座了，快来人",
        "漏水了漏水了，我崽摔在地上起不来，快来人",
        "快来人，家里漏煤气",
    ],
)
def test_whoever_calls_people_to_water_and_more_is_in_danger(said: str) -> None:
    assert read_intent(said).lane is Lane.P0


def test_who_waits_for_somebody_reports_no_outage() -> None:
    assert read_intent("师傅么时候来咯").intent is Intent.QUESTION


def test_a_pipe_that_has_burst_is_called_so_in_full() -> None:
    assert read_intent("五楼水管子炸哒，快来人咯").matter == "水管子炸了"


@pytest.mark.parametrize(
    "said", ["煤气管子炸了", "燃气管道炸了", "煤气罐炸了", "厨房炸了，快来人", "水管炸了，电线冒火"]
)
def test_what_bursts_with_gas_or_fire_is_one(said: str) -> None:
    assert read_intent(said).lane is Lane.P0


@pytest.mark.parametrize(
    "said",
    ["老人咭唔見咗", "我個老人咭唔見咗點算", "老人卡不见了", "我妈的手机不见了", "老人证丢了"],
)
def test_a_thing_that_is_lost_is_no_missing_person(said: str) -> None:
    assert read_intent(said).lane is not Lane.P0


@pytest.mark.parametrize(
    "said",
    [
        "老人不见了，手机也找不到",
        "老人没带手机不见了",
        "爷爷骑三轮车不见了",
        "孩子走丢了",
        "老人不见了",
    ],
)
def test_a_person_who_is_missing_is_one_whatever_they_carry(said: str) -> None:
    reading = read_intent(said)

    assert reading.category is not None
    assert reading.category.code == "missing-person"


@pytest.mark.parametrize("said", ["地点：3栋救命，快来人", "6栋救命啊救命", "救命救命", "快来人啊"])
def test_a_mere_cry_is_called_one(said: str) -> None:
    assert read_intent(said).matter == "呼救"


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        (
            "我想那个就是我们楼下那个灯啊就是那个晚上回来的时候啊黑漆麻乌的看不清楚然后我上次差点摔一跤你们能不能那个派个人来看一下子嘞",
            "楼道灯",
        ),
        ("楼上小孩天天晚上拍球麻烦物业管一下", "楼上小孩晚上拍球"),
        ("能不能派人看看电梯为什么抖", "电梯"),
    ],
)
def test_what_is_said_in_one_breath_is_not_called_by_its_plea(said: str, matter: str) -> None:
    assert read_intent(said).matter == matter


def test_a_cry_that_tells_what_is_the_matter_keeps_its_words() -> None:
    assert read_intent("救命，我老公要杀我").matter != "呼救"


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("3栋2单元楼道堆了好多纸箱", "楼道堆了好多纸箱"),
        ("门口丢了好多垃圾", "门口丢了好多垃圾"),
        ("楼道堆放杂物", "楼道堆放杂物"),
    ],
)
def test_what_lies_about_keeps_the_words_of_how_it_came_there(said: str, matter: str) -> None:
    assert read_intent(said).matter == matter
