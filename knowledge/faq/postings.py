"""For each token the entries that say it, and how much each speaks of a question."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from heapq import nlargest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

REPEATED = 2.0
"""BM25's k1: how slowly saying a token again stops to count. Its b is 1."""

VISITS = 3000
"""Places that one question looks up token by token; then only the best so far are completed."""

KEPT = 100
"""How many are completed."""


class Postings:
    """Compact lists: per token the entries' numbers in order, and what saying it counts there."""

    def __init__(self, said: Collection[Mapping[str, float]]) -> None:
        self._numbers: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._shares: dict[str, array[float]] = defaultdict(lambda: array("f"))
        lengths = [sum(often.values()) for often in said]
        mean = sum(lengths) / (len(lengths) or 1) or 1.0
        for number, (often, length) in enumerate(zip(said, lengths, strict=True)):
            slow = REPEATED * length / mean
            for token, times in often.items():
                self._numbers[token].append(number)
                self._shares[token].append(times * (1 + REPEATED) / (times + slow))

    def told(self, weights: Mapping[str, float], most: int) -> dict[int, float]:
        """Return the `most` entries that speak most of weighted tokens, and how much (BM25).

        1 is all of them once, 3 all of them all the time. Rare tokens find the entries.
        """
        total = sum(weights.values()) or 1.0
        told: dict[int, float] = defaultdict(float)
        tokens = sorted(
            (token for token in weights if token in self._numbers),
            key=lambda token: len(self._numbers[token]),
        )
        visits = 0
        for at, token in enumerate(tokens):
            visits += len(self._numbers[token])
            if at and visits > VISITS:
                told = self._complete(told, tokens[at:], weights)
                break
            weight = weights[token]
            for number, share in zip(self._numbers[token], self._shares[token], strict=True):
                told[number] += weight * share
        best = nlargest(most, told, key=told.__getitem__)
        return {number: told[number] / total for number in best}

    def _complete(
        self, told: Mapping[int, float], tokens: Iterable[str], weights: Mapping[str, float]
    ) -> dict[int, float]:
        """Add the common tokens to the best entries so far."""
        best = {number: told[number] for number in nlargest(KEPT, told, key=told.__getitem__)}
        for token in tokens:
            numbers, shares, weight = self._numbers[token], self._shares[token], weights[token]
            for number in best:
                place = bisect_left(numbers, number)
                if place < len(numbers) and numbers[place] == number:
                    best[number] += weight * shares[place]
        return best
