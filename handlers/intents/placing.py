"""Where a matter lies: the place the words name, else home, else the group's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.locating.apart import apart
from knowledge.community.locating.locating import (
    find_place,
    speaks_of_home,
    speaks_of_next_building,
    speaks_of_next_stairs,
)
from knowledge.community.places.places import PlaceKind
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.people import Person

_MERE = Expression(r"[的在是我们住家那这里边儿个处啊呀哦呢吧,，。.!！~、\s]|\d+楼|\d{3,4}室?")
"""What may stand beside a place that is only named."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a matter; `doubtful` when the words fit several places or an unknown one.

    `among` are the places that the told number has, one in each of several estates.
    """

    place: str | None
    doubtful: bool = False
    among: tuple[str, ...] = ()


def talk_at(hood: Neighbourhood, scope: str | None, sender: Person | None) -> str | None:
    """Where numbers are looked for first: the sender's home in the group's scope, else the scope, else home."""
    home = hood.home(sender) if sender else None
    return home if hood.within(home, scope) else scope or home


def spot_of(text: str, hood: Neighbourhood, scope: str | None, sender: Person | None) -> Spot:
    """Apply the default rules of CONTRACT §5; `scope` is the group's place or None."""
    return told_spot(text, hood, scope, sender) or Spot(scope)


def told_spot(
    text: str, hood: Neighbourhood, scope: str | None, sender: Person | None
) -> Spot | None:
    """The place that the words tell in any way: by name, as a home, as next door; None for none."""
    talk = talk_at(hood, scope, sender)
    found = find_place(text, hood, talk)
    doubtful = bool(found.ambiguous or found.rest)
    if found.place_id is not None and found.text_span[1]:
        return Spot(found.place_id, doubtful)
    if found.place_id is not None:
        return Spot(found.place_id)
    nearest = hood.finer(hood.home(sender) if sender else None, scope)
    if speaks_of_home(text):
        return Spot(nearest, doubtful)
    return _next_door(text, hood, nearest, scope) or (
        Spot(scope, doubtful, one_each(found.ambiguous, hood)) if doubtful else None
    )


def _next_door(
    text: str, hood: Neighbourhood, nearest: str | None, scope: str | None
) -> Spot | None:
    """隔壁单元 is in the building at hand; 对面那栋 is one that nobody but the speaker knows."""
    if speaks_of_next_stairs(text):
        building = hood.up_to(nearest, PlaceKind.BUILDING)
        return Spot(building.id) if building else None
    if speaks_of_next_building(text):
        estate = hood.estate(scope)
        return Spot(estate.id if estate else scope, doubtful=True)
    return None


def one_each(places: Sequence[str], hood: Neighbourhood) -> tuple[str, ...]:
    """Return the places if each lies in an estate, or a grid, of its own; () where they do not."""
    return tuple(places) if apart(places, hood) else ()


def is_mere_place(text: str, hood: Neighbourhood) -> bool:
    """Whether the words name a place and nothing else: 电机厂宿舍3栋1单元."""
    found = find_place(text, hood)
    start, end = found.text_span
    return end > start and not _MERE.sub("", text[:start] + text[end:])


def is_coarse(place: str | None, hood: Neighbourhood) -> bool:
    """Whether the place is wider than one building, and the roster knows finer ones in it."""
    known = hood.place(place)
    if known is None:
        return True
    return known.kind.depth < PlaceKind.BUILDING.depth and bool(hood.children(known.id))


def only_house(place: str | None, hood: Neighbourhood) -> str | None:
    """The one building in a place that has no other; the place itself where there are several."""
    inside = [one.id for one in hood.children(place or "") if one.active]
    if len(inside) != 1 or not is_coarse(place, hood):
        return place
    below = only_house(inside[0], hood)
    return place if is_coarse(below, hood) else below
