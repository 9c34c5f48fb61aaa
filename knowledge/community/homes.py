"""Whose home a text speaks of: 胡姐家, 老龚 … 他那栋."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.people import Role
from knowledge.community.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.community.neighbourhood import Neighbourhood

_HOME = re.compile(
    r"(?<![我俺咱们自大国专人])家(?![长属人])|屋里|那边?[栋幢]|住的那?[栋幢]|(?<=[他她]们)家"
)
_THEY = re.compile("[他她]们?$")
_LONGEST, _SHORTEST = 4, 2
"""Characters of what somebody is called."""
_FAR = 40
"""Characters before 他家 in which the one who is meant was named."""
_BY_SURNAME = re.compile(
    "老(?P<after>[\u4e00-\u9fff])"
    "|(?P<before>[\u4e00-\u9fff])(?:嗲|爹|爹爹|嗲嗲|爷爷|奶奶|娭毑|阿姨|大?姐|大?哥|叔叔?|婶|伯伯?|大[爷妈伯]|师傅|老师)"
)


@dataclass(frozen=True, slots=True)
class TheirHome:
    """The building where somebody lives; `guessed` when only a surname told who it is."""

    building: str
    guessed: bool


class Homes:
    """The buildings of the residents, by what they are called.

    Never finer than the building: which door or unit is theirs is nothing to tell a group.
    """

    def __init__(self, hood: Neighbourhood) -> None:
        self._hood = hood
        self._called: dict[str, set[str]] = defaultdict(set)
        self._surnames: dict[str, set[str]] = defaultdict(set)
        for person in hood.people.values():
            for scope in person.scopes(Role.RESIDENT) if person.active else ():
                building = hood.up_to(scope, PlaceKind.BUILDING)
                if building is not None:
                    self._surnames[person.name[:1]].add(building.id)
                    for name in {person.name, person.title} - {""}:
                        self._called[name].add(building.id)

    def spoken_of(self, text: str, within: str | None) -> TheirHome | None:
        """The home of somebody in the estate of the talk; None for nobody, and for one of several."""
        estate = self._hood.estate(within) if _HOME.search(text) else None
        return next(self._near(_people(text), estate.id), None) if estate else None

    def _near(self, names: Iterable[str], estate: str) -> Iterator[TheirHome]:
        for name in names:
            polite = _BY_SURNAME.fullmatch(name)
            guesses = self._surnames.get(polite["after"] or polite["before"], ()) if polite else ()
            known = self._called.get(name, ())
            near = {home for home in known or guesses if self._hood.within(home, estate)}
            if len(near) == 1:
                yield TheirHome(near.pop(), guessed=not known)


def _people(text: str) -> Iterator[str]:
    """What may be a name before 家, the longest first; for 他家 whatever stands before it."""
    for home in _HOME.finditer(text):
        before = text[max(0, home.start() - _LONGEST) : home.start()].removesuffix("的")
        yield from (before[-size:] for size in range(len(before), _SHORTEST - 1, -1))
        if _THEY.search(before):
            for start in range(max(0, home.start() - _FAR), home.start()):
                yield from (
                    text[start : start + size] for size in range(_LONGEST, _SHORTEST - 1, -1)
                )
