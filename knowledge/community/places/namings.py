"""How the names of one place read: its spellings, its numbers, the words to be found letter by letter."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from knowledge.community.places.folding import fold
from knowledge.community.places.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.community.places.places import Place

SUFFIX = re.compile(
    "(?:小区|社区|街道|花园|花苑|家园|嘉园|佳园|公寓|新村|宿舍|大院|家属[院区]|安置区|生活区)$"
)
HOUSE_WORDS = ("号", "排", "舍", "公寓", "铺", "塔", "墅")
"""What stands behind the number of a house that is no 栋: 3号, 12号门面, 男生2舍, 5排."""
_GRID = re.compile(r"\d{1,3}网格$")
_SPATIAL = "园苑庭府城院村里坊居邸轩阁寓湾庄巷"
"""Last characters by which a name without its suffix still reads as a place."""
BUILDING = re.compile(r"(\d{1,4}[A-Z]?|[A-Z]\d{0,3}|[甲乙丙丁戊])[栋座层号]?")
UNIT = re.compile(r"(?:.*栋)?(\d{1,3}|[A-Z]|[甲乙丙丁戊东南西北中左右])(?P<word>单元|门|号|梯)?")
_BARE = re.compile(r"[A-Z]\d{1,3}")
"""A building that people call by its letter and number alone: T2, C3."""
_HOUSE = re.compile(
    rf"(?:.*[^\d甲乙丙丁-])?(\d{{1,4}})(?P<word>栋|{'|'.join(HOUSE_WORDS)})(?!之).{{0,2}}"
)
"""A number within a longer name: 联排15号, 叠墅3栋, 12号门面."""
_LAST_PART = re.compile(r"(?<=[^\d])\d{1,2}[期村]$")
"""The end of a name like 翠湖苑二期; next door the neighbours say only 二期."""
_LANDMARK = re.compile(r"[大老小]?(?P<stem>[^\dA-Z]{2,5}?)(?:那[栋幢座个]|大楼|楼|大?院子?|房子?)")
"""A building that is known by what it looks like or stands at: 红砖楼, 大槐树那栋."""
_AGE = re.compile("^[大老小](?=.{4})")
TELLING = 3
"""Characters from which a name without its suffix is no everyday word, unlike 幸福."""
BIG = frozenset({PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.ESTATE})


class Reading(Enum):
    """When a name that stands in a text means its place."""

    ALWAYS = "always"
    WEAK = "weak"
    """An everyday word: only where a place is spoken of, 幸福小区."""
    LANDMARK = "landmark"
    """Only beside 那栋: 那栋红砖的, 红砖那栋."""


def spellings(place: Place) -> Iterator[str]:
    """The name and the aliases, folded."""
    for name in (place.name, *place.aliases):
        folded = fold(name.strip()).text
        if folded:
            yield folded


def numbers_of(place: Place) -> list[str]:
    """Numbers by which a building or a unit is known (`3栋`, `3#`, `3` → `3`)."""
    pattern = {PlaceKind.BUILDING: BUILDING, PlaceKind.UNIT: UNIT}.get(place.kind)
    if pattern is None:
        return []
    matches = (pattern.fullmatch(name) for name in spellings(place))
    return [match[1].lstrip("0") for match in matches if match]


def houses_of(place: Place) -> Iterator[tuple[str, str]]:
    """The word and the number that a building's name holds, with whatever stands around."""
    for name in spellings(place) if place.kind is PlaceKind.BUILDING else ():
        if house := _HOUSE.fullmatch(name):
            yield house["word"], house[1].lstrip("0")


def literals_of(place: Place, parent: Place | None) -> Iterator[tuple[str, Reading]]:
    """Names to be found letter by letter, and when each of them is believed."""
    if place.kind is PlaceKind.UNIT and parent and parent.kind is PlaceKind.BUILDING:
        return
    for name in spellings(place):
        if place.kind is PlaceKind.BUILDING:
            yield from _of_a_building(name)
            continue
        yield name, Reading.WEAK if len(name) == 1 else Reading.ALWAYS
        if place.kind is PlaceKind.GRID and (numbered := _GRID.search(name)):
            yield numbered[0], Reading.ALWAYS
        if place.kind is PlaceKind.ESTATE and (part := _LAST_PART.search(name)):
            yield part[0], Reading.ALWAYS
        stem = SUFFIX.sub("", name)
        if place.kind in BIG and stem != name and len(stem) > 1:
            yield stem, Reading.ALWAYS if stem[-1] in _SPATIAL else Reading.WEAK


def _of_a_building(name: str) -> Iterator[tuple[str, Reading]]:
    if BUILDING.fullmatch(name):
        if bare := _BARE.match(name):
            yield bare[0], Reading.ALWAYS if bare[0] == name else Reading.WEAK
        return
    yield name, Reading.WEAK if len(name) == 1 else Reading.ALWAYS
    if _AGE.match(name):
        yield name[1:], Reading.ALWAYS
    if landmark := _LANDMARK.fullmatch(name):
        yield landmark["stem"], Reading.LANDMARK
