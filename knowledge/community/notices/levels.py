"""The levels on which a notice is passed on: 街道 → 社区 → 小区 → 楼栋, each with its keeper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.notices.audience import EVERYBODY
from knowledge.community.places.places import PlaceKind
from knowledge.community.roster.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import Place

KEEPERS = {
    PlaceKind.STREET: Role.STREET,
    PlaceKind.COMMUNITY: Role.COMMUNITY,
    PlaceKind.ESTATE: Role.AREA_LEADER,
    PlaceKind.BUILDING: Role.NEIGHBOUR_LEADER,
}
"""Who confirms a level (research/civic.md §2, no. 18); 网格 and 单元 are no levels of their own."""


def roots(audience: Iterable[str], hood: Neighbourhood) -> tuple[Place, ...]:
    """Return the places at which passing on begins, each once."""
    words = tuple(audience)
    if EVERYBODY in words:
        return tuple(place for place in hood.places.values() if place.parent is None)
    named = (
        place
        for place in hood.places.values()
        if place.id in words or place.name in words or set(place.aliases) & set(words)
    )
    levels = (level_of(place.id, hood) for place in named)
    return tuple({place.id: place for place in levels if place is not None}.values())


def level_of(place_id: str | None, hood: Neighbourhood) -> Place | None:
    """Return the place itself, or the nearest above it that is a level."""
    above = (hood.places[one] for one in hood.ancestors(place_id))
    return next((place for place in above if place.kind in KEEPERS), None)


def below(place_id: str, hood: Neighbourhood) -> tuple[Place, ...]:
    """Return the places of the next level inside a place."""
    found: list[Place] = []
    for child in hood.children(place_id):
        if child.active:
            found += [child] if child.kind in KEEPERS else below(child.id, hood)
    return tuple(found)


def keeper(place: Place, hood: Neighbourhood, away: frozenset[str]) -> str | None:
    """Return who confirms for a place: the nearest holder of the level's role, on duty now."""
    role = KEEPERS[place.kind]
    rung = next(rung for rung in hood.chain(place.id, away) if rung.role is role)
    return rung.person
