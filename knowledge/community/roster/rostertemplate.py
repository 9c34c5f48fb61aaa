"""A tiny roster to start from: one estate, two buildings, the three leaders, one group."""

from __future__ import annotations

from typing import Final

from knowledge.community.places.places import GroupChat, Place, PlaceKind
from knowledge.community.roster.people import Grant, Person, Role

PLACES: Final = (
    Place("jd", None, PlaceKind.STREET, "示例街道"),
    Place("sq", "jd", PlaceKind.COMMUNITY, "示例社区"),
    Place("xq", "sq", PlaceKind.ESTATE, "示例小区", ("示例苑",), "物管"),
    Place("wg1", "xq", PlaceKind.GRID, "第一网格"),
    Place("b1", "wg1", PlaceKind.BUILDING, "1栋", ("一号楼",)),
    Place("b1-1", "b1", PlaceKind.UNIT, "1单元"),
    Place("b1-2", "b1", PlaceKind.UNIT, "2单元"),
    Place("b2", "wg1", PlaceKind.BUILDING, "2栋"),
)
PEOPLE: Final = (
    Person(
        "p1",
        "示例居民",
        "13800000001",
        (Grant(Role.RESIDENT, ("b1-1",)),),
        title="周爹爹",
        door="101",
    ),
    Person(
        "p2",
        "示例邻长",
        "13800000002",
        (Grant(Role.NEIGHBOUR_LEADER, ("b1", "b2")),),
        deputy="p3",
        skills=("水电",),
    ),
    Person("p3", "示例组长", "13800000003", (Grant(Role.GROUP_LEADER, ("wg1",)),)),
    Person("p4", "示例片长", "13800000004", (Grant(Role.AREA_LEADER, ("xq",)),)),
    Person("p5", "示例社区专干", "13800000005", (Grant(Role.COMMUNITY, ("sq",)),)),
    Person("p6", "示例街道平台", "13800000006", (Grant(Role.STREET, ("jd",)),)),
    Person("p7", "示例管理员", "13800000007", (Grant(Role.ADMIN),)),
)
CHATS: Final = (GroupChat("web", "g1", "示例小区居民群", "xq"),)
