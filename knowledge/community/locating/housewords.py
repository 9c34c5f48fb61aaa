"""In which words the people of a place say where they live: 几栋几单元, 几号楼几门, 几巷几号."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.places.numerals import NUMERALS
from knowledge.community.places.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import Place

_NUMBER = rf"(?P<number>\d{{1,4}}|[A-Z]\d{{0,3}}|[{NUMERALS}甲乙丙丁戊]{{1,3}})"
_BUILDING = re.compile(
    rf".*?{_NUMBER}(?P<word>号楼|号院|号?塔楼|号?公寓|号?门面|[号栋幢座排舍铺]|#)"
)
_UNIT = re.compile(rf".*?{_NUMBER}(?P<word>单元|[门梯号])")
_PART = re.compile(rf".*?{_NUMBER}(?P<word>横?巷|[组弄区期队])")


@dataclass(frozen=True, slots=True)
class HouseWords:
    """`which` asks for a house, `example` is one as it is told."""

    which: str
    example: str


USUAL = HouseWords("几栋几单元", "3栋2单元")


def house_words(hood: Neighbourhood, place_id: str | None) -> HouseWords:
    """The words for the houses in a place, by what most of them are called; for no place, in all."""
    building = hood.up_to(place_id, PlaceKind.BUILDING)
    estate = hood.estate(place_id) if building else None
    within = hood.inside(estate.id if estate else place_id or "") or hood.places
    known = [hood.places[one] for one in within]
    houses = [one for one in known if one.active and one.kind is PlaceKind.BUILDING]
    if not houses:
        return USUAL
    called = _most(_BUILDING, ([house.name] for house in houses))
    if not called:
        return HouseWords("哪一栋", houses[0].name)
    units = [unit for house in houses for unit in hood.children(house.id)][:1]
    stairs = _most(_UNIT, [[unit.name] for unit in units])
    parts = [hood.places[one] for one in dict.fromkeys(house.parent or "" for house in houses)]
    part = _most(_PART, ([one.name, *one.aliases] for one in parts)) if len(parts) > 1 else ""
    words = HouseWords(f"{part}{called}{stairs}", _example(hood, houses, units, part))
    return USUAL if words.which == USUAL.which else words


def _most(pattern: re.Pattern[str], named: Iterable[Sequence[str]]) -> str:
    """几栋, or 哪座 where they bear letters; "" where fewer than half have such a name."""
    told = [next(filter(None, map(pattern.fullmatch, names)), None) for names in named]
    found = Counter(match["word"].replace("#", "栋") for match in told if match)
    if not found or 2 * sum(found.values()) < len(told):
        return ""
    lettered = sum(not match["number"].isdigit() for match in told if match) * 2 > len(told)
    word = found.most_common(1)[0][0]
    return f"哪{word}" if lettered and word in {"座", "栋", "幢", "区"} else f"几{word}"


def _example(
    hood: Neighbourhood, houses: Sequence[Place], units: Sequence[Place], part: str
) -> str:
    house = hood.place(units[0].parent) if units else houses[0]
    if house is None:
        return USUAL.example
    above = hood.place(house.parent) if part else None
    told = (_PART.fullmatch(name) for name in (above.name, *above.aliases)) if above else ()
    named = next((match[0] for match in told if match), "")
    return named + (hood.label(units[0].id) if units else house.name)
