"""What an entry is about: without any of these words a question is about something else."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from operator import add
from typing import TYPE_CHECKING

from knowledge.faq.tokens import names_matter
from knowledge.faq.words import normalise_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.faq.subject import Subject
    from knowledge.faq.tokens import Tokens

LONGEST_TERM = 3
"""Characters of a keyword up to which its pairs count as words; a longer one is a phrase."""

SEVERAL = 4
"""Wordings from which it shows what an entry is about: the words of two of them."""


class Matter:
    """The short keywords of all entries as pairs, and whether a question speaks of an entry."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        listed = frozenset(chain.from_iterable(one.keywords for one in subjects))
        self._terms = {one: _pairs(one) for one in listed if len(one) <= LONGEST_TERM}
        self._naming: dict[str, frozenset[str]] = {}

    @property
    def terms(self) -> frozenset[str]:
        """All pairs that count as words because an entry lists them."""
        return frozenset().union(*self._terms.values())

    def is_named(self, question: Tokens, subject: Subject) -> bool:
        """Tell whether a question has a short keyword of an entry, or a word of two wordings."""
        naming = self._naming.get(subject.id)
        if naming is None:
            naming = self._naming[subject.id] = self._named_by(subject)
        return not question.all.isdisjoint(naming)

    def _named_by(self, subject: Subject) -> frozenset[str]:
        """Find the tokens that name what an entry is about; kept from the first need."""
        told = Counter(chain.from_iterable(one.tokens for one in subject.wordings))
        often = 2 if len(subject.wordings) >= SEVERAL else 1
        words = (one for one, times in told.items() if times >= often and names_matter(one))
        return frozenset(words).union(*(self._terms.get(one, ()) for one in subject.keywords))


def _pairs(keyword: str) -> frozenset[str]:
    plain = normalise_answer(keyword)
    return frozenset(pair for pair in map(add, plain, plain[1:]) if pair.isalpha())
