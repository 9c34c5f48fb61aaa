"""The coverage of a neighbourhood as a map: who leads which staircase, estate by estate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.hood.coverage import gaps_of, leaders_of, needs_leaders
from knowledge.community.places.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import Place
    from knowledge.community.roster.people import Role


@dataclass(frozen=True, slots=True)
class Post:
    """One leader's post over a staircase: who holds it, or in words what is wrong."""

    role: Role
    names: tuple[str, ...]
    why: str
    """Empty = exactly one nearest leader."""


@dataclass(frozen=True, slots=True)
class Stair:
    """A staircase, or a building without any, with its three posts."""

    place: Place
    label: str
    posts: tuple[Post, ...]

    @property
    def whole(self) -> bool:
        """Whether every post is held by exactly one."""
        return not any(post.why for post in self.posts)


@dataclass(frozen=True, slots=True)
class Estate:
    """An estate with how many of its staircases have all three leaders."""

    place: Place
    units: int
    covered: int


def estates(hood: Neighbourhood) -> list[Estate]:
    """Return the estates, those with gaps first, then in roster order."""
    found = []
    for place in hood.places.values():
        if place.active and place.kind is PlaceKind.ESTATE:
            units = list(_units(hood, place.id))
            covered = sum(not any(gaps_of(hood, unit.id)) for unit in units)
            found.append(Estate(place, len(units), covered))
    return sorted(found, key=lambda one: one.covered == one.units)


def stairs(hood: Neighbourhood, estate: str) -> list[Stair]:
    """Return the staircases of an estate with who leads them, in roster order."""
    return [_stair(hood, unit) for unit in _units(hood, estate)]


def _stair(hood: Neighbourhood, unit: Place) -> Stair:
    wrong = {gap.role: gap.why for gap in gaps_of(hood, unit.id)}
    posts = tuple(
        Post(role, tuple(hood.people[one].called for one in held), wrong.get(role, ""))
        for role, held in leaders_of(hood, unit.id)
    )
    return Stair(unit, hood.label(unit.id), posts)


def _units(hood: Neighbourhood, place_id: str) -> Iterator[Place]:
    """Yield the staircases below a place, and the buildings that have none."""
    for child in hood.children(place_id):
        if child.active and needs_leaders(hood, child):
            yield child
        yield from _units(hood, child.id)
