"""Hear what was meant: 搞龄补贴 is 高龄补贴 to whoever reads it aloud."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.faq.commonness import commonness
from knowledge.faq.tokens import is_pair

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.faq.tokens import Tokens

GRAMMAR = frozenset("怎么什吗呢的了是我你他她它有没不在个啊吧嘛呀咯就都也还要这那哪几和跟把被")
"""Signs that hold sentences together: 好吗 is no slip of 号码."""

MEANINGS = 2
"""A sound with more words than this among the entries says nothing."""


class Hearing:
    """The words among the entries by their sound; homophones and near sounds are slips.

    `terms` are pairs that count as words because an entry lists them (狗证), whatever the language.
    """

    def __init__(self, tokens: Iterable[str], terms: frozenset[str] = frozenset()) -> None:
        self._meant: dict[str, list[str]] = defaultdict(list)
        self._written = frozenset(filter(is_pair, tokens)) | terms
        known = commonness()
        for pair in self._written:
            if pair in terms or known.is_word(pair):
                self._meant[known.sound(pair)].append(pair)

    def correct(self, question: Tokens) -> Tokens:
        """Replace each pair that is no word, neither here nor anywhere, by the word it sounds like."""
        known = commonness()
        tokens = set(question.all)
        for pair in filter(is_pair, question.all - self._written):
            if not GRAMMAR.isdisjoint(pair):
                continue
            meant = self._meant.get(known.sound(pair), ())
            if not 0 < len(meant) <= MEANINGS or known.is_word(pair):
                continue
            tokens.discard(pair)
            for word in meant:
                tokens.update((word, *word))
        return replace(question, all=frozenset(tokens)) if tokens != question.all else question
