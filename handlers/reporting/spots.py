"""What a report calls the places of tickets; each is looked up once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.report import ELSEWHERE
from knowledge.community.places.places import PlaceKind

if TYPE_CHECKING:
    from knowledge.community.hood.neighbourhood import Neighbourhood


class Spots:
    """Names of estates and buildings by the place of a ticket."""

    def __init__(self, hood: Neighbourhood) -> None:
        self._hood = hood
        self._buildings: dict[str | None, str] = {}
        self._estates: dict[str | None, str] = {}

    def building(self, place: str | None) -> str:
        """Estate and building; "" where the place is none and lies in none."""
        if place not in self._buildings:
            found = self._hood.up_to(place, PlaceKind.BUILDING)
            estate = self._hood.estate(place)
            name = f"{estate.name if estate else ''}{found.name}" if found else ""
            self._buildings[place] = name
        return self._buildings[place]

    def estate(self, place: str | None) -> str:
        """The estate, else the wider place, else that it is not known."""
        if place not in self._estates:
            estate = self._hood.estate(place)
            self._estates[place] = estate.name if estate else self._hood.label(place) or ELSEWHERE
        return self._estates[place]

    def spot(self, place: str | None) -> str:
        """The building, or whatever is known."""
        return self.building(place) or self.estate(place)
