"""Find the entries that a question is likely to mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

from knowledge.faq.calibration import confidence
from knowledge.faq.hearing import Hearing
from knowledge.faq.likeness import Likeness, compare, conflict, is_forbidden
from knowledge.faq.subject import Subject, Wording, subject_of
from knowledge.faq.tokens import Tokens, take_apart
from knowledge.faq.weights import ENTRIES, WORDINGS, Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.faq.entry import Entry

CLOSE_LOOK = 8
"""Entries that are compared wording by wording, those that speak most of what is asked."""

REPEATED = 2.0
"""BM25's k1: how slowly saying a token again stops to count. Its b is 1."""

SAME_WORDS = 1.0
"""What using the very words of a wording adds to how much an entry speaks of a question."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may be meant: `score` is the probability (0..1) that it answers the question.

    `wording` is the one that matched, `lead` (0..1) how far the next entry stays behind;
    `conflict` says in Chinese why it can be no direct answer.
    """

    faq_id: str
    question: str
    score: float
    wording: str = ""
    lead: float = 1.0
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry, its best wording, how alike that is, and by what candidates are ranked."""

    subject: Subject
    wording: Wording
    like: Likeness
    rank: float


class Index:
    """Immutable: the entries taken apart, and for each token those that say it."""

    def __init__(self, subjects: tuple[Subject, ...]) -> None:
        said = [subject.said for subject in subjects]
        self._subjects = subjects
        self._between_wordings = Weights(said, WORDINGS)
        self._between_entries = Weights(said, ENTRIES)
        self._hearing = Hearing(each.tokens for one in subjects for each in one.wordings)
        self._sayers: dict[str, list[tuple[int, float]]] = defaultdict(list)
        mean = sum(one.length for one in subjects) / len(subjects) if subjects else 1.0
        for number, subject in enumerate(subjects):
            often = REPEATED * subject.length / mean
            for token, times in subject.said.items():
                share = times * (1 + REPEATED) / (times + often)
                self._sayers[token].append((number, share))

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> Index:
        """Return the index of these entries; one without a question is found by its answer."""
        return cls(tuple(map(subject_of, entries)))

    def search(self, text: str, limit: int = 3) -> list[Hit]:
        """Return up to `limit` entries, the likeliest first; nothing in common is an empty list."""
        ranked = sorted(self.candidates(text), key=lambda one: -one.rank)
        behind = [one.rank for one in ranked[1:]] + [0.0]
        return [
            _hit(one, ranked[0].rank if place else behind[0])
            for place, one in enumerate(ranked[:limit])
        ]

    def candidates(self, text: str) -> list[Candidate]:
        """Return the most promising entries, each with its best wording, in no order."""
        question = self._hearing.correct(take_apart(text))
        told = self._told(question)
        found = []
        for number in nlargest(CLOSE_LOOK, told, key=told.__getitem__):
            subject = self._subjects[number]
            wording = self._best(question, subject)
            like = compare(question, wording.tokens, self._between_wordings.of)
            if not is_forbidden(question, subject, like, self._between_wordings.of):
                like = like._replace(told=told[number], conflict=conflict(question, subject, like))
                rank = like.told + SAME_WORDS * like.equal
                found.append(Candidate(subject, wording, like, rank))
        return found

    def _told(self, question: Tokens) -> Mapping[int, float]:
        """Return how much each entry speaks of the question (BM25, as a share of the best)."""
        told: dict[int, float] = defaultdict(float)
        weights = {token: self._between_entries.of(token) for token in question.all}
        total = sum(weights.values()) or 1.0
        for token, weight in weights.items():
            share = weight / total
            for number, often in self._sayers.get(token, ()):
                told[number] += share * often
        return told

    def _best(self, question: Tokens, subject: Subject) -> Wording:
        """Return the wording with which the question shares most of both."""
        weights = self._between_wordings

        def alike(wording: Wording) -> float:
            common = weights.sum(question.all & wording.tokens.all)
            return float(common / (weights.sum(wording.tokens.all) ** 0.4 or 1.0))

        return max(subject.wordings, key=alike)


def _hit(one: Candidate, rival: float) -> Hit:
    lead = max(-1.0, (one.rank - rival) / (one.rank or 1.0))
    score = confidence(one.like, lead)
    subject = one.subject
    return Hit(subject.id, subject.question, score, one.wording.text, lead, one.like.conflict)
