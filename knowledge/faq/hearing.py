"""Hear what was meant: 搞龄补贴 is 高龄补贴 to whoever reads it aloud."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.faq.commonness import commonness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.faq.tokens import Tokens

MEANINGS = 2
"""A sound with more words than this among the entries says nothing."""


class Hearing:
    """The words among the entries by their sound; homophones and near sounds are slips."""

    def __init__(self, questions: Iterable[Tokens]) -> None:
        self._meant: dict[str, set[str]] = defaultdict(set)
        self._written: set[str] = set()
        for tokens in questions:
            for pair, sound in tokens.sounds.items():
                self._written.add(pair)
                if commonness().is_word(pair):
                    self._meant[sound].add(pair)

    def correct(self, question: Tokens) -> Tokens:
        """Replace each pair that is no word, neither here nor anywhere, by the word it sounds like."""
        known = commonness()
        tokens = set(question.all)
        for pair, sound in question.sounds.items():
            meant = self._meant.get(sound, ())
            if not 0 < len(meant) <= MEANINGS or pair in self._written or known.is_word(pair):
                continue
            tokens.discard(pair)
            for word in meant:
                tokens.update((word, *word))
        return replace(question, all=frozenset(tokens))
