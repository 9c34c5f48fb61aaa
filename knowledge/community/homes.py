"""Whose home a text speaks of: 胡姐家, 老龚 … 他那栋."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.community.people import Person

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

    def __init__(self, lived_in: Iterable[tuple[Person, str, str]]) -> None:
        """`lived_in` are residents with the ids of their building and of its estate."""
        self._called: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._surnames: dict[tuple[str, str], set[str]] = defaultdict(set)
        for person, building, estate in lived_in:
            self._surnames[estate, person.name[:1]].add(building)
            for name in {person.name, person.title} - {""}:
                self._called[estate, name].add(building)

    def spoken_of(self, text: str, estate: str) -> TheirHome | None:
        """The home of somebody in the estate of the talk; None for nobody, and for one of several."""
        for name in _people(text):
            polite = _BY_SURNAME.fullmatch(name)
            surname = (polite["after"] or polite["before"]) if polite else ""
            known = self._called.get((estate, name), set())
            near = known or self._surnames.get((estate, surname), set())
            if len(near) == 1:
                return TheirHome(next(iter(near)), guessed=not known)
        return None


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
