"""What a message leans to, told by small linear models where no list knows its words.

Learnt only from sentences written for this project (tests/handlers/training.py writes the files).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, sqrt

Weights = tuple[tuple[int, float], ...]
"""(number of a class, weight) for each class that counts."""
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
    """What each piece of text weighs for some of the `classes`; `bias` is always added.

    `told` are the lines of the file in order. Those of one first character are parted when it is
    met, and read where they are met whole: most of 28,000 pieces hardly anybody writes (8 MB, 15 ms).
    """

    classes: tuple[str, ...]
    bias: Weights
    told: str
    parted: dict[str, dict[str, str]] = field(default_factory=dict)
    read: dict[str, Weights] = field(default_factory=dict)

    def lean(self, text: str) -> dict[str, float]:
        """Return the share of each class in plain `text`; together they are 1."""
        read = self.read.get
        known = [found for one in pieces(text) if (found := read(one) or self.weights(one))]
        scale = 1 / sqrt(len(known) + 1)
        sums = [0.0] * len(self.classes)
        for found in known:
            for number, weight in found:
                sums[number] += weight * scale
        for number, weight in self.bias:
            sums[number] += weight
        top = max(sums)
        grown = [exp(one - top) for one in sums]
        whole = sum(grown)
        return {name: one / whole for name, one in zip(self.classes, grown, strict=True)}

    def weights(self, piece: str) -> Weights | None:
        """Return what a piece weighs, None if nothing is told of it."""
        first = piece[0]
        known = self.parted.get(first)
        if known is None:
            lines = self._lines(first)
            known = self.parted[first] = dict(line.split("\t", 1) for line in lines)
        told = known.get(piece)
        if told is None:
            return None
        weights = self.read[piece] = _weights(told)
        return weights

    def _lines(self, first: str) -> list[str]:
        """Return the lines that begin with a character."""

        def beginning(at: int) -> str:
            return self.told[self.told.rfind("\n", 0, at) + 1]

        places = range(len(self.told))
        start = bisect_left(places, first, key=beginning)
        return self.told[start : bisect_right(places, first, start, key=beginning)].splitlines()


@lru_cache(maxsize=_REMEMBERED)
def leaning(text: str) -> Leaning:
    """Return what plain `text` leans to."""
    return Leaning(**_model("leanings").lean(text))


@lru_cache(maxsize=_REMEMBERED)
def subjects(text: str) -> dict[str, float]:
    """Return the share of each category in plain `text`, taken to be a request."""
    return _model("subjects").lean(text)


def pieces(text: str) -> set[str]:
    """Return the characters, pairs and triples of a text, its ends marked."""
    marked = f"^{text}$"
    runs = (marked[at : at + size] for size in (2, 3) for at in range(len(marked) - size + 1))
    return {*text, *runs}


@cache
def _model(name: str) -> Model:
    """Return a shipped model (read once, about 1 ms)."""
    text = files("knowledge.community").joinpath("lists", f"{name}.txt").read_text("utf-8")
    _, head, bias, told = text.split("\n", 3)
    return Model(tuple(head.split("\t")[1:]), _weights(bias), told)


def _weights(told: str) -> Weights:
    return tuple(map(_weight, told.split()))


def _weight(told: str) -> tuple[int, float]:
    number, _, weight = told.partition(":")
    return int(number), int(weight) / _SCALE
