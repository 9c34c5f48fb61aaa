"""Where an estate has two buildings of one name, the part that tells which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.places.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.community.places.places import Place


def parts(places: Mapping[str, Place], paths: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the grid's name by building, for buildings whose name their estate has several times.

    `paths` leads from each place up to the street.
    """
    bearers: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for place in places.values():
        above = {places[one].kind: places[one] for one in paths[place.id]}
        estate, grid = above.get(PlaceKind.ESTATE), above.get(PlaceKind.GRID)
        if place.kind is PlaceKind.BUILDING and place.active and estate and grid:
            bearers.setdefault((estate.id, place.name), []).append((place.id, grid.name))
    return {
        house: part
        for twins in bearers.values()
        if len({part for _, part in twins}) > 1
        for house, part in twins
    }
