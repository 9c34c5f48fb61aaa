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

_HOME = r"(?:的?家(?![长属人])|的?屋里|的?那边?[栋幢]|住的?那?[栋幢])"
_NAMED = re.compile(rf"(?=(?P<who>[\u4e00-\u9fff]{{2,4}}){_HOME})")
_THEIRS = re.compile(rf"[他她](?:们)?{_HOME}")
_LONGEST, _SHORTEST = 4, 2
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
        estate = self._hood.estate(within)
        if estate is None:
            return None
        return next(self._near(_people(text), estate.id), None)

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
    for match in _NAMED.finditer(text):
        who = match["who"]
        yield from (who[-length:] for length in range(len(who), _SHORTEST - 1, -1))
    theirs = _THEIRS.search(text)
    if theirs is not None:
        for start in range(theirs.start()):
            yield from (text[start : start + n] for n in range(_LONGEST, _SHORTEST - 1, -1))
