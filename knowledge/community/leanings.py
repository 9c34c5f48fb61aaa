"""What a message leans to, told by small linear models of its characters.

Learnt only from sentences written for this project (tests/handlers/training.py writes the files).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS = re.compile("[0-9一二三四五六七八九十]+")
_SCALE = 100
"""The files hold hundredths."""
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
    where they are met whole: most of 60,000 pieces hardly anybody writes.
    """

    classes: tuple[str, ...]
    always: tuple[int, ...]
    told: str
    parted: dict[str, dict[str, str]] = field(default_factory=dict)
    read: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def lean(self, text: str) -> dict[str, float]:
        """Return the share of each class in plain `text`; together they are 1."""
        read, sums, rarities = self.read.get, [0.0] * len(self.classes), 0
        for piece in pieces(text):
            found = read(piece)
            if found is None:
                found = self.weights(piece)
            if found:
                rarities += found[0] * found[0]
                for at in range(1, len(found), 2):
                    sums[found[at]] += found[at + 1]
        scale = 1 / sqrt(rarities or 1)
        logs = [one * scale + more / _SCALE for one, more in zip(sums, self.always, strict=True)]
        return dict(zip(self.classes, _shares(logs), strict=True))

    def weights(self, piece: str) -> tuple[int, ...]:
        """Return the rarity of a piece and what it weighs; nothing if nothing is told of it."""
        first = piece[0]
        known = self.parted.get(first)
        if known is None:
            lines = self._lines(first)
            known = self.parted[first] = dict(line.split("\t", 1) for line in lines)
        told = known.get(piece)
        if told is None:
            return ()
        weights = self.read[piece] = _numbers(told)
        return weights

    def _lines(self, first: str) -> list[str]:
        """Return the lines that begin with a character."""

        def beginning(at: int) -> str:
            return self.told[self.told.rfind("\n", 0, at) + 1]

        places = range(len(self.told))
        start = bisect_left(places, first, key=beginning)
        return self.told[start : bisect_right(places, first, start, key=beginning)].splitlines()


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


def pieces(text: str) -> set[str]:
    """Return the characters, pairs and triples of a text, its ends marked; numbers are all alike."""
    text = _NUMBERS.sub("0", text)
    marked = f"^{text}$"
    runs = (marked[at : at + size] for size in (2, 3) for at in range(len(marked) - size + 1))
    return {*text, *runs}


@cache
def weights(name: str) -> Weights:
    """Return shipped weights of evidence."""
    classes, always, told = _read(name)
    rows = (line.split("\t", 1)[1] for line in told.splitlines())
    return Weights(classes, always, tuple(map(_numbers, rows)))


@cache
def _model(name: str) -> Model:
    """Return a shipped model (read once, about 2 ms)."""
    return Model(*_read(name))


def _read(name: str) -> tuple[tuple[str, ...], tuple[int, ...], str]:
    """Return classes, what is always added, and the other lines of a file."""
    text = files("knowledge.community").joinpath("lists", f"{name}.txt").read_text("utf-8")
    _, head, always, told = text.split("\n", 3)
    return tuple(head.split("\t")[1:]), _numbers(always.split("\t", 1)[1]), told


def _numbers(told: str) -> tuple[int, ...]:
    return tuple(map(int, told.split()))
