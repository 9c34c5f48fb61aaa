"""How alike a question and one wording of an entry are, as a handful of numbers."""

from __future__ import annotations

from math import log1p, sqrt
from typing import TYPE_CHECKING, NamedTuple

from knowledge.faq.tokens import CLASHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.faq.tokens import Tokens


class Likeness(NamedTuple):
    """The features of one pair; coverages and shares are 0..1, flags are 0 or 1."""

    asked: float
    """Share of the question's weight that the wording covers."""
    worded: float
    """Share of the wording's weight that the question covers."""
    evidence: float
    """log(1 + the sum of squared weights in common): how much was there to agree on."""
    order: float
    """Longest common subsequence of characters, against the mean length."""
    missing: float
    """The heaviest token of the question that the wording lacks, as a share of the question."""
    surplus: float
    """The heaviest token of the wording that the question lacks, as a share of the wording."""
    kinds: float
    """Different kinds of question (when? / why?)."""
    numbers: float
    """Different numbers."""
    negation: float
    """One is negated, the other is not."""
    equal: float
    """The same words."""


def compare(question: Tokens, wording: Tokens, weight: Callable[[str], float]) -> Likeness:
    """Return the likeness of a question to a wording; `weight` says what a token is worth."""
    ours, theirs = question.all, wording.all
    both = {token: weight(token) for token in ours & theirs}
    lacking = [weight(token) for token in ours - theirs]
    spare = [weight(token) for token in theirs - ours]
    common = sum(both.values())
    asked, worded = common + sum(lacking) or 1.0, common + sum(spare) or 1.0
    return Likeness(
        asked=common / asked,
        worded=common / worded,
        evidence=log1p(sum(value * value for value in both.values())),
        order=2
        * _in_order(question.text, wording.text)
        / (len(question.text) + len(wording.text) or 1),
        missing=max(lacking, default=0.0) / asked,
        surplus=max(spare, default=0.0) / worded,
        kinds=float(kinds_clash(question, wording)),
        numbers=float(numbers_clash(question, wording)),
        negation=float(question.negated != wording.negated),
        equal=float(question.text == wording.text),
    )


def standing(like: Likeness) -> float:
    """Return by what candidates are ranked: coverage of both sides times √evidence."""
    return float(like.asked**0.6 * like.worded**0.4 * sqrt(like.evidence))


def kinds_clash(question: Tokens, wording: Tokens) -> bool:
    """Whether both ask for something definite, and not for the same."""
    ours, theirs = question.kinds & CLASHING, wording.kinds & CLASHING
    return bool(ours and theirs and not ours & theirs)


def numbers_clash(question: Tokens, wording: Tokens) -> bool:
    """Whether both name numbers, and none of them is the same."""
    return bool(question.numbers and wording.numbers and not question.numbers & wording.numbers)


def _in_order(first: str, second: str) -> int:
    """Return the length of the longest common subsequence (bit-parallel, after Hyyrö 2004)."""
    where: dict[str, int] = {}
    for at, char in enumerate(first):
        where[char] = where.get(char, 0) | 1 << at
    full = (1 << len(first)) - 1
    row = full
    for char in second:
        hits = row & where.get(char, 0)
        row = (row + hits | row - hits) & full
    return len(first) - row.bit_count()
