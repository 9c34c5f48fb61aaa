"""Index of all names of a neighbourhood's places, built once per roster."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.places.folding import fold
from knowledge.community.places.namings import (
    BIG,
    BUILDING,
    SUFFIX,
    TELLING,
    UNIT,
    Reading,
    houses_of,
    literals_of,
    numbers_of,
    spellings,
)
from knowledge.community.places.numerals import NUMERALS, canonical
from knowledge.community.places.places import PlaceKind
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knowledge.community.places.places import Place

_FOLLOWS = Expression(
    r"(?:小区|社区|街道|院|里|内|那边|这边|大?门|[东南西北]门|广场|车库|的?第?[0-9A-Z]+(?:栋|-\d)"
    r"|楼[下道梯]|\d{1,2}层|停[水电气]|[没冇][水电气])"
)
"""What must come after a name that is also an everyday word, like 幸福."""
_THAT = r"[那这]一?[栋幢座个]"
_POINTED_AT = Expression(rf"(?:的|色|树|旁边的?|边上?的?)?(?:{_THAT}|那边那[栋幢])")
_POINTING = Expression(rf"{_THAT}[大老小]?$")
"""那栋 before or behind what the building looks like or stands at."""
_PART = re.compile(r"([A-Z])[区片苑座]")
_COUNTED = re.compile(rf"\d{{1,3}}|[{NUMERALS}]{{1,3}}")
_SPOKEN = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in folded text: its span and the places that bear it."""

    start: int
    end: int
    places: tuple[str, ...]


class PlaceNames:
    """Knows which places a literal name, a building number or a unit number can mean.

    `buildings` and `any_units` map a canonical number to all places that bear it, `units` maps
    (parent id, number) to the one unit; `houses` maps (word, number) to buildings that hold them in
    a longer name, `parts` a letter to grids; `words` are all that stands behind a number in the names of this roster.
    """

    def __init__(self, places: Mapping[str, Place]) -> None:
        literal: dict[tuple[str, Reading], dict[str, None]] = defaultdict(dict)
        buildings: dict[str, dict[str, None]] = defaultdict(dict)
        numbered: dict[str, dict[str, None]] = defaultdict(dict)
        houses: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self.units: dict[tuple[str | None, str], str] = {}
        known = [place for place in places.values() if place.active]
        for place in known:
            for key in numbers_of(place):
                if place.kind is PlaceKind.BUILDING:
                    buildings[key][place.id] = None
                else:
                    self.units.setdefault((place.parent, key), place.id)
                    numbered[key][place.id] = None
            for house in houses_of(place):
                houses[house][place.id] = None
            for name, reading in literals_of(place, places.get(place.parent or "")):
                literal[name, reading][place.id] = None
        self.buildings = {key: tuple(ids) for key, ids in buildings.items()}
        self.any_units = {key: tuple(ids) for key, ids in numbered.items()}
        self.houses = {key: tuple(ids) for key, ids in houses.items()}
        self.parts = _parts(known)
        self.words = {word for word, _ in houses} | {_unit_word(place) for place in known}
        self.seats = any("座" in name for place in places.values() for name in spellings(place))
        self._told = _any_of(known)
        self._by_first: dict[str, list[tuple[str, Reading, tuple[str, ...]]]] = defaultdict(list)
        for (name, reading), ids in sorted(literal.items(), key=lambda item: -len(item[0][0])):
            self._by_first[name[0]].append((name, reading, tuple(ids)))
        self._begins = re.compile("|".join(map(re.escape, self._by_first)) or r"(?!)")

    def mentions(self, text: str) -> Iterator[Mention]:
        """Names in folded text from left to right, the longest at each position."""
        position = 0
        for match in self._begins.finditer(text):
            if match.start() >= position and (found := self._at(text, match.start())):
                yield found
                position = found.end

    def unnamed(self, text: str) -> str:
        """The text without the names of places, numbers of houses apart, if more is left.

        A fire in 新闻小区 or 天悦国际 is no news and no talk: a name says nothing of the matter.
        """
        return (self._told.sub("", text) if self._told else text) or text

    def _at(self, text: str, position: int) -> Mention | None:
        for name, reading, ids in self._by_first.get(text[position], ()):
            end = position + len(name)
            alone = text.startswith(name, position) and _stands_alone(text, position, end)
            if alone and _is_meant(text, position, end, reading):
                return Mention(position, end, ids)
        return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no number goes on before or behind the name: 28弄 is not in 128弄."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    runs_on = text[start].isdigit() and (before.isdigit() or before == "月")
    return not runs_on and not (text[end - 1].isdigit() and behind.isdigit())


def _is_meant(text: str, start: int, end: int, reading: Reading) -> bool:
    if reading is Reading.LANDMARK:
        near = _POINTING.search(text, max(0, start - 5), start)
        return bool(near or _POINTED_AT.match(text, end))
    return reading is Reading.ALWAYS or end - start == len(text) or bool(_FOLLOWS.match(text, end))


def _parts(places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    """The parts of an estate that bear a letter: A3栋 is 3栋 of A区."""
    parts: dict[str, tuple[str, ...]] = {}
    for place in places:
        for letter in filter(None, map(_PART.fullmatch, spellings(place))):
            if place.kind is PlaceKind.GRID:
                parts[letter[1]] = (*parts.get(letter[1], ()), place.id)
    return parts


def _unit_word(place: Place) -> str:
    """What the stairs are called: 单元, 门, 梯."""
    found = map(UNIT.fullmatch, spellings(place) if place.kind is PlaceKind.UNIT else ())
    return next((match["word"] or "" for match in found if match), "")


def _any_of(places: Iterable[Place]) -> re.Pattern[str] | None:
    """The names and aliases of the places as people write them, the longest first."""
    written: set[str] = set()
    for place in places:
        names = {name.strip() for name in (place.name, *place.aliases)} - {""}
        if place.kind in BIG:
            stems = {SUFFIX.sub("", name) for name in names}
            written |= names | {stem for stem in stems if len(stem) >= TELLING}
        elif place.kind is not PlaceKind.UNIT:
            plain = {name for name in names if _says_more_than_a_number(name)}
            written |= plain.union(*map(_both_ways, plain))
    known = sorted(written - {""}, key=lambda name: (-len(name), name))
    whole = "|".join(map(re.escape, known))
    if not whole:
        return None
    house = rf"(?:第?(?:\d{{1,3}}|[{NUMERALS}]{{1,3}})号(?!楼)的?)?"
    return re.compile(rf"(?:{whole})(?:小区|社区|街道)?(?:里面|里|的)?{house}", re.IGNORECASE)


def _says_more_than_a_number(name: str) -> bool:
    return len(name) > 1 and BUILDING.fullmatch(fold(name).text) is None


def _both_ways(name: str) -> set[str]:
    """The name with its numbers in figures, and in words up to ten."""
    figures = _COUNTED.sub(lambda number: canonical(number[0]) or number[0], name)
    return {name, figures, _COUNTED.sub(_spoken, figures)}


def _spoken(number: re.Match[str]) -> str:
    told = number[0]
    return _SPOKEN[int(told)] if told.isdigit() and int(told) < len(_SPOKEN) else told
