"""Find the entries that a question is likely to mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING

from knowledge.faq.calibration import confidence
from knowledge.faq.commonness import commonness
from knowledge.faq.likeness import Likeness, compare, standing
from knowledge.faq.tokens import Tokens, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.faq.entry import Entry

CLOSE_LOOK = 12
"""Entries whose likeness is computed in full; the rest is ranked by weight in common only."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may be meant: `score` is the probability (0..1) that it answers the question.

    `wording` is the one that matched; `conflict` says in Chinese why it can be no direct answer.
    """

    faq_id: str
    question: str
    score: float
    wording: str = ""
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask for an entry (its place in the index' list)."""

    entry: int
    text: str
    tokens: Tokens
    weight: float


class Index:
    """Immutable: every entry's wordings, and for each token the wordings that have it."""

    def __init__(self, entries: tuple[Entry, ...], taken: list[tuple[int, str, Tokens]]) -> None:
        self._entries = entries
        self._known = commonness()
        seen: dict[str, set[int]] = defaultdict(set)
        for entry, _, tokens in taken:
            for token in tokens.all:
                seen[token].add(entry)
        self._weights = {token: self._weigh(token, len(ids)) for token, ids in seen.items()}
        self._wordings = [
            Wording(entry, text, tokens, sum(self._weights[token] for token in tokens.all))
            for entry, text, tokens in taken
        ]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, wording in enumerate(self._wordings):
            for token in wording.tokens.all:
                self._places[token].append(place)

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> Index:
        """Return the index of these entries; one without a question is found by its answer."""
        entries = tuple(entries)
        taken = [
            (number, text, take_apart(text))
            for number, entry in enumerate(entries)
            for text in [one for one in entry.wordings if one] or [entry.short or entry.long]
        ]
        return cls(entries, taken)

    def search(self, text: str, limit: int = 3) -> list[Hit]:
        """Return up to `limit` entries, the likeliest first; nothing in common is an empty list."""
        question = take_apart(text)
        likes = {
            place: compare(question, self._wordings[place].tokens, self._weight)
            for place in self._candidates(question)
        }
        ranked = sorted(likes, key=lambda place: -standing(likes[place]))
        return [
            self._hit(place, likes[place], self._lead(place, ranked, likes))
            for place in ranked[:limit]
        ]

    def _candidates(self, question: Tokens) -> list[int]:
        """Return the best wording of each of the most promising entries."""
        common: dict[int, float] = defaultdict(float)
        for token in question.all:
            weight = self._weight(token)
            for place in self._places.get(token, ()):
                common[place] += weight
        best: dict[int, tuple[float, int]] = {}
        for place, weight in common.items():
            wording = self._wordings[place]
            rank = (weight**1.1 * (weight / wording.weight) ** 0.4, place)
            if rank > best.get(wording.entry, (0.0, 0)):
                best[wording.entry] = rank
        return [place for _, place in nlargest(CLOSE_LOOK, best.values())]

    def _lead(self, place: int, ranked: list[int], likes: dict[int, Likeness]) -> float:
        """Return how far a wording stands before the best other one, as a share of its own rank."""
        own = standing(likes[place])
        other = next((one for one in ranked if one != place), None)
        return 1.0 if other is None else (own - standing(likes[other])) / (own or 1.0)

    def _hit(self, place: int, like: Likeness, lead: float) -> Hit:
        wording = self._wordings[place]
        entry = self._entries[wording.entry]
        return Hit(entry.id, entry.question, confidence(like, lead), wording.text, _conflict(like))

    def _weight(self, token: str) -> float:
        known = self._weights.get(token)
        return self._weigh(token, 0) if known is None else known

    def _weigh(self, token: str, entries: int) -> float:
        """Return what a token is worth: rare here, and rare in the language."""
        rarity = log(1 + (len(self._entries) - entries + 0.5) / (entries + 0.5))
        if token[0] == "?":
            return 0.6 * rarity
        if token[0] == "=":
            return 0.5 * rarity
        return float(rarity**0.3 * self._known.weight(token) ** 0.7)


def _conflict(like: Likeness) -> str:
    if like.kinds:
        return "问的不是一回事"
    if like.numbers:
        return "数字不一样"
    return "一个是肯定、一个是否定" if like.negation else ""
