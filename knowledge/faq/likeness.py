"""How alike a question and one wording of an entry are, as a handful of numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf, log1p
from typing import TYPE_CHECKING, NamedTuple

from knowledge.faq.commonness import commonness
from knowledge.faq.tokens import content_of, is_pair, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knowledge.faq.matter import Matter
    from knowledge.faq.subject import Subject, Wording
    from knowledge.faq.tokens import Tokens
    from knowledge.faq.weights import Weights

FORBIDS = 0.55
"""Share of both sides that a question must have in common with a 反例 to count as one."""

LONG = 0.4
"""How strongly the length of a wording counts against it where an entry's best one is chosen."""

ALMOST_EQUAL = 0.6
"""Share of both sides from which one 不 more or less turns the meaning."""

OFF_MATTER = "没有说到它的正题"
"""The conflict of a question that does not name what the entry is about."""


class Likeness(NamedTuple):
    """The features of a question and an entry; shares are 0..1."""

    asked: float
    """Share of the question's weight that the best wording covers."""
    worded: float
    """Share of that wording's weight that the question covers."""
    evidence: float
    """log(1 + the sum of squared weights in common): how much was there to agree on."""
    order: float
    """Longest common subsequence of characters, against the mean length."""
    equal: bool
    """The same words."""
    beyond: float
    """Worth of the rarest word of the wording that the question does not say."""
    told: float = 0.0
    """How much the entry as a whole speaks of the question: 0 to 1, up to 3 where it repeats it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the worth of each of its tokens, and of all together."""

    tokens: Tokens
    worth: Mapping[str, float]
    total: float

    def common(self, tokens: Iterable[str]) -> list[float]:
        """Return what each token is worth that the question shares with these."""
        return [*map(self.worth.__getitem__, self.tokens.all.intersection(tokens))]


class Sayings:
    """Several texts of an entry, side by side: for each token those that say it."""

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        lists: dict[str, list[int]] = defaultdict(list)
        for number, tokens in enumerate(texts):
            for token in tokens:
                lists[token].append(number)
        self._lists, self._count = dict(lists), len(texts)

    def shares(self, asked: Asked) -> list[float]:
        """Return what the tokens are worth together that a question has in common with each text."""
        shares = [0.0] * self._count
        for token in asked.tokens.all & self._lists.keys():
            worth = asked.worth[token]
            for number in self._lists[token]:
                shares[number] += worth
        return shares


class Weighed(NamedTuple):
    """A wording, what its tokens are worth together, and its words, the rarest first.

    What is shared with it counts by its `length`: the long ones share more with any question.
    """

    wording: Wording
    worth: float
    length: float
    words: tuple[str, ...]


def weigh(wording: Wording, weights: Weights) -> Weighed:
    """Weigh a wording: the same for whatever is compared with it."""
    known = commonness()
    words = (one for one in content_of(wording.tokens) if is_pair(one) and known.is_word(one))
    worth = weights.sum(wording.tokens)
    rarest = tuple(sorted(words, key=lambda one: -weights[one]))
    return Weighed(wording, worth, worth**LONG or 1.0, rarest)


def compare(asked: Asked, weighed: Weighed, weights: Weights) -> Likeness:
    """Return the likeness of a question to a wording."""
    wording = weighed.wording
    shared = asked.common(wording.tokens)
    text, common = asked.tokens.text, sum(shared)
    length = len(text) + len(wording.plain) or 1
    beyond = next((one for one in weighed.words if one not in asked.tokens.all), None)
    return Likeness(
        asked=common / (asked.total or 1.0),
        worded=common / (weighed.worth or 1.0),
        evidence=log1p(sum(value * value for value in shared)),
        order=2 * _in_order(text, wording.plain) / length,
        equal=text == wording.plain,
        beyond=weights[beyond] if beyond else 0.0,
    )


def conflict(question: Tokens, subject: Subject, like: Likeness, matter: Matter) -> str:
    """Return why an entry can be no direct answer, in Chinese; "" where nothing speaks against."""
    if like.equal:
        return ""
    if not matter.is_named(question, subject):
        return OFF_MATTER
    return next(_conflicts(question, subject, like), "")


def _conflicts(question: Tokens, subject: Subject, like: Likeness) -> Iterator[str]:
    """Yield what differs: the kind of question, a number, a 不 more or less."""
    ours = wanted(question.kinds)
    if ours and subject.wanted and not ours & subject.wanted:
        yield "问的不是一回事"
    if question.numbers and subject.numbers and not question.numbers & subject.numbers:
        yield "数字不一样"
    signs = {wording.negated for wording in subject.wordings}
    if min(like.asked, like.worded) > ALMOST_EQUAL and question.negated not in signs:
        yield "一个是肯定、一个是否定"


def nearest_forbidden(
    asked: Asked, forbidden: Sequence[Tokens], sayings: Sayings, weights: Weights
) -> float:
    """Return what the question and the nearest 反例 of an entry cover of each other, 0 = near none.

    The product of both shares; beyond any other for the very words.
    """
    nearest = 0.0
    for tokens, common in zip(forbidden, sayings.shares(asked), strict=True):
        if asked.tokens.text == tokens.text:
            return inf
        if common >= FORBIDS * (asked.total or 1.0):
            worded = common / (weights.sum(tokens.all) or 1.0)
            if worded >= FORBIDS:
                nearest = max(nearest, worded * common / (asked.total or 1.0))
    return nearest


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
