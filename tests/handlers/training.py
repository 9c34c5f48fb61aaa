"""Write the small model of `knowledge.community.leanings`: `python -m tests.handlers.training`.

It learns from the sentences beside this file (never from `unseen.txt`) and from the pack's 问法.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from hashlib import sha256
from math import exp, sqrt
from pathlib import Path

from handlers.intents.plain import plain
from knowledge.community.leanings import pieces
from knowledge.faq.sheet import read_entries
from tests.handlers.samples import rows, sentences

ROOT = Path(__file__).parents[2]
FILE = ROOT / "knowledge" / "community" / "lists" / "leanings.txt"
CLASSES = ("danger", "request", "swindle", "talk")
FILES = {
    "emergencies": "danger",
    "reports": "request",
    "services": "request",
    "frauds": "swindle",
    "calm": "talk",
    "questions": "talk",
    "chatter": "talk",
    "notreports": "talk",
    "notfrauds": "talk",
}
HEARD = {"emergency": "danger", "request": "request", "fraud": "swindle"}
ROUNDS, STEP, DECAY, SEEN = 25, 0.5, 1e-4, 2
"""Passes, first step, weight decay, and how often a piece must occur; chosen on own sentences."""


def examples() -> list[tuple[str, str]]:
    """Return (class, plain text) of every sentence written for this project, `unseen` left out."""
    said = [(kind, plain(text)) for name, kind in FILES.items() for text in sentences(name)]
    return said + [(HEARD.get(label, "talk"), plain(text)) for label, text in rows("heard")]


def stamp() -> str:
    """Return what tells whether the file was learnt from these very sentences."""
    return sha256("\n".join(map("\t".join, examples())).encode()).hexdigest()[:16]


def learn(said: list[tuple[str, str]]) -> dict[str, list[float]]:
    """Return weights by piece, "" for the bias: multinomial logistic regression."""
    counted = Counter(piece for _, text in said for piece in pieces(text))
    known = {piece for piece, count in counted.items() if count >= SEEN}
    taught = [(kind, sorted(pieces(text) & known)) for kind, text in said]
    weights: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(CLASSES))
    chance = random.Random(1)
    for turn in range(ROUNDS):
        chance.shuffle(taught)
        for kind, found in taught:
            _step(weights, found, CLASSES.index(kind), STEP / (1 + 0.3 * turn))
    return weights


def _step(weights: dict[str, list[float]], found: list[str], right: int, pace: float) -> None:
    share, bias = 1 / sqrt(len(found) + 1), weights[""]
    rows_found = [weights[piece] for piece in found]
    sums = [
        bias[number] + share * sum(row[number] for row in rows_found)
        for number in range(len(CLASSES))
    ]
    grown = [exp(one - max(sums)) for one in sums]
    for number, one in enumerate(grown):
        missed = (number == right) - one / sum(grown)
        bias[number] += pace * missed * 0.1
        for row in rows_found:
            row[number] += pace * (missed * share - DECAY * row[number])


def main() -> None:
    """Learn and write the file."""
    entries, _ = read_entries(ROOT / "knowledge" / "pack" / "faq")
    asked = [("talk", plain(text)) for one in entries for text in (one.question, *one.variants)]
    weights = learn(examples() + asked)
    lines = [f"# Hundredths by piece: {' '.join(CLASSES)}. Learnt from {stamp()} and the pack."]
    for piece in sorted(weights):
        numbers = [round(100 * one) for one in weights[piece]]
        if not piece or max(map(abs, numbers)) >= MUTE:
            lines.append("\t".join((piece, *map(str, numbers))))
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


MUTE = 8
"""Hundredths below which a piece says nothing worth shipping."""

if __name__ == "__main__":
    main()
