"""In which estate, or in which part of one, a number is that several have."""

from __future__ import annotations

from handlers.actions.tickets.estates import which
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import Place, PlaceKind

K = PlaceKind
HOOD = Neighbourhood(
    [
        Place("c", None, K.COMMUNITY, "北苑社区"),
        Place("y", "c", K.ESTATE, "北苑小区"),
        Place("ya", "y", K.GRID, "A区"),
        Place("ya-3", "ya", K.BUILDING, "3栋"),
        Place("ya-3-1", "ya-3", K.UNIT, "1单元"),
        Place("yb", "y", K.GRID, "B区"),
        Place("yb-3", "yb", K.BUILDING, "3栋"),
        Place("yb-3-1", "yb-3", K.UNIT, "1单元"),
        Place("z", "c", K.ESTATE, "东院"),
        Place("z-3", "z", K.BUILDING, "3栋"),
    ]
)


def test_the_number_is_asked_about_without_the_part_that_is_asked_for():
    assert which(("ya-3", "yb-3"), HOOD) == "3栋在哪一片？回复数字就行：\n1 A区\n2 B区"
    assert which(("ya-3-1", "yb-3-1"), HOOD).startswith("3栋1单元在哪一片？")
    assert which(("ya-3", "z-3"), HOOD).startswith("3栋在哪个小区？")
