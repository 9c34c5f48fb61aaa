"""Index of all names of a neighbourhood's places, built once per roster."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.folding import fold
from knowledge.community.numerals import NUMERALS, canonical
from knowledge.community.places import PlaceKind
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knowledge.community.places import Place

_SUFFIX = re.compile(
    "(?:小区|社区|街道|花园|花苑|家园|嘉园|佳园|公寓|新村|宿舍|大院|家属[院区]|安置区|生活区)$"
)
_GRID = re.compile(r"\d{1,3}网格$")
_SPATIAL = "园苑庭府城院村里坊居邸轩阁寓湾庄巷"
"""Last characters by which a name without its suffix still reads as a place."""
_FOLLOWS = Expression(
    r"(?:小区|社区|街道|院|里|内|那边|这边|大?门|[东南西北]门|广场|车库|的?第?[0-9A-Z]+(?:栋|-\d))"
)
"""What must come after a name that is also an everyday word, like 幸福."""
_BUILDING = re.compile(r"(\d{1,4}[A-Z]?|[A-Z]|[甲乙丙丁戊])[栋座层号]?")
_UNIT = re.compile(r"(?:.*栋)?(\d{1,3}|[A-Z]|[甲乙丙丁戊东南西北中左右])(?:单元|门|号)?")
_HOUSE = re.compile(rf"(?:\d{{1,3}}|[{NUMERALS}]{{1,3}})号")
"""A house that bears only its number, as in a village; 5号 alone is a day as well."""
_PHASE = re.compile(rf"((?<!\d)\d{{1,2}}|[{NUMERALS}]{{1,3}})(?=[区期号])")
"""The number of a part of an estate or of a house, which people write either way: 二区 = 2区."""
_LAST_PHASE = re.compile(rf"(?<=.)(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})期$")
"""The end of a name like 翠湖苑二期; next door the neighbours say only 二期."""
_TELLING = 3
"""Characters from which a name without its suffix is no everyday word, unlike 幸福."""
_SPOKEN = "零一二三四五六七八九十"
_BIG = frozenset({PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.ESTATE})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in folded text: its span and the places that bear it."""

    start: int
    end: int
    places: tuple[str, ...]


class PlaceNames:
    """Knows which places a literal name, a building number or a unit number can mean.

    `buildings` and `any_units` map a canonical number to all places that bear it, `units` maps
    (parent id, number) to the one unit; `seats` tells whether buildings are called 座 here.
    """

    def __init__(self, places: Mapping[str, Place]) -> None:
        literal: dict[tuple[str, bool], dict[str, None]] = defaultdict(dict)
        buildings: dict[str, dict[str, None]] = defaultdict(dict)
        numbered: dict[str, dict[str, None]] = defaultdict(dict)
        self.units: dict[tuple[str | None, str], str] = {}
        for place in filter(_is_active, places.values()):
            for key in _numbers(place):
                if place.kind is PlaceKind.BUILDING:
                    buildings[key][place.id] = None
                else:
                    self.units.setdefault((place.parent, key), place.id)
                    numbered[key][place.id] = None
            named = _literals(place, places.get(place.parent or ""))
            for name, weak in (*named, *_houses(place, places)):
                for written in _both_ways(name):
                    literal[written, weak][place.id] = None
        self.buildings = {key: tuple(ids) for key, ids in buildings.items()}
        self.any_units = {key: tuple(ids) for key, ids in numbered.items()}
        self.seats = any("座" in name for place in places.values() for name in _spellings(place))
        self._wide = _any_of(place for place in places.values() if place.kind in _BIG)
        self._by_first: dict[str, list[tuple[str, bool, tuple[str, ...]]]] = defaultdict(list)
        for (name, weak), ids in sorted(literal.items(), key=lambda item: -len(item[0][0])):
            self._by_first[name[0]].append((name, weak, tuple(ids)))
        self._begins = re.compile("|".join(map(re.escape, self._by_first)) or r"(?!)")

    def mentions(self, text: str) -> Iterator[Mention]:
        """Names in folded text from left to right, the longest at each position."""
        position = 0
        for match in self._begins.finditer(text):
            if match.start() >= position and (found := self._at(text, match.start())):
                yield found
                position = found.end

    def unnamed(self, text: str) -> str:
        """The text without the names of streets, communities and estates, if more is left.

        A fire in 新闻小区 or 天悦国际 is no news and no talk: a name says nothing of the matter.
        """
        return (self._wide.sub("", text) if self._wide else text) or text

    def _at(self, text: str, position: int) -> Mention | None:
        for name, weak, ids in self._by_first.get(text[position], ()):
            end = position + len(name)
            if not text.startswith(name, position):
                continue
            if not weak or name == text or _FOLLOWS.match(text, end):
                return Mention(position, end, ids)
        return None


def _any_of(places: Iterable[Place]) -> re.Pattern[str] | None:
    """The names and aliases of the places as people write them, the longest first."""
    written = {name.strip() for place in places for name in (place.name, *place.aliases)}
    stems = {_SUFFIX.sub("", name) for name in written}
    known = sorted((written | stems) - {""}, key=lambda name: (-len(name), name))
    whole = "|".join(re.escape(name) for name in known if len(name) >= _TELLING or name in written)
    if not whole:
        return None
    return re.compile(rf"(?:{whole})(?:小区|社区|街道)?(?:里面|里|的)?", re.IGNORECASE)


def _is_active(place: Place) -> bool:
    return place.active


def _spellings(place: Place) -> Iterator[str]:
    for name in (place.name, *place.aliases):
        folded = fold(name.strip()).text
        if folded:
            yield folded


def _numbers(place: Place) -> Iterable[str]:
    """Numbers by which a building or a unit is known (`3栋`, `3#`, `3` → `3`)."""
    pattern = {PlaceKind.BUILDING: _BUILDING, PlaceKind.UNIT: _UNIT}.get(place.kind)
    if pattern is None:
        return ()
    matches = (pattern.fullmatch(name) for name in _spellings(place))
    return [match[1].lstrip("0") for match in matches if match]


def _literals(place: Place, parent: Place | None) -> Iterator[tuple[str, bool]]:
    """Names to be found letter by letter, each with whether it is weak (an everyday word)."""
    if place.kind is PlaceKind.UNIT and parent and parent.kind is PlaceKind.BUILDING:
        return
    for name in _spellings(place):
        if place.kind is PlaceKind.BUILDING and _BUILDING.fullmatch(name):
            continue
        yield name, len(name) == 1
        if place.kind is PlaceKind.GRID and (numbered := _GRID.search(name)):
            yield numbered[0], False
        if place.kind is PlaceKind.ESTATE and (phase := _LAST_PHASE.search(name)):
            yield phase[0], False
        stem = _SUFFIX.sub("", name)
        if place.kind in _BIG and stem != name and len(stem) > 1:
            yield stem, stem[-1] not in _SPATIAL


def _houses(place: Place, places: Mapping[str, Place]) -> Iterator[tuple[str, bool]]:
    """A house in a village by its number, alone or behind the name of what it stands in."""
    if place.kind is not PlaceKind.BUILDING:
        return
    for house in filter(None, map(_HOUSE.fullmatch, _spellings(place))):
        yield house[0], True
        above = places.get(place.parent or "")
        while above is not None and above.kind in (PlaceKind.GRID, PlaceKind.ESTATE):
            yield from ((name + house[0], False) for name in _spellings(above))
            above = places.get(above.parent or "")


def _both_ways(name: str) -> set[str]:
    """The name with the number of its part in figures, and in words up to ten."""
    figures = _PHASE.sub(lambda number: canonical(number[0]) or number[0], name)
    return {name, figures, _PHASE.sub(_spoken, figures)}


def _spoken(number: re.Match[str]) -> str:
    return _SPOKEN[int(number[0])] if int(number[0]) < len(_SPOKEN) else number[0]
