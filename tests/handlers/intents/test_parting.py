"""Two matters in one message are two requests; one matter told at length stays one."""

from __future__ import annotations

import pytest

from handlers.intents.parting import parted
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import Place, PlaceKind
from tests.handlers.samples import street


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("楼道灯坏了，还有电梯也停了", "楼道灯坏了", "电梯也停了"),
        ("3栋下水道堵了。另外路灯也不亮", "3栋下水道堵了", "3栋路灯也不亮"),
        ("3栋路灯坏了，还有7栋路灯也坏了", "3栋路灯坏了", "7栋路灯也坏了"),
    ],
)
def test_each_matter_keeps_its_words_and_the_place(said, first, second):
    assert parted(said, street()) == (first, second)


@pytest.mark.parametrize(
    "said",
    [
        "3栋着火了，还有人在里面",
        "着火了，另外有个老人晕倒了",
        "楼道灯坏了，还有点晃眼睛",
        "楼道灯坏了，另外谢谢你们",
        "楼道灯坏了，还有楼道灯一闪一闪的",
        "楼道灯坏了",
    ],
)
def test_what_goes_on_with_the_same_matter_is_one(said):
    assert parted(said, street()) == (said,)


def test_a_second_matter_lies_where_the_first_does_though_several_estates_have_the_number():
    here = street()
    other = (Place("f", "c", PlaceKind.ESTATE, "兰园"), Place("f3", "f", PlaceKind.BUILDING, "3栋"))
    hood = Neighbourhood((*here.places.values(), *other), tuple(here.people.values()), ())

    for within in (None, "e"):
        parts = parted("3栋楼道灯坏了，还有门口下水道也堵了", hood, within)
        assert parts == ("3栋楼道灯坏了", "3栋门口下水道也堵了")
