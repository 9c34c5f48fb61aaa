"""Which places a house number or a name can mean, seen from where the talk is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.community.places.namings import HOUSE_WORDS
from knowledge.community.places.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.addresses import Address
    from knowledge.community.places.placenames import Mention


@dataclass(frozen=True, slots=True)
class Find:
    """What one name or number means; `start`, `named`, `end` are places in the folded text."""

    place: str | None = None
    start: int = 0
    named: int = 0
    end: int = 0
    many: tuple[str, ...] = ()
    rest: str = ""


NOTHING = Find()
_PLAIN = frozenset({"栋", "座", "-"})
"""Words behind the number of a building, none of which tells one kind of house from another."""


class PlaceSearch:
    """Looks names up from the inside out: the place of the talk, its grid, its estate."""

    def __init__(self, hood: Neighbourhood, within: str | None) -> None:
        self._hood = hood
        self._path = hood.ancestors(within)
        self._roots = self._path[: self._reach()]

    def _reach(self) -> int:
        """How far up numbers are looked for: to the estate, or a wider place as it is given."""
        for level in (PlaceKind.ESTATE, PlaceKind.COMMUNITY):
            for height, place_id in enumerate(self._path):
                if self._hood.places[place_id].kind is level:
                    return height + 1
        return len(self._path)

    def shared(self) -> Find:
        """The estate of the talk itself, for words like 小区大门."""
        estate = self._hood.estate(self._path[0]) if self._path else None
        return Find(estate.id) if estate else NOTHING

    def is_far(self, mention: Mention, text: str) -> bool:
        """Whether a number is named that only houses of other estates than the talk's bear: 5排."""
        numbered = text[mention.start].isdigit() and bool(self._roots)
        return numbered and not any(
            self._hood.places[place].kind.depth < PlaceKind.BUILDING.depth
            or self._nearest((place,), self._roots)
            for place in mention.places
        )

    def name(self, mention: Mention) -> Find:
        """The place behind a name: of several bearers the nearest, of nested ones the finest."""
        near = self._nearest(mention.places, self._path) or mention.places
        outer = {place for bearer in near for place in self._hood.ancestors(bearer)[1:]}
        finest = tuple(place for place in near if place not in outer)
        span = (mention.start, mention.end, mention.end)
        return Find(finest[0], *span) if len(finest) == 1 else Find(None, *span, many=finest)

    def address(self, address: Address, anchor: Mention | None, last: str | None) -> Find:
        """The place behind a house number.

        `anchor` is the name that goes with it, `last` the place found before it in the text.
        """
        names, areas = self._hood.names, tuple(self._areas(anchor))
        if address.by and address.by not in names.words:
            address = replace(address, unit=None)
        if address.building is None:
            bases = self._bases(anchor, areas, last)
            return self._alone(address, bases, areas) if address.unit else NOTHING
        near = self._numbered(address, areas)
        if address.form == "-":
            return self._dashed(address, near)
        if not near:
            return self._missing(address, areas)
        if self._may_be_else(address, anchor, near):
            return NOTHING
        listed = self._inside(names.buildings.get(address.also or "", ()), areas)
        return self._in_building(address, near, listed)

    def _may_be_else(self, address: Address, anchor: Mention | None, near: tuple[str, ...]) -> bool:
        """Whether 5号 is rather a day or a gate, and 3座 a count of something."""
        if address.form == "座" and not self._hood.names.seats:
            return address.unit is None and address.end == address.named
        if address.form != "号" or _is_beside(anchor, address):
            return False
        bare = address.unit is None and address.end == address.named
        called_so = self._hood.names.houses.get(("号", address.building or ""), ())
        return address.loose or (bare and not set(near) & set(called_so))

    def _numbered(self, address: Address, areas: tuple[str, ...]) -> tuple[str, ...]:
        """The buildings that bear the number, else those in whose longer name it stands."""
        names, number = self._hood.names, address.building or ""
        tried = [names.houses.get((word, number), ()) for word in _words(address.form)]
        if address.form in {"号", *_PLAIN}:
            tried.insert(0, names.buildings.get(number, ()))
        part, bare = (number[:1], number[1:]) if number[:1].isalpha() else ("", "")
        if bare and address.form in _PLAIN:
            inside = names.buildings.get(bare, ())
            tried.append(self._within(inside, names.parts.get(part, ())))
        return next(filter(None, (self._inside(ids, areas) for ids in tried)), ())

    def _missing(self, address: Address, areas: tuple[str, ...]) -> Find:
        """A number that no building has; without the word of this roster it may be anything."""
        named = address.form if address.form in HOUSE_WORDS else "栋"
        if address.form == "座" and not self._hood.names.seats:
            return NOTHING
        if named != "栋" and (address.loose or named not in self._hood.names.words):
            return NOTHING
        missing = f"{address.building}{named}" + (f"{address.unit}单元" if address.unit else "")
        return _at(address, areas[0] if len(areas) == 1 else None, rest=missing)

    def _in_building(
        self, address: Address, near: tuple[str, ...], listed: tuple[str, ...]
    ) -> Find:
        if len(near) > 1:
            units = self._units(address, near)
            one = len(units) == 1
            return _at(address, units[0] if one else None, many=() if one else units or near)
        if len(listed) == 1:
            return _at(address, self._hood.common(near[0], listed[0]))
        if address.unit is None:
            return _at(address, near[0])
        unit = self._hood.names.units.get((near[0], address.unit))
        rest = "" if unit or address.loose else f"{address.unit}单元"
        return _at(address, unit or near[0], rest=rest)

    def _dashed(self, address: Address, near: tuple[str, ...]) -> Find:
        """`3-2` and `3-502`: believed only if the roster has such a building and unit."""
        believed = self._units(address, near) if address.unit else near
        if not believed:
            return NOTHING
        one = len(believed) == 1
        return _at(address, believed[0] if one else None, many=() if one else believed)

    def _alone(self, address: Address, bases: tuple[str, ...], areas: tuple[str, ...]) -> Find:
        """`2单元` without a building: of the building at hand, else the only one around."""
        units = self._units(address, bases)
        if not units and len(bases) == 1:
            return _at(address, bases[0], rest=f"{address.unit}单元")
        if not units:
            everywhere = self._hood.names.any_units.get(address.unit or "", ())
            units = self._inside(everywhere, areas)
        if len(units) == 1:
            return _at(address, units[0])
        return _at(address, None, many=units, rest="" if units else f"{address.unit}单元")

    def _bases(
        self, anchor: Mention | None, areas: tuple[str, ...], last: str | None
    ) -> tuple[str, ...]:
        """Buildings whose unit may be meant: one named just before, else the one of the talk."""
        if anchor is not None and not areas:
            return self._nearest(anchor.places, self._path) or anchor.places
        for place_id in (last, self._path[0] if self._path else None):
            building = self._hood.up_to(place_id, PlaceKind.BUILDING)
            if building and (not areas or self._inside((building.id,), areas)):
                return (building.id,)
        return ()

    def _units(self, address: Address, buildings: Iterable[str]) -> tuple[str, ...]:
        found = (self._hood.names.units.get((b, address.unit or "")) for b in buildings)
        return tuple(unit for unit in found if unit)

    def _areas(self, anchor: Mention | None) -> Iterable[str]:
        """The streets, communities, estates and grids that a name can mean."""
        named = anchor.places if anchor else ()
        for place_id in self._nearest(named, self._path) or named:
            if self._hood.places[place_id].kind.depth < PlaceKind.BUILDING.depth:
                yield place_id

    def _inside(self, ids: tuple[str, ...], areas: tuple[str, ...]) -> tuple[str, ...]:
        if not areas:
            return self._nearest(ids, self._roots) if self._roots else ids
        return self._within(ids, areas) or self._within(
            ids, [estate.id for area in areas if (estate := self._hood.estate(area))]
        )

    def _within(self, ids: tuple[str, ...], areas: Collection[str]) -> tuple[str, ...]:
        return tuple(i for i in ids if any(self._hood.within(i, area) for area in areas))

    def _nearest(self, ids: tuple[str, ...], roots: Iterable[str]) -> tuple[str, ...]:
        for root in roots:
            inside = tuple(place for place in ids if self._hood.within(place, root))
            if inside:
                return inside
        return ()


def _words(form: str) -> tuple[str, ...]:
    """The words behind a number in a longer name that may be meant by one: 12号铺 is 12号门面, too."""
    if form in _PLAIN:
        return ("栋",)
    return (form, "号") if form != "号" else ("号", "栋")


def _is_beside(anchor: Mention | None, address: Address) -> bool:
    """Whether the number follows at once the name of what its house stands in."""
    return anchor is not None and 0 <= address.start - anchor.end <= 1


def _at(address: Address, place: str | None, *, many: tuple[str, ...] = (), rest: str = "") -> Find:
    return Find(place, address.start, address.named, address.end, many, rest)
