"""What a message leans to, told by small linear models of its characters.

Learnt only from sentences written for this project (tests/handlers/training.py writes the files).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, sqrt
from operator import add
from pathlib import Path
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

_LISTS = Path(__file__).parents[1] / "lists"
_NUMBERS = re.compile("[0-9一二三四五六七八九十]+")
_SCALE = 100
"""The files hold hundredths."""
_BITS = 64
"""Room for the sum of one class over all pieces of a text."""
_IN_HAND = 16
"""Texts whose pieces are kept: four models read a message one after the other."""
_UNKNOWN = 20_000
"""Pieces kept of which a model knows nothing: a quarter of what a message holds, mostly the same ones."""
_REMEMBERED = 512
"""Messages whose leaning is kept: the gate reads each as it comes, the worker again."""


class Leaning(NamedTuple):
    """Shares of 0..1 that add up to 1; `talk` is questions and chatter alike."""

    danger: float
    request: float
    swindle: float
    talk: float


class Pieces(dict[str, int]):
    """Of each piece met: the square of its rarity and its weight for every class, side by side.

    `told` are the lines of a model's file in order: a piece, how rare it is, then class and weight
    by turns, all numbers hundredths. Those of one first character are parted when it is met, and
    read where they are met whole: most of 60,000 pieces hardly anybody writes. So `told` stays as
    it lies on the disk: a start would wait 10 ms, and keep twice the bytes, for text in its place.
    """

    def __init__(self, told: bytes, classes: int) -> None:
        super().__init__()
        self._told, self._classes = told, range(classes)
        self._parted: dict[str, dict[str, str]] = {}
        self._unknown: list[str] = []

    def __missing__(self, piece: str) -> int:
        """Return what is told of a piece, 0 if nothing is."""
        known = self._parted.get(piece[0])
        if known is None:
            lines = self._lines(piece[0])
            known = self._parted[piece[0]] = dict(line.split("\t", 1) for line in lines)
        told = known.get(piece)
        weights = self[piece] = self._weights(told) if told else 0
        if not told:
            self._note_unknown(piece)
        return weights

    def _weights(self, told: str) -> int:
        rarity, *turns = _numbers(told)
        weighed = dict(zip(turns[::2], turns[1::2], strict=True))
        return _beside((rarity * rarity, *(weighed.get(number, 0) for number in self._classes)))

    def _note_unknown(self, piece: str) -> None:
        """Forget all unknown pieces when they are many: there is no end to what people write."""
        self._unknown.append(piece)
        if len(self._unknown) > _UNKNOWN:
            many, self._unknown = self._unknown, []
            for one in many:
                self.pop(one, None)

    def _lines(self, first: str) -> list[str]:
        """Return the lines that begin with a character; in UTF-8 they are in order as well."""
        sought = first.encode(errors="replace")

        def beginning(at: int) -> bytes:
            line = self._told.rfind(b"\n", 0, at) + 1
            return self._told[line : line + len(sought)]

        places = range(len(self._told))
        start = bisect_left(places, sought, key=beginning)
        end = bisect_right(places, sought, start, key=beginning)
        return self._told[start:end].decode().splitlines()


class Model:
    """What each piece of text weighs for some of the `classes`; `always` is added for each."""

    def __init__(self, classes: tuple[str, ...], always: tuple[int, ...], told: bytes) -> None:
        self.classes, self.always, self.told = classes, always, told
        self._always = [one / _SCALE for one in always]
        self._met = Pieces(told, len(classes))

    def lean(self, text: str) -> list[float]:
        """Return the share of each of the classes in plain `text`; together they are 1."""
        both = sum(map(self._met.__getitem__, pieces(text)))
        rarities, *sums = _apart(both, len(self.classes) + 1)
        scale = 1 / sqrt(rarities or 1)
        return _shares([one * scale + more for one, more in zip(sums, self._always, strict=True)])

    def shares(self, text: str) -> dict[str, float]:
        """Return the same by class."""
        return dict(zip(self.classes, self.lean(text), strict=True))


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
    return Leaning(*_model("leanings").lean(text))


@lru_cache(maxsize=_REMEMBERED)
def subjects(text: str) -> dict[str, float]:
    """Return the share of each category in plain `text`, taken to be a request."""
    return _model("subjects").shares(text)


@lru_cache(maxsize=_REMEMBERED)
def kinds(text: str) -> dict[str, float]:
    """Return the share of each kind in plain `text`, taken to be a request."""
    return _model("kinds").shares(text)


@lru_cache(maxsize=_REMEMBERED)
def lanes(text: str) -> dict[str, float]:
    """Return the share of each lane but danger's in plain `text`, taken to be a request."""
    return _model("lanes").shares(text)


@lru_cache(maxsize=_IN_HAND)
def pieces(text: str) -> AbstractSet[str]:
    """Return the characters, pairs and triples of a text, its ends marked.

    Numbers are all alike, and who shouts says no more than who does not: 对! is 对.
    """
    text = _NUMBERS.sub("0", text.rstrip("!").replace("!", ","))
    marked = f"^{text}$"
    pairs = [*map(add, marked, marked[1:])]
    return {*text, *pairs, *map(add, pairs, marked[2:])}


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
