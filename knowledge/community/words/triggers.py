"""Which of many patterns a text can match at all, told from single characters and pairs.

A group's chatter is passed over in microseconds: a pattern is tried only where the text holds one
of the pairs (or characters) without which it cannot match.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache, reduce
from hashlib import blake2b
from importlib.resources import files
from re import _parser  # type: ignore[attr-defined]  # Python's own reading; it has no public door
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

_PAIR, _CHARACTER, _COMMON = 1.0, 15.0, 120.0
"""How much oftener a character, or one of the commonest, turns up by chance than a pair."""
_COMMONEST = frozenset(
    "的一是不了在人有我他这个们来到时大地为子你说要就出会可也下看好没家想开起头着上去吃那"
)
IN_HAND = 256
"""Texts whose characters and pairs are kept: hundreds of patterns ask for those of one message."""
_MANY, _MANY_PAIRS = 40, 150
"""A set of more characters or pairs than this says nothing."""

Characters = frozenset[str] | None
"""Those that a part can begin or end with; None = any."""


Needs = tuple[frozenset[str] | None, frozenset[str] | None]
"""Two sets of pairs and characters; every match holds something of each that there is."""


class Edge(NamedTuple):
    """What a part of a pattern begins and ends with, where it is not `empty`."""

    first: Characters
    last: Characters
    empty: bool
    """Whether it may match nothing."""


NOWHERE = Edge(frozenset(), frozenset(), empty=True)


class Triggers:
    """An index from pairs and characters to the numbers of the patterns that need them."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(patterns)
        index: dict[str, list[int]] = defaultdict(list)
        always: list[int] = []
        for number, pattern in enumerate(self._patterns):
            needed = needed_by(pattern)
            if needed is None:
                always.append(number)
            for gram in needed or ():
                index[gram].append(number)
        self._index = {gram: tuple(numbers) for gram, numbers in index.items()}
        self._always = frozenset(always)

    def possible(self, text: str) -> list[int]:
        """Numbers of the patterns that may match somewhere in the text, ascending."""
        index, patterns, held = self._index, self._patterns, grams(text)
        named = set[int]().union(*map(index.__getitem__, held & index.keys()))
        found = [one for one in named if not also_needed_by(patterns[one]).isdisjoint(held)]
        return sorted([*self._always, *found])


@lru_cache(maxsize=IN_HAND)
def grams(text: str) -> AbstractSet[str]:
    """The characters and pairs of a text."""
    return {*text, *map(str.__add__, text, text[1:])}


def needed_by(pattern: str) -> frozenset[str] | None:
    """Pairs and characters of which every match holds at least one; None if there are none.

    Those of the shipped lists are written down: reading them would be a tenth of a start.
    """
    if pattern.isalnum():
        return frozenset((pattern[:2],))
    return _needs(pattern)[0]


@cache
def also_needed_by(pattern: str) -> frozenset[str]:
    """The next best of such sets, 坏 where 路灯 is found; the same if it implies all others."""
    if pattern.isalnum():
        return frozenset((pattern[-2:],))
    first, second = _needs(pattern)
    return second or first or frozenset()


def _needs(pattern: str) -> Needs:
    told = _written_down().get(fingerprint(pattern))
    if told is None:
        return read(pattern)
    first, _, second = told.partition("\t\t")
    return _apart(first), _apart(second)


def _apart(told: str) -> frozenset[str] | None:
    return frozenset(told.split("\t")) if told else None


def read(pattern: str) -> Needs:
    """The two most telling sets that a pattern needs, read from itself (0.2 ms)."""
    every = _every(_parser.parse(pattern))
    first = _best(every)
    return first, _best(need for need in every if first and not _implies(first, need))


def fingerprint(pattern: str) -> str:
    """By what a pattern is known in `lists/needs.txt`."""
    return blake2b(pattern.encode(), digest_size=6).hexdigest()


@cache
def _written_down() -> dict[str, str]:
    """The needs by fingerprint, from the file that `python -m tests.fitting.needs` writes."""
    text = files("knowledge.community").joinpath("lists", "needs.txt").read_text("utf-8")
    rows = (line.partition("\t") for line in text.splitlines())
    return {known: needs for known, _, needs in rows}


def _every(items: Any) -> list[frozenset[str]]:
    """All that is needed by the parts of a sequence, and where they meet."""
    needs, edge = list[frozenset[str] | None](), NOWHERE
    for item in items:
        here = _edge(*item)
        needs += (_meeting(edge, here), *_single(*item))
        edge = _joined(edge, here)
    return [need for need in needs if need is not None]


def _meeting(before: Edge, after: Edge) -> frozenset[str] | None:
    """The pairs of which one stands where two parts meet."""
    if before.empty or after.empty or not before.last or not after.first:
        return None
    if len(before.last) * len(after.first) > _MANY_PAIRS:
        return None
    return frozenset(one + other for one in before.last for other in after.first)


def _single(operation: Any, value: Any) -> list[frozenset[str]]:
    """All that is needed by one part."""
    if operation is _parser.SUBPATTERN:
        return _every(value[-1])
    if operation is _parser.BRANCH:
        needs = [_best(_every(branch)) for branch in value[1]]
        return [] if None in needs else [frozenset().union(*(need for need in needs if need))]
    if operation in {_parser.MAX_REPEAT, _parser.MIN_REPEAT}:
        return _every(value[2]) if value[0] else []
    characters = _characters(operation, value)
    return [] if characters is None else [characters]


def _edge(operation: Any, value: Any) -> Edge:
    """The edges of one part."""
    if operation in {_parser.AT, _parser.ASSERT, _parser.ASSERT_NOT}:
        return NOWHERE
    if operation is _parser.SUBPATTERN:
        return reduce(_joined, (_edge(*item) for item in value[-1]), NOWHERE)
    if operation is _parser.BRANCH:
        return reduce(_either, (_edge(_parser.SUBPATTERN, (each,)) for each in value[1]))
    if operation in {_parser.MAX_REPEAT, _parser.MIN_REPEAT}:
        once = _edge(_parser.SUBPATTERN, value)
        return once._replace(empty=once.empty or not value[0])
    characters = _characters(operation, value)
    return Edge(characters, characters, empty=operation is _parser.GROUPREF)


def _joined(one: Edge, other: Edge) -> Edge:
    """The edges of two parts that follow each other."""
    return Edge(
        _all(one.first, other.first) if one.empty else one.first,
        _all(one.last, other.last) if other.empty else other.last,
        empty=one.empty and other.empty,
    )


def _either(one: Edge, other: Edge) -> Edge:
    """The edges of what is one part or the other."""
    first, last = _all(one.first, other.first), _all(one.last, other.last)
    return Edge(first, last, empty=one.empty or other.empty)


def _all(one: Characters, other: Characters) -> Characters:
    return None if one is None or other is None else one | other


def _characters(operation: Any, value: Any) -> Characters:
    """Those of which one character of a pattern is one."""
    parts = [(operation, value)] if operation is not _parser.IN else value
    if any(operation is not _parser.LITERAL for operation, _ in parts) or len(parts) > _MANY:
        return None
    return frozenset(chr(value) for _, value in parts)


def _implies(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether who holds anything of one set holds something of the other."""
    return all(any(part in gram for part in other) for gram in one)


def _best(needs: Iterable[frozenset[str]]) -> frozenset[str] | None:
    return min(needs, key=_weight, default=None)


def _weight(need: frozenset[str]) -> float:
    return sum(
        _PAIR if len(gram) > 1 else _COMMON if gram in _COMMONEST else _CHARACTER for gram in need
    )
