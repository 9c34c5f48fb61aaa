"""In what equal numbers differ: 3栋 of two estates, 3栋 of A区 and of B区."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.places.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import Place


def apart(places: Sequence[str], hood: Neighbourhood) -> tuple[Place, ...]:
    """Return the estates, else the grids, of which each holds one of the places; () if none part them."""
    for level in (PlaceKind.ESTATE, PlaceKind.GRID):
        holders = [hood.up_to(place, level) for place in places]
        known = {holder.id: holder for holder in holders if holder}
        if len(known) == len(places) > 1:
            return tuple(known.values())
    return ()
