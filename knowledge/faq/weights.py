"""What a token is worth: rare among the entries, and rare in the language."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from knowledge.faq.commonness import commonness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WORDINGS = 0.7
"""Share of the language's say between two wordings: few entries are poor statistics."""

ENTRIES = 0.3
"""The same between entries, whose own vocabulary says what is special to each."""

_KIND, _SYNONYM = 0.6, 0.5


class Weights(dict[str, float]):
    """The worth of tokens, found on first need; one that no entry says is as rare as can be here.

    `sayers` says how many of the `size` entries say a token; `language` (0..1) is how much the
    language has a say in it.
    """

    def __init__(self, sayers: Callable[[str], int], size: int, language: float) -> None:
        super().__init__()
        self._sayers, self._size, self._language = sayers, size, language
        self._rarities: dict[int, float] = {}

    def __missing__(self, token: str) -> float:
        worth = self._weigh(token)
        if self._sayers(token):
            self[token] = worth
        return worth

    def sum(self, tokens: Iterable[str]) -> float:
        """Return what tokens are worth together."""
        return sum(map(self.__getitem__, tokens))

    def _weigh(self, token: str) -> float:
        rarity = self._rarity(self._sayers(token))
        if token[0] in "?=":
            return (_KIND if token[0] == "?" else _SYNONYM) * rarity
        return float(rarity ** (1 - self._language) * commonness().weight(token) ** self._language)

    def _rarity(self, count: int) -> float:
        if count not in self._rarities:
            self._rarities[count] = log(1 + (self._size - count + 0.5) / (count + 0.5))
        return self._rarities[count]
