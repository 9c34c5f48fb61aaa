"""Whether every staircase has its three leaders, and each of them exactly one of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knowledge.community.places.places import PlaceKind
from knowledge.community.roster.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import Place

_FINEST, _TOP = PlaceKind.UNIT.depth, PlaceKind.STREET.depth
_LEVELS: Final = {
    Role.NEIGHBOUR_LEADER: range(PlaceKind.GRID.depth, _FINEST + 1),
    Role.GROUP_LEADER: range(_TOP, PlaceKind.GRID.depth + 1),
    Role.AREA_LEADER: range(_TOP, PlaceKind.ESTATE.depth + 1),
}
"""Depths at which a leader's 范围 counts: below the 小区, at or above 网格, at or above 小区."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A staircase without a leader of this role, or with two equally near ones."""

    place: str
    role: Role
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many staircases there are, how many have all three leaders, and what is missing."""

    units: int
    covered: int
    missing: tuple[Gap, ...]

    def as_json(self) -> dict[str, object]:
        """The object that `linli roster coverage --json` prints."""
        missing = [{"place": gap.place, "role": gap.role.value} for gap in self.missing]
        return {"units": self.units, "covered": self.covered, "missing": missing}


def coverage(hood: Neighbourhood) -> Coverage:
    """Check each 单元, and each 楼栋 that has none."""
    units = [
        place.id for place in hood.places.values() if place.active and needs_leaders(hood, place)
    ]
    missing = tuple(gap for unit in units for gap in gaps_of(hood, unit))
    return Coverage(len(units), len(units) - len({gap.place for gap in missing}), missing)


def needs_leaders(hood: Neighbourhood, place: Place) -> bool:
    """Tell whether the place is a 单元, or a 楼栋 that has none."""
    if place.kind is PlaceKind.BUILDING:
        return not any(child.kind is PlaceKind.UNIT for child in hood.children(place.id))
    return place.kind is PlaceKind.UNIT


def leaders_of(hood: Neighbourhood, unit: str) -> Iterator[tuple[Role, tuple[str, ...]]]:
    """Yield each of the three posts over a staircase with the ids of who holds it nearest."""
    for role, levels in _LEVELS.items():
        yield role, _nearest(hood, unit, role, levels)


def gaps_of(hood: Neighbourhood, unit: str) -> Iterator[Gap]:
    """Yield what is missing or doubled over a staircase."""
    for role, holders in leaders_of(hood, unit):
        if not holders:
            yield Gap(unit, role, f"没有{role}")
        elif len(holders) > 1:
            yield Gap(unit, role, f"有 {len(holders)} 个一样近的{role}：{_named(hood, holders)}")


def _nearest(hood: Neighbourhood, unit: str, role: Role, levels: range) -> tuple[str, ...]:
    for place_id in hood.ancestors(unit):
        if hood.places[place_id].kind.depth in levels:
            holders = hood.holders(role, place_id)
            if holders:
                return tuple(dict.fromkeys(holders))
    return ()


def _named(hood: Neighbourhood, people: tuple[str, ...]) -> str:
    return "、".join(hood.people[person].name for person in people)
