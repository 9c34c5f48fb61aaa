"""Houses that are no 栋: lanes, rows, dormitories, shops, towers, stairs with other words."""

from __future__ import annotations

import pytest

from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.locating.locating import find_place
from knowledge.community.places.places import Place, PlaceKind

K = PlaceKind
LANES = Neighbourhood(
    [
        Place("c", None, K.COMMUNITY, "柳浪社区"),
        Place("l", "c", K.ESTATE, "柳浪新村", ("16弄",)),
        Place("l4", "l", K.BUILDING, "4号"),
        Place("l5", "l", K.BUILDING, "5号"),
        Place("e", "c", K.ESTATE, "柳浪东街", ("东街",)),
        Place("e1", "e", K.GRID, "一巷"),
        Place("e1-4", "e1", K.BUILDING, "4号"),
        Place("e1-4z", "e1", K.BUILDING, "4号之一"),
        Place("e1-4f", "e1", K.BUILDING, "4号附1号", ("附1号",)),
        Place("e2", "e", K.GRID, "二横巷"),
        Place("e2-4", "e2", K.BUILDING, "4号"),
        Place("w", "c", K.ESTATE, "柳浪西街", ("西街",)),
        Place("w1", "w", K.GRID, "一巷"),
        Place("w1-4", "w1", K.BUILDING, "4号"),
    ]
)


@pytest.mark.parametrize(
    ("text", "within", "place"),
    [
        ("4号302漏水", "l", "l4"),
        ("四号三楼漏水", "l", "l4"),
        ("16弄4号302室漏水", None, "l4"),
        ("16 弄 4 号，楼道堆杂物", None, "l4"),
        ("116弄4号漏水", None, None),
        ("灯坏了，四号的", "l", "l4"),
        ("4号", "l", "l4"),
        ("4号底楼的门坏了", "l", "l4"),
        ("4号和5号之间的沟堵了", "l", "l"),
        ("4号到5号全停水", "l", "l"),
        ("4号5号停电", "l", "l"),
        ("我住4号，5号门口的灯坏了", "l", "l5"),
        ("4号下午开会", "l", None),
        ("上次是10月4号302的人来的", "l", None),
        ("东街一巷4号停电", None, "e1-4"),
        ("西街1巷4号停电", None, "w1-4"),
        ("二横巷4号漏水", "c", "e2-4"),
        ("4号附1号楼道灯坏了", "e1-4f", "e1-4f"),
        ("四号附一号楼梯扶手断了", "e1", "e1-4f"),
        ("附1号楼道灯坏了", "e1", "e1-4f"),
        ("一巷四号之一门锁坏了", "e", "e1-4z"),
        ("一巷4号和二横巷4号之间的电线掉了", "e", "e"),
        ("一巷和二横巷都停电", "e", "e"),
    ],
)
def test_a_house_in_a_lane_is_known_by_its_number(text, within, place):
    assert find_place(text, LANES, within).place_id == place


def test_a_house_that_the_lane_does_not_have_is_said_to_be_missing():
    found = find_place("16弄9号漏水", LANES, None)
    assert (found.place_id, found.rest) == ("l", "9号")


def test_a_number_that_several_lanes_have_is_ambiguous():
    assert find_place("4号漏水", LANES, "e").ambiguous == ("e1-4", "e2-4")


OTHERS = Neighbourhood(
    [
        Place("c", None, K.COMMUNITY, "北苑社区"),
        Place("y", "c", K.ESTATE, "北苑乙6号院"),
        Place("y3", "y", K.BUILDING, "3号楼"),
        Place("y3-1", "y3", K.UNIT, "1门"),
        Place("y3-2", "y3", K.UNIT, "2门"),
        Place("y9", "y", K.BUILDING, "9号楼"),
        Place("y9-a", "y9", K.UNIT, "A梯"),
        Place("y9-2", "y9", K.UNIT, "2梯"),
        Place("s", "c", K.ESTATE, "北苑公寓"),
        Place("sa", "s", K.GRID, "A区"),
        Place("sa-6", "sa", K.BUILDING, "6栋"),
        Place("s7", "s", K.BUILDING, "7舍"),
        Place("s15", "s", K.BUILDING, "15公寓"),
        Place("sd2", "s", K.BUILDING, "东二舍"),
        Place("sm2", "s", K.BUILDING, "男生2舍"),
        Place("sr", "s", K.BUILDING, "5排"),
        Place("sr-3", "sr", K.UNIT, "3号"),
        Place("st", "s", K.BUILDING, "T2"),
        Place("sc", "s", K.BUILDING, "C3幢"),
        Place("sp", "s", K.BUILDING, "12号门面"),
        Place("sl", "s", K.BUILDING, "联排20号"),
        Place("q", "c", K.ESTATE, "青砖里"),
        Place("qh", "q", K.BUILDING, "青砖楼", ("老粮站院子",)),
        Place("q1", "c", K.ESTATE, "青砖里二村"),
        Place("q1-3", "q1", K.BUILDING, "3栋"),
        Place("q1-3-2", "q1-3", K.UNIT, "2单元"),
        Place("q3", "q", K.BUILDING, "3栋"),
        Place("q5", "q", K.BUILDING, "5栋"),
    ]
)


@pytest.mark.parametrize(
    ("text", "within", "place"),
    [
        ("三楼二门501漏水", "y", "y3-2"),
        ("3号楼那个1门的锁坏了", "y", "y3-1"),
        ("3号楼1门和2门之间的井盖", "y", "y3"),
        ("一门的锁坏了，3号楼", "y", "y3-1"),
        ("9号楼a梯电梯坏了", "y", "y9-a"),
        ("9座二梯停水", "y", "y9-2"),
        ("A梯停了", "y", "y9-a"),
        ("3号楼2梯停了", "y", "y3-2"),
        ("七舍停电", "s", "s7"),
        ("7号宿舍楼停电", "s", "s7"),
        ("15号公寓停电", "s", "s15"),
        ("东2舍停电", "s", "sd2"),
        ("男生二舍停电", "s", "sm2"),
        ("五排三号漏水", "s", "sr-3"),
        ("15排漏水", "s", "s"),
        ("t2 3305漏水", "s", "st"),
        ("T2-3305漏水", "s", "st"),
        ("C3停电了", "s", "sc"),
        ("C3栋停电", "s", "sc"),
        ("C3楼道灯坏了", "s", "sc"),
        ("A6栋漏水", "s", "sa-6"),
        ("十二号铺漏水", "s", "sp"),
        ("联排二十号漏水", "s", "sl"),
        ("20号屋顶漏水", "s", "sl"),
        ("那栋青砖的停电", "q", "qh"),
        ("青砖那栋停电", "q", "qh"),
        ("粮站院子停电", "q", "qh"),
        ("青砖掉下来了", "q", None),
        ("3-2-7-1漏水", "q1", "q1-3-2"),
        ("二村的3栋着火了", "q", "q1-3"),
        ("3栋门口和5栋门口都有垃圾", "q", "q"),
    ],
)
def test_a_house_is_known_by_the_words_of_its_roster(text, within, place):
    found = find_place(text, OTHERS, within)
    assert (found.place_id or (within if found.rest else None)) == place


@pytest.mark.parametrize(
    "text", ["3座公厕都脏", "十二号线停运", "5排", "两梯四户", "第一梯队", "B1的灯坏了", "3门课"]
)
def test_words_that_only_look_like_such_houses_are_left_alone(text):
    assert find_place(text, OTHERS, "q").place_id is None


def test_a_gate_is_no_house():
    assert find_place("3号门口堵车", OTHERS, "y").place_id is None
    assert find_place("4号门岗没人", LANES, "l").place_id == "l"


def test_a_name_made_of_figures_says_nothing_of_the_matter():
    assert OTHERS.names.unnamed("东二舍502漏水") == "502漏水"
    assert LANES.names.unnamed("一巷四号的水是浑的") == "水是浑的"
