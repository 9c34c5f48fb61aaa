"""Write the small models of `knowledge.community`: `python -m tests.handlers.training`.

They learn from the sentences beside this file (never from `unseen.txt`), `leanings` from the
pack's 问法 too.
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
LISTS = ROOT / "knowledge" / "community" / "lists"
CLASSES = ("danger", "request", "swindle", "talk")
FILES = {
    "emergencies": "danger",
    "reports": "request",
    "services": "request",
    "asked": "request",
    "frauds": "swindle",
    "calm": "talk",
    "questions": "talk",
    "chatter": "talk",
    "notreports": "talk",
    "notfrauds": "talk",
}
SUBJECTS = ("reports", "services", "asked")
HEARD = {"emergency": "danger", "request": "request", "fraud": "swindle"}
ROUNDS, STEP, DECAY, SEEN = 25, 0.5, 1e-4, 2
"""Passes, first step, weight decay, and how often a piece must occur; chosen on own sentences."""
SURE = 1e-3
"""Error below which a class has nothing to learn from a sentence."""


def examples() -> list[tuple[str, str]]:
    """Return (class, plain text) of every sentence written for this project, `unseen` left out."""
    said = [(kind, plain(text)) for name, kind in FILES.items() for text in sentences(name)]
    heard = (*rows("heard"), *rows("overheard"), *rows("money"))
    return said + [(HEARD.get(label, "talk"), plain(text)) for label, text in heard]


def subjects() -> list[tuple[str, str]]:
    """Return (category, plain text) of every request whose category is known."""
    told = [(row[-2], row[-1]) for name in SUBJECTS for row in rows(name)]
    return [(code, plain(text)) for code, text in told if code != "*"]


def stamp() -> str:
    """Return what tells whether the file was learnt from these very sentences."""
    said = examples() + subjects()
    return sha256("\n".join(map("\t".join, said)).encode()).hexdigest()[:16]


def learn(said: list[tuple[str, str]], classes: tuple[str, ...]) -> dict[str, list[float]]:
    """Return weights by piece, "" for the bias: multinomial logistic regression."""
    counted = Counter(piece for _, text in said for piece in pieces(text))
    known = {piece for piece, count in counted.items() if count >= SEEN}
    taught = [(classes.index(kind), sorted(pieces(text) & known)) for kind, text in said]
    weights: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(classes))
    chance = random.Random(1)
    for turn in range(ROUNDS):
        chance.shuffle(taught)
        for right, found in taught:
            _step(weights, found, right, STEP / (1 + 0.3 * turn))
    return weights


def _step(weights: dict[str, list[float]], found: list[str], right: int, pace: float) -> None:
    share, bias = 1 / sqrt(len(found) + 1), weights[""]
    rows_found = [weights[piece] for piece in found]
    sums = [
        base + share * sum(column)
        for base, column in zip(bias, zip(*rows_found, strict=True), strict=True)
    ]
    grown = [exp(one - max(sums)) for one in sums]
    whole = sum(grown)
    for number, one in enumerate(grown):
        missed = (number == right) - one / whole
        if abs(missed) < SURE:
            continue
        bias[number] += pace * missed * 0.1
        for row in rows_found:
            row[number] += pace * (missed * share - DECAY * row[number])


def main() -> None:
    """Learn and write both files."""
    entries, _ = read_entries(ROOT / "knowledge" / "pack" / "faq")
    asked = [("talk", plain(text)) for one in entries for text in (one.question, *one.variants)]
    _write("leanings", examples() + asked, CLASSES)
    told = subjects()
    _write("subjects", told, tuple(sorted({code for code, _ in told})))


def _write(name: str, said: list[tuple[str, str]], classes: tuple[str, ...]) -> None:
    """Write the classes, then one line by piece: `piece class:hundredths …`, mute ones left out."""
    weights = learn(said, classes)
    lines = [f"# Hundredths by piece and class. Learnt from {stamp()}.", "\t".join(("", *classes))]
    for piece in sorted(weights):
        numbers = [round(100 * one) for one in weights[piece]]
        told = [f"{nth}:{one}" for nth, one in enumerate(numbers) if abs(one) >= MUTE or not piece]
        if told:
            lines.append("\t".join((piece, *told)))
    (LISTS / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


MUTE = 8
"""Hundredths below which a piece says nothing worth shipping."""

if __name__ == "__main__":
    main()
