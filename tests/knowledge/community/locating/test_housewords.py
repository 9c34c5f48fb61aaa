from __future__ import annotations

import pytest

from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.locating.apart import apart
from knowledge.community.locating.housewords import USUAL, house_words
from knowledge.community.places.places import Place, PlaceKind

K = PlaceKind
HOOD = Neighbourhood(
    [
        Place("c", None, K.COMMUNITY, "南塘社区"),
        Place("n", "c", K.ESTATE, "南塘小区"),
        Place("n1", "n", K.BUILDING, "1栋"),
        Place("n1-1", "n1", K.UNIT, "1单元"),
        Place("y", "c", K.ESTATE, "南塘院"),
        Place("y8", "y", K.BUILDING, "8号楼"),
        Place("y8-1", "y8", K.UNIT, "一门"),
        Place("g", "c", K.ESTATE, "南塘巷"),
        Place("g1", "g", K.GRID, "一巷"),
        Place("g1-2", "g1", K.BUILDING, "2号"),
        Place("g2", "g", K.GRID, "二横巷"),
        Place("g2-2", "g2", K.BUILDING, "2号"),
        Place("t", "c", K.ESTATE, "南塘中心"),
        Place("ta", "t", K.BUILDING, "A座"),
        Place("tb", "t", K.BUILDING, "B座"),
        Place("o", "c", K.ESTATE, "老厂"),
        Place("or", "o", K.BUILDING, "灰楼"),
        Place("z", "c", K.ESTATE, "没有房子"),
    ]
)


@pytest.mark.parametrize(
    ("place", "which", "example"),
    [
        ("n", USUAL.which, USUAL.example),
        ("n1-1", USUAL.which, USUAL.example),
        ("y", "几号楼几门", "8号楼一门"),
        ("y8-1", "几号楼几门", "8号楼一门"),
        ("g", "几巷几号", "一巷2号"),
        ("g1", "几号", "2号"),
        ("t", "哪座", "A座"),
        ("o", "哪一栋", "灰楼"),
        ("z", USUAL.which, USUAL.example),
    ],
)
def test_a_house_is_asked_for_in_the_words_of_its_place(place, which, example):
    words = house_words(HOOD, place)
    assert (words.which, words.example) == (which, example)


def test_equal_numbers_lie_in_estates_or_in_parts_of_one():
    assert [one.name for one in apart(("n1", "y8"), HOOD)] == ["南塘小区", "南塘院"]
    assert [one.name for one in apart(("g1-2", "g2-2"), HOOD)] == ["一巷", "二横巷"]
    assert apart(("ta", "tb"), HOOD) == ()


def test_a_house_whose_name_an_estate_has_twice_is_told_with_its_part():
    assert HOOD.label("g2-2") == "二横巷2号"
    assert (HOOD.label("n1-1"), HOOD.label("y8-1")) == ("1栋1单元", "8号楼一门")
