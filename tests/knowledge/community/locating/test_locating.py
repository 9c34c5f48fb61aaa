from __future__ import annotations

import pytest

from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.locating.locating import find_place, speaks_of_home
from knowledge.community.places.places import Place, PlaceKind

K = PlaceKind
HOOD = Neighbourhood(
    [
        Place("s", None, K.STREET, "梧桐街道"),
        Place("c", "s", K.COMMUNITY, "白鹤社区"),
        Place("e1", "c", K.ESTATE, "桂花园小区", ("桂园",), "物管"),
        Place("g1", "e1", K.GRID, "第一网格"),
        Place("e1-3", "g1", K.BUILDING, "3栋", ("紫荆楼",)),
        Place("e1-3-1", "e1-3", K.UNIT, "1单元"),
        Place("e1-3-2", "e1-3", K.UNIT, "二单元"),
        Place("e1-5", "g1", K.BUILDING, "五号楼"),
        Place("e1-5-1", "e1-5", K.UNIT, "5栋1单元"),
        Place("g2", "e1", K.GRID, "第二网格"),
        Place("e1-12", "g2", K.BUILDING, "12#"),
        Place("e1-12-1", "e1-12", K.UNIT, "1"),
        Place("e1-a", "g2", K.BUILDING, "A座"),
        Place("e2", "c", K.ESTATE, "东苑", (), "自管"),
        Place("e2-3", "e2", K.BUILDING, "03栋"),
        Place("e2-3-4", "e2-3", K.UNIT, "4单元"),
        Place("e2-7", "e2", K.BUILDING, "7栋"),
        Place("e2-7-2", "e2-7", K.UNIT, "2单元"),
        Place("c2", "s", K.COMMUNITY, "莲塘社区"),
        Place("e3", "c2", K.ESTATE, "幸福花园", ("运输公司宿舍",), "协管"),
        Place("e3-1", "e3", K.BUILDING, "1栋", ("紫荆楼",)),
        Place("e3-1-1", "e3-1", K.UNIT, "东单元"),
        Place("e4", "c2", K.ESTATE, "老机械厂"),
        Place("e4-x", "e4", K.UNIT, "2栋3单元"),
    ]
)


@pytest.mark.parametrize(
    ("text", "within", "place"),
    [
        ("三栋", "e1", "e1-3"),
        ("3#", "e1", "e1-3"),
        ("3号楼的灯坏了", "e1", "e1-3"),
        ("３栋", "e1", "e1-3"),
        ("03栋", "e1", "e1-3"),
        ("第三栋", "e1", "e1-3"),
        ("3幢漏水", "e1", "e1-3"),
        ("叁栋二单元", "e1", "e1-3-2"),
        ("3-2", "e1", "e1-3-2"),
        ("3-2-502 漏水", "e1", "e1-3-2"),
        ("三杠二漏水", "e1", "e1-3-2"),
        ("3栋2单元502", "e1", "e1-3-2"),
        ("3栋2-502停电", "e1", "e1-3-2"),
        ("3-502停水了", "e1", "e1-3"),
        ("三栋二单元五楼楼道灯又不亮哒", "e1", "e1-3-2"),
        ("3号2单元", "e1", "e1-3-2"),
        ("三棟二單元", "e1", "e1-3-2"),
        ("3栋的2单元", "e1", "e1-3-2"),
        ("3 栋 2 单元", "e1", "e1-3-2"),
        ("三栋二门洞", "e1", "e1-3-2"),
        ("5栋一单元", "e1", "e1-5-1"),
        ("十二栋1单元", "e1", "e1-12-1"),
        ("12号楼", "g1", "e1-12"),
        ("a座电梯坏了", "e1", "e1-a"),
        ("2单元", "e1-3", "e1-3-2"),
        ("二单元", "e1-3-1", "e1-3-2"),
        ("东苑3栋", "e1", "e2-3"),
        ("东苑小区三栋", None, "e2-3"),
        ("桂园3栋", None, "e1-3"),
        ("桂花园五栋停水", None, "e1-5"),
        ("幸福1栋", None, "e3-1"),
        ("运输公司宿舍1栋东单元", None, "e3-1-1"),
        ("七栋", None, "e2-7"),
        ("老机械厂2栋3单元", None, "e4-x"),
        ("桂花园", None, "e1"),
        ("在东苑里面", "e1", "e2"),
        ("白鹤社区", None, "c"),
        ("第二网格", "e1", "g2"),
        ("2网格的垃圾", "e1", "g2"),
        ("紫荆楼2单元", "e1", "e1-3-2"),
        ("紫荆楼", "e3", "e3-1"),
        ("小区门口路灯坏了", "e1-3", "e1"),
        ("地下车库积水", "e1", "e1"),
        ("广场的灯不亮", "e2-7-2", "e2"),
        ("不是3栋，是5栋", "e1", "e1-5"),
        ("我住3栋，5栋那边路灯坏了", "e1", "e1-5"),
        ("3栋和5栋之间的路灯坏了", "e1", "g1"),
        ("3栋到12栋都停电", "e1", "e1"),
        ("停电的是3栋，2单元没电", "e1", "e1-3-2"),
        ("3、5栋停电", "e1", "g1"),
        ("三和五栋停电", "e1", "g1"),
        ("3-12栋都没水", "e1", "e1"),
        ("3栋1、2单元没水", "e1", "e1-3"),
        ("3栋1单元和2单元", "e1", "e1-3"),
        ("3栋2", "e1", "e1-3-2"),
        ("三栋二，灯坏了", "e1", "e1-3-2"),
        ("3栋8", "e1", "e1-3"),
        ("三栋二门五楼", "e1", "e1-3-2"),
        ("三栋后面的垃圾", "e1", "e1-3"),
        ("桂花園小區三棟二單元", None, "e1-3-2"),
        ("運輸公司宿舍1栋", None, "e3-1"),
    ],
)
def test_residents_phrases_resolve(text, within, place):
    assert find_place(text, HOOD, within).place_id == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3天了",
        "2个人",
        "5楼",
        "五楼水管爆哒",
        "19:30开会",
        "电话0731-88880000",
        "13800000003",
        "3月2号",
        "11-09 那天",
        "一栋楼都停电了",
        "这一栋都停了",
        "祝大家幸福",
        "两栋都停了",
        "隔壁小区真好",
        "跳广场舞",
        "3-2赢了",
        "5座车多少钱",
        "3.2元",
        "不是3栋",
        "哪一栋",
    ],
)
def test_numbers_that_are_no_place_are_left_alone(text):
    found = find_place(text, HOOD, "e1")
    assert found.place_id is None
    assert found.ambiguous == ()


def test_a_number_is_not_looked_for_outside_the_estate_of_the_talk():
    found = find_place("7栋停电", HOOD, "e1")
    assert (found.place_id, found.rest) == (None, "7栋")


def test_a_missing_unit_gives_the_building_and_says_so():
    found = find_place("3栋9单元漏水", HOOD, "e1")
    assert (found.place_id, found.rest) == ("e1-3", "9单元")


def test_a_missing_building_gives_the_named_estate_and_says_so():
    found = find_place("东苑9栋漏水", HOOD, None)
    assert (found.place_id, found.rest) == ("e2", "9栋")


def test_without_a_context_equal_numbers_are_ambiguous():
    assert find_place("3栋", HOOD, None).ambiguous == ("e1-3", "e2-3")


def test_equal_names_are_ambiguous_unless_one_is_near():
    assert find_place("紫荆楼", HOOD, None).ambiguous == ("e1-3", "e3-1")
    assert find_place("紫荆楼", HOOD, "e1").place_id == "e1-3"


def test_a_unit_alone_in_an_estate_is_ambiguous():
    assert find_place("1单元", HOOD, "e1").ambiguous == ("e1-3-1", "e1-5-1", "e1-12-1")


@pytest.mark.parametrize(
    ("text", "matter", "detail"),
    [
        ("三栋二单元五楼楼道灯不亮", "楼道灯不亮", "五楼"),
        ("李家 东苑３＃2单元 502室漏水", "李家 漏水", "502室"),
        ("灯坏了，3号楼的", "灯坏了，", ""),
        ("桂花园小区的路灯坏了", "路灯坏了", ""),
    ],
)
def test_the_matter_is_what_the_span_leaves(text, matter, detail):
    found = find_place(text, HOOD, "e1")
    start, end = found.text_span
    assert text[:start] + text[end:] == matter
    assert found.detail == detail


@pytest.mark.parametrize(
    "text",
    [
        "我家漏水",
        "我们单元门坏了",
        "我们这栋停水",
        "我们楼下有人吵",
        "我们楼道灯不亮",
        "我屋里停电",
        "家里跳闸",
        "我們單元的燈",
        "这栋楼没水",
        "我家门口堆了东西",
        "咱单元没电",
        "咱楼梯扶手松了",
        "本栋停水",
        "楼上302天天半夜打麻将",
        "对门把鞋柜摆在楼道",
    ],
)
def test_words_for_home_are_heard(text):
    assert speaks_of_home(text)


@pytest.mark.parametrize(
    "text",
    [
        "国家政策",
        "大家里面谁会",
        "小区大门坏了",
        "我妈家里停水",
        "5栋停电",
        "3楼上面漏水",
        "人家里的事",
        "3栋楼上有人扔东西",
        "他家楼上漏水",
        "楼道灯又不亮哒",
        "老地方又堵了",
        "杂屋里有人",
        "五楼水管爆哒，水往楼下灌",
    ],
)
def test_other_peoples_homes_are_not_the_speakers(text):
    assert not speaks_of_home(text)


PHASES = Neighbourhood(
    [
        Place("s", None, K.STREET, "银杏街道"),
        Place("c", "s", K.COMMUNITY, "杏林社区"),
        Place("one", "c", K.ESTATE, "翠湖苑"),
        Place("one-3", "one", K.BUILDING, "3栋"),
        Place("two", "c", K.ESTATE, "翠湖苑二期"),
        Place("two-3", "two", K.BUILDING, "3栋"),
        Place("fl", "c", K.ESTATE, "枫林"),
        Place("fl-2", "fl", K.GRID, "二区"),
        Place("fl-2-3", "fl-2", K.BUILDING, "二区3栋"),
        Place("hp", "c", K.ESTATE, "和平里"),
        Place("hp-1", "hp", K.BUILDING, "13号楼"),
        Place("hp-1-a", "hp-1", K.UNIT, "甲单元"),
    ]
)


@pytest.mark.parametrize(
    ("text", "within", "place"),
    [
        ("翠湖苑3栋灯坏了", None, "one-3"),
        ("翠湖苑2期3栋灯坏了", None, "two-3"),
        ("二期3栋灯坏了", "one", "two-3"),
        ("3栋灯坏了", "one", "one-3"),
        ("枫林2区3栋灯坏了", None, "fl-2-3"),
        ("枫林二区路灯坏了", None, "fl-2"),
        ("和平里13号楼甲单元灯坏了", None, "hp-1-a"),
        ("甲单元灯坏了", "hp-1", "hp-1-a"),
    ],
)
def test_parts_of_estates_and_lettered_units_are_known_either_way(text, within, place):
    assert find_place(text, PHASES, within).place_id == place


VILLAGE = Neighbourhood(
    [
        Place("z", None, K.STREET, "石桥镇"),
        Place("v", "z", K.COMMUNITY, "石桥村"),
        Place("sw", "v", K.ESTATE, "上屋", ("上屋组",)),
        Place("sw-5", "sw", K.BUILDING, "5号"),
        Place("xw", "v", K.ESTATE, "下屋"),
        Place("xw-a", "xw", K.GRID, "坡上"),
        Place("xw-5", "xw-a", K.BUILDING, "5号"),
        Place("xw-12", "xw-a", K.BUILDING, "十二号"),
    ]
)


@pytest.mark.parametrize(
    ("text", "within", "place"),
    [
        ("下屋5号门口路灯坏了", "v", "xw-5"),
        ("下屋五号漏水", "v", "xw-5"),
        ("上屋组5号没电了", "v", "sw-5"),
        ("坡上12号后面的沟堵了", "v", "xw-12"),
        ("5号", "xw", "xw-5"),
        ("下屋的路灯5号就坏了", "v", "xw"),
        ("下屋15号停水", "v", "xw"),
    ],
)
def test_houses_numbered_without_a_word_for_building_are_found_behind_their_village(
    text, within, place
):
    assert find_place(text, VILLAGE, within).place_id == place


def test_the_fifth_of_a_month_is_no_house():
    assert find_place("5号下午开会", VILLAGE, "xw").place_id is None
