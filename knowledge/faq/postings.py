"""For each token the entries that say it, and how much each speaks of a question."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from heapq import nlargest
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from knowledge.faq.subject import Said

    Sayers = list[tuple[int, float]]
    """The entries that say a token, by number, and what saying it counts there."""

REPEATED = 2.0
"""BM25's k1: how slowly saying a token again stops to count. Its b is 1."""

VISITS = 2000
"""Places that one question looks up token by token; then only the best so far are completed."""

KEPT = 60
"""How many are completed."""

_NUMBER = itemgetter(0)


class Postings:
    """Per token the entries that say it in order, as (number, what saying it counts there)."""

    def __init__(self, said: Collection[Said]) -> None:
        lists: dict[str, Sayers] = defaultdict(list)
        mean = sum(one.length for one in said) / (len(said) or 1) or 1.0
        for number, one in enumerate(said):
            slow = REPEATED * one.length / mean
            # One pair for all tokens that count alike: a list holds nothing but references.
            pairs = {tenths: (number, _share(tenths / 10, slow)) for tenths in set(one.tenths)}
            for token, tenths in zip(one.tokens, one.tenths, strict=True):
                lists[token].append(pairs[tenths])
        self._lists = dict(lists)

    def sayers(self, token: str) -> int:
        """Return how many entries say a token."""
        return len(self._lists.get(token, ()))

    def told(self, weights: Mapping[str, float], most: int) -> dict[int, float]:
        """Return the `most` entries that speak most of weighted tokens, and how much (BM25).

        1 is all of them once, 3 all of them all the time. Rare tokens find the entries.
        """
        total = sum(weights.values()) or 1.0
        told: dict[int, float] = defaultdict(float)
        lists = self._lists
        said = [(lists[token], weight) for token, weight in weights.items() if token in lists]
        said.sort(key=lambda one: len(one[0]))
        visits = 0
        for at, (sayers, weight) in enumerate(said):
            visits += len(sayers)
            if at and visits > VISITS:
                told = _complete(told, said[at:])
                break
            for number, share in sayers:
                told[number] += weight * share
        best = nlargest(most, told, key=told.__getitem__)
        return {number: told[number] / total for number in best}


def _complete(
    told: Mapping[int, float], common: Iterable[tuple[Sayers, float]]
) -> dict[int, float]:
    """Add the common tokens to the best entries so far."""
    best = {number: told[number] for number in nlargest(KEPT, told, key=told.__getitem__)}
    for sayers, weight in common:
        for number in best:
            place = bisect_left(sayers, number, key=_NUMBER)
            if place < len(sayers) and sayers[place][0] == number:
                best[number] += weight * sayers[place][1]
    return best


def _share(times: float, slow: float) -> float:
    return times * (1 + REPEATED) / (times + slow)
