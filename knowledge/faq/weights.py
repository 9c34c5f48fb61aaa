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


class Weights:
    """The worth of every token; `language` (0..1) is how much the language has a say in it."""

    def __init__(self, said: Iterable[Mapping[str, float]], language: float) -> None:
        self._known, self._language = commonness(), language
        entries: dict[str, float] = defaultdict(float)
        self._size = 0
        for self._size, often in enumerate(said, 1):
            for token, times in often.items():
                entries[token] += min(1.0, times)
        self._worth = {token: self._weigh(token, count) for token, count in entries.items()}

    def of(self, token: str) -> float:
        """Return the worth of a token; one that no entry says is as rare as can be here."""
        known = self._worth.get(token)
        return self._weigh(token, 0) if known is None else known

    def sum(self, tokens: Iterable[str]) -> float:
        """Return what tokens are worth together."""
        return sum(map(self.of, tokens))

    def _weigh(self, token: str, entries: float) -> float:
        rarity = log(1 + (self._size - entries + 0.5) / (entries + 0.5))
        if token[0] in "?=":
            return (_KIND if token[0] == "?" else _SYNONYM) * rarity
        known = self._known.weight(token)
        return float(rarity ** (1 - self._language) * known**self._language)
