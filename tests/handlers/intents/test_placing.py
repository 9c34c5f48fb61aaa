"""Where a matter lies, in many people's words; the sentences stand in places.txt."""

from __future__ import annotations

import pytest

from handlers.intents.placing import spot_of
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.places.places import Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role
from tests.handlers.samples import rows

K = PlaceKind
NAMED = {"e1-5": ("塔楼",), "e2-2": ("蓝顶楼",)}
SCOPES = {"g1": "e1", "g1-3": "e1-3", "g2": "e2", "g3": "e3"}


def inside(estate, buildings, units=2):
    """Numbered buildings, a few with a name of their own, each with numbered units."""
    for number in buildings:
        building = f"{estate}-{number}"
        yield Place(building, estate, K.BUILDING, f"{number}栋", NAMED.get(building, ()))
        for unit in range(1, units + 1):
            yield Place(f"{building}-{unit}", building, K.UNIT, f"{unit}单元")


def lives(person_id, name, place, title="", role=Role.RESIDENT):
    return Person(person_id, name, grants=(Grant(role, (place,)),), title=title)


HOOD = Neighbourhood(
    [
        Place("s", None, K.STREET, "青石街道"),
        Place("c", "s", K.COMMUNITY, "石桥社区"),
        Place("e1", "c", K.ESTATE, "杏花苑", ("杏苑", "老棉纺厂")),
        *inside("e1", (1, 2, 3, 4, 5, 6, 12)),
        Place("e2", "c", K.ESTATE, "河畔新城", ("河畔",)),
        *inside("e2", range(1, 9)),
        Place("c2", "s", K.COMMUNITY, "枫桥社区"),
        Place("e3", "c2", K.ESTATE, "第二机床厂宿舍", ("机床厂",)),
        *inside("e3", range(1, 5), 3),
    ],
    [
        lives("tan", "谭春桃", "e1-3-2"),
        lives("hu", "胡雅芝", "e1-2-1", "胡姐"),
        lives("gong", "龚世民", "e1-6-1"),
        lives("shu", "舒长根", "e1-4-2", "舒爹"),
        lives("wang1", "王建", "e1-1-1"),
        lives("wang2", "王芳", "e1-5-1"),
        lives("ding", "丁力", "e2-7-1"),
        lives("yan", "严师傅", "e1-3", role=Role.NEIGHBOUR_LEADER),
    ],
)


def understood(chat, sender, said):
    """The place as places.txt writes it: `-` for none, `!` after one that is asked for."""
    spot = spot_of(said, HOOD, SCOPES.get(chat), HOOD.person(sender))
    return f"{spot.place or '-'}{'!' if spot.doubtful else ''}"


def test_the_place_of_a_matter_is_understood():
    told = [(said, place, understood(chat, who, said)) for chat, who, place, said in rows("places")]
    assert [line for line in told if line[1] != line[2]] == []
    assert len(told) > 350


@pytest.mark.parametrize("said", ["胡姐家漏水", "老龚家漏水", "龚世民家冒烟"])
def test_nobody_learns_where_others_live(said):
    assert understood("-", "-", said) == "-"
    assert understood("g2", "ding", said) == "e2"
    assert understood("g1", "-", said) == "e1"
