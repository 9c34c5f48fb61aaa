"""What a message leans to, told by small linear models of its characters.

Learnt only from sentences written for this project (tests/handlers/training.py writes the files).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import exp, sqrt
from operator import add
from pathlib import Path
from struct import unpack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LISTS = Path(__file__).with_name("lists")
_NUMBERS = re.compile("[0-9一二三四五六七八九十]+")
_SCALE = 100
"""The files hold hundredths."""
_BITS = 64
"""Room for the sum of one class over all pieces of a text."""
_IN_HAND = 16
"""Texts whose pieces are kept: four models read a message one after the other."""
_REMEMBERED = 512
"""Messages whose leaning is kept: the gate reads each as it comes, the worker again."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """Shares of 0..1 that add up to 1; `talk` is questions and chatter alike."""

    danger: float
    request: float
    swindle: float
    talk: float


@dataclass(frozen=True, slots=True)
class Model:
    """What each piece of text weighs for some of the `classes`; `always` is added for each.

    `told` are the lines of the file in order: a piece, how rare it is, then class and weight by
    turns, all numbers hundredths. Those of one first character are parted when it is met, and read
    where they are met whole: most of 60,000 pieces hardly anybody writes. So `told` stays as it
    lies on the disk: a start would wait 10 ms, and keep twice the bytes, for text in its place.
    """

    classes: tuple[str, ...]
    always: tuple[int, ...]
    told: bytes
    parted: dict[str, dict[str, str]] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    """Of each piece met: the square of its rarity and its weight for every class, side by side."""

    def lean(self, text: str) -> dict[str, float]:
        """Return the share of each class in plain `text`; together they are 1."""
        read = self.read.get
        both = sum([read(piece) or self._weights(piece) for piece in pieces(text)])
        rarities, *sums = _apart(both, len(self.classes) + 1)
        scale = 1 / sqrt(rarities or 1)
        logs = [one * scale + more / _SCALE for one, more in zip(sums, self.always, strict=True)]
        return dict(zip(self.classes, _shares(logs), strict=True))

    def _weights(self, piece: str) -> int:
        """Return what `read` will know of a piece; 0 if nothing is told of it."""
        first = piece[0]
        known = self.parted.get(first)
        if known is None:
            lines = self._lines(first)
            known = self.parted[first] = dict(line.split("\t", 1) for line in lines)
        told = known.get(piece)
        if told is None:
            return 0
        rarity, *turns = _numbers(told)
        weighed = dict(zip(turns[::2], turns[1::2], strict=True))
        values = (weighed.get(number, 0) for number in range(len(self.classes)))
        weights = self.read[piece] = _beside((rarity * rarity, *values))
        return weights

    def _lines(self, first: str) -> list[str]:
        """Return the lines that begin with a character; in UTF-8 they are in order as well."""
        sought = first.encode()

        def beginning(at: int) -> bytes:
            line = self.told.rfind(b"\n", 0, at) + 1
            return self.told[line : line + len(sought)]

        places = range(len(self.told))
        start = bisect_left(places, sought, key=beginning)
        end = bisect_right(places, sought, start, key=beginning)
        return self.told[start:end].decode().splitlines()


def _beside(numbers: Iterable[int]) -> int:
    """Return whole numbers side by side in one: whoever adds such ones adds each by itself."""
    return sum(number << _BITS * place for place, number in enumerate(numbers))


def _apart(both: int, count: int) -> tuple[int, ...]:
    """Return the numbers that stand side by side."""
    floor = _floor(count)
    return unpack(f"<{count}q", ((both + floor) ^ floor).to_bytes(_BITS // 8 * count, "little"))


@cache
def _floor(count: int) -> int:
    """Return the lowest numbers side by side: with it added none borrows from its neighbour."""
    return _beside([1 << _BITS - 1] * count)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence speaks for each of the `classes`, in hundredths."""

    classes: tuple[str, ...]
    always: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]

    def of(self, values: Sequence[float]) -> dict[str, float]:
        """Return the share of each class by the values in the order of the rows; together 1."""
        sums = list(map(float, self.always))
        for value, row in zip(values, self.rows, strict=True):
            if value:
                for number, weight in enumerate(row):
                    sums[number] += value * weight
        return dict(zip(self.classes, _shares([one / _SCALE for one in sums]), strict=True))


def _shares(logs: list[float]) -> list[float]:
    top = max(logs)
    grown = [exp(one - top) for one in logs]
    whole = sum(grown)
    return [one / whole for one in grown]


@lru_cache(maxsize=_REMEMBERED)
def leaning(text: str) -> Leaning:
    """Return what plain `text` leans to."""
    return Leaning(**_model("leanings").lean(text))


@lru_cache(maxsize=_REMEMBERED)
def subjects(text: str) -> dict[str, float]:
    """Return the share of each category in plain `text`, taken to be a request."""
    return _model("subjects").lean(text)


@lru_cache(maxsize=_REMEMBERED)
def kinds(text: str) -> dict[str, float]:
    """Return the share of each kind in plain `text`, taken to be a request."""
    return _model("kinds").lean(text)


@lru_cache(maxsize=_REMEMBERED)
def lanes(text: str) -> dict[str, float]:
    """Return the share of each lane but danger's in plain `text`, taken to be a request."""
    return _model("lanes").lean(text)


@lru_cache(maxsize=_IN_HAND)
def pieces(text: str) -> frozenset[str]:
    """Return the characters, pairs and triples of a text, its ends marked.

    Numbers are all alike, and who shouts says no more than who does not: 对! is 对.
    """
    text = _NUMBERS.sub("0", text.rstrip("!").replace("!", ","))
    marked = f"^{text}$"
    pairs = [*map(add, marked, marked[1:])]
    return frozenset({*text, *pairs, *map(add, pairs, marked[2:])})


@cache
def weights(name: str) -> Weights:
    """Return shipped weights of evidence."""
    classes, always, told = _read(name)
    rows = (line.split("\t", 1)[1] for line in told.decode().splitlines())
    return Weights(classes, always, tuple(map(_numbers, rows)))


@cache
def _model(name: str) -> Model:
    """Return a shipped model (read once, about 2 ms)."""
    return Model(*_read(name))


def _read(name: str) -> tuple[tuple[str, ...], tuple[int, ...], bytes]:
    """Return classes, what is always added, and the other lines of a file."""
    with (_LISTS / f"{name}.txt").open("rb") as file:
        _, head, always = (file.readline().decode().rstrip() for _ in range(3))
        return tuple(head.split("\t")[1:]), _numbers(always.split("\t", 1)[1]), file.read()


def _numbers(told: str) -> tuple[int, ...]:
    return tuple(map(int, told.split()))
