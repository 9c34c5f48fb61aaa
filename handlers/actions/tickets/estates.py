"""A number that several estates, or parts of one, have: in which one is asked, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.menus import Choice
from handlers.phrases import drafts
from knowledge.community.locating.apart import apart
from knowledge.community.places.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.community.hood.neighbourhood import Neighbourhood

MOST = 5
"""Estates among which one is chosen by a digit."""


def which(places: Sequence[str], hood: Neighbourhood, named: str = "") -> str:
    """Ask in which estate it is, by the number as it was `named`."""
    number = named or _number(places[0], hood)
    return (
        drafts.which_estate(number, _names(places, hood), _what(places, hood))
        if _few(places)
        else drafts.name_estate(number)
    )


def choices(places: Sequence[str], hood: Neighbourhood, no: int) -> tuple[Choice, ...]:
    """Return the places of ticket `no` to choose from, none of too many."""
    return tuple(
        Choice(label, "ticket.place", {"no": no, "place": place})
        for label, place in zip(_names(places, hood), places, strict=True)
        if _few(places)
    )


def _number(place: str, hood: Neighbourhood) -> str:
    """Return the number that they share, without the part in which the first one lies."""
    label, part = hood.label(place), hood.up_to(place, PlaceKind.GRID)
    return label.removeprefix(part.name) if part else label


def _few(places: Sequence[str]) -> bool:
    return len(places) <= MOST


def _names(places: Sequence[str], hood: Neighbourhood) -> list[str]:
    return [hood.label(holder.id) for holder in apart(places, hood)]


def _what(places: Sequence[str], hood: Neighbourhood) -> str:
    estates = all(holder.kind is PlaceKind.ESTATE for holder in apart(places, hood))
    return drafts.WHICH_ESTATE if estates else drafts.WHICH_PART
