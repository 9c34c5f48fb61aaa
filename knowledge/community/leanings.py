"""What a message leans to, told by small linear models where no list knows its words.

Learnt only from sentences written for this project (tests/handlers/training.py writes the files).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, sqrt

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
    """What each piece of text weighs for some of the `classes`; that of "" is always added.

    `told` is as the file says it, and read where it is met: few of its lines ever are.
    """

    classes: tuple[str, ...]
    told: dict[str, str]
    read: dict[str, tuple[tuple[int, float], ...]] = field(default_factory=dict)

    def lean(self, text: str) -> dict[str, float]:
        """Return the share of each class in plain `text`; together they are 1."""
        known = [self.weights(piece) for piece in pieces(text) if piece in self.told]
        scale = 1 / sqrt(len(known) + 1)
        sums = [0.0] * len(self.classes)
        for found in known:
            for number, weight in found:
                sums[number] += weight * scale
        for number, weight in self.weights(""):
            sums[number] += weight
        top = max(sums)
        grown = [exp(one - top) for one in sums]
        whole = sum(grown)
        return {name: one / whole for name, one in zip(self.classes, grown, strict=True)}

    def weights(self, piece: str) -> tuple[tuple[int, float], ...]:
        """Return (number of a class, weight) for a piece that is `told` of, or for ""."""
        found = self.read.get(piece)
        if found is None:
            told = self.told.get(piece, "").split()
            found = self.read[piece] = tuple(map(_weight, told))
        return found


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
    """Return a shipped model (read once, about 10 ms)."""
    text = files("knowledge.community").joinpath("lists", f"{name}.txt").read_text("utf-8")
    _, head, *lines = text.splitlines()
    return Model(tuple(head.split("\t")[1:]), dict(line.split("\t", 1) for line in lines))


def _weight(told: str) -> tuple[int, float]:
    number, _, weight = told.partition(":")
    return int(number), int(weight) / _SCALE
