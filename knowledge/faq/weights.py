"""What a token is worth: rare among the entries, and rare in the language."""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING

from knowledge.faq.commonness import commonness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDINGS = 0.7
"""Share of the language's say between two wordings: few entries are poor statistics."""

ENTRIES = 0.3
"""The same between entries, whose own vocabulary says what is special to each."""

_KIND, _SYNONYM = 0.6, 0.5


class Weights(dict[str, float]):
    """The worth of every token; one that no entry says is as rare as can be here.

    `language` (0..1) is how much the language has a say in it.
    """

    def __init__(self, entries: Mapping[str, float], size: int, language: float) -> None:
        self._size, self._language = size, language
        self._rarities: dict[float, float] = {}
        super().__init__((token, self._weigh(token, count)) for token, count in entries.items())

    def __missing__(self, token: str) -> float:
        return self._weigh(token, 0.0)

    def sum(self, tokens: Iterable[str]) -> float:
        """Return what tokens are worth together."""
        return sum(map(self.__getitem__, tokens))

    def _weigh(self, token: str, count: float) -> float:
        rarity = self._rarities.get(count)
        if rarity is None:
            rarity = log(1 + (self._size - count + 0.5) / (count + 0.5))
            self._rarities[count] = rarity
        if token[0] in "?=":
            return (_KIND if token[0] == "?" else _SYNONYM) * rarity
        return float(rarity ** (1 - self._language) * commonness().weight(token) ** self._language)


def sayers_of(said: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return how many entries say each token; saying it only in an answer counts in part."""
    entries: dict[str, float] = defaultdict(float)
    for often in said:
        for token, times in often.items():
            entries[token] += min(1.0, times)
    return entries
