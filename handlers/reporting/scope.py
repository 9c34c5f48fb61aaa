"""Which places a board or a report is about: inside the viewer's range, from the street to a building."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.hood.access import Act
from knowledge.community.hood.territory import reach
from knowledge.community.places.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import Place
    from knowledge.community.roster.people import Person

LEVELS = frozenset(
    {PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.ESTATE, PlaceKind.BUILDING},
)
"""The four levels that a viewer steps through; grids lie between them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A place with the way to it and what lies one level below.

    `place` = None where the range has several places and none was chosen; `ids` = None where every
    ticket counts, also one whose place is not known.
    """

    place: Place | None
    path: tuple[Place, ...]
    below: tuple[Place, ...]
    ids: frozenset[str] | None

    @property
    def name(self) -> str:
        """What the place is called, or the places one after another."""
        return self.place.name if self.place else "、".join(one.name for one in self.below)

    @property
    def fine(self) -> bool:
        """Whether it is so small that a private matter would be told apart: those are left out."""
        return self.place is not None and self.place.kind.depth >= PlaceKind.BUILDING.depth

    def holds(self, place_id: str | None, *, private: bool) -> bool:
        """Whether a ticket counts here."""
        if private and self.fine:
            return False
        return self.ids is None or place_id in self.ids


def scope_of(viewer: Person, hood: Neighbourhood, wanted: str = "") -> Scope | None:
    """Return what the viewer asks to see, else all of their range; None = it is not theirs."""
    found = reach(viewer, Act.BOARD_READ, hood)
    roots = tuple(one.id for one in hood.places.values() if one.parent is None)
    tops = roots if found is None else found
    if wanted and not any(hood.within(wanted, top) for top in tops):
        return None
    chosen = wanted or (tops[0] if len(tops) == 1 else "")
    place = hood.place(chosen)
    if place is None:
        below = tuple(hood.places[top] for top in tops if top in hood.places)
        return Scope(None, (), below, None if found is None else _inside(hood, tops))
    whole = found is None and not wanted
    ids = None if whole else _inside(hood, (chosen,))
    return Scope(place, _path(hood, place, tops), tuple(_below(hood, place)), ids)


def _inside(hood: Neighbourhood, tops: Iterable[str]) -> frozenset[str]:
    return frozenset(one for one in hood.places if any(hood.within(one, top) for top in tops))


def _path(hood: Neighbourhood, place: Place, tops: Iterable[str]) -> tuple[Place, ...]:
    """The way from the top of the range down to the place, grids left out."""
    climbed = []
    for ancestor in hood.ancestors(place.id):
        climbed.append(hood.places[ancestor])
        if ancestor in tops:
            break
    return tuple(one for one in reversed(climbed) if one.kind in LEVELS or one is place)


def _below(hood: Neighbourhood, place: Place) -> Iterator[Place]:
    """The next level that a viewer can step down to."""
    if place.kind.depth >= PlaceKind.BUILDING.depth:
        return
    for child in hood.children(place.id):
        if child.kind in LEVELS:
            yield child
        else:
            yield from _below(hood, child)
