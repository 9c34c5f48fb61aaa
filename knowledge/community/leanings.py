"""What a message leans to, told by a small linear model where no list knows its words.

Learnt only from sentences written for this project (tests/handlers/training.py writes the file).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, sqrt

_SCALE = 100
"""The file holds hundredths."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """Shares of 0..1 that add up to 1; `talk` is questions and chatter alike."""

    danger: float
    request: float
    swindle: float
    talk: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of each piece of text and of none, in the order of `Leaning`."""

    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def lean(self, text: str) -> Leaning:
        """Return what plain `text` leans to."""
        known = [found for piece in pieces(text) if (found := self.weights.get(piece))]
        share = 1 / sqrt(len(known) + 1)
        sums = [sum(column) * share for column in zip(*known, strict=True)] or [0.0] * len(
            self.bias
        )
        return _shares([one + base for one, base in zip(sums, self.bias, strict=True)])


def pieces(text: str) -> set[str]:
    """Return the characters, pairs and triples of a text, its ends marked."""
    marked = f"^{text}$"
    runs = (marked[at : at + size] for size in (2, 3) for at in range(len(marked) - size + 1))
    return {*text, *runs}


@cache
def model() -> Model:
    """Return the shipped model (read once, about 15 ms)."""
    text = files("knowledge.community").joinpath("lists", "leanings.txt").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    rows = {piece: tuple(int(one) / _SCALE for one in row) for piece, *row in lines}
    bias = rows.pop("")
    return Model(bias, rows)


def _shares(sums: list[float]) -> Leaning:
    top = max(sums)
    grown = [exp(one - top) for one in sums]
    return Leaning(*(one / sum(grown) for one in grown))
