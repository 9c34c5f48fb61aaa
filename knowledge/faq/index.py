"""Find the entries that a question is likely to mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.faq.calibration import confidence
from knowledge.faq.hearing import Hearing
from knowledge.faq.likeness import Likeness, compare, conflict, is_forbidden
from knowledge.faq.postings import Postings
from knowledge.faq.subject import Subject, Wording, subject_of
from knowledge.faq.tokens import Tokens, content_of, take_apart
from knowledge.faq.weights import ENTRIES, WORDINGS, Weights, sayers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.faq.entry import Entry

CLOSE_LOOK = 8
"""Entries that are compared wording by wording, those that speak most of what is asked."""

SAME_WORDS = 1.0
"""What using the very words of a wording adds to how much an entry speaks of a question."""

VAGUE = 0.4
"""Lead up to which it matters whether the question names more than a common matter."""


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

    def __init__(self, subjects: Mapping[Entry, Subject]) -> None:
        self.subjects = subjects
        self._subjects = tuple(subjects.values())
        said = [subject.said for subject in self._subjects]
        sayers = sayers_of(said)
        self._between_wordings = Weights(sayers, len(said), WORDINGS)
        self._between_entries = Weights(sayers, len(said), ENTRIES)
        self._postings = Postings(said)
        wordings = [one for subject in self._subjects for one in subject.wordings]
        self._hearing = Hearing(one.tokens for one in wordings)
        self._worth = {one.text: self._between_wordings.sum(one.tokens.all) for one in wordings}

    @classmethod
    def build(cls, entries: Iterable[Entry], before: Index | None = None) -> Index:
        """Return the index of these entries; those that `before` has need not be taken apart.

        An entry without a question is found by its answer.
        """
        known = before.subjects if before else {}
        return cls({entry: known.get(entry) or subject_of(entry) for entry in entries})

    def search(self, text: str, limit: int = 3) -> list[Hit]:
        """Return up to `limit` entries, the likeliest first; nothing in common is an empty list."""
        ranked = sorted(self.candidates(text), key=lambda one: -one.rank)
        if not ranked:
            return []
        lead = self._lead(text, ranked)
        return [
            _hit(one, _ahead(one, ranked[0]) if place else lead)
            for place, one in enumerate(ranked[:limit])
        ]

    def _lead(self, text: str, ranked: list[Candidate]) -> float:
        """Return how far the best stands before the next; not at all where the question is vague.

        Vague: it names a matter that another entry is asked for as well, and nothing more.
        """
        best, rest = ranked[0], ranked[1:]
        lead = _ahead(best, rest[0]) if rest else 1.0
        if lead > VAGUE or best.like.equal:
            return lead
        content = content_of(take_apart(text).all)
        named = [self._between_wordings.sum(content & one.subject.asked) for one in ranked]
        return 0.0 if max(named[1:], default=0.0) >= named[0] > 0 else lead

    def candidates(self, text: str) -> list[Candidate]:
        """Return the most promising entries, each with its best wording, in no order."""
        question = self._hearing.correct(take_apart(text))
        weights = self._between_wordings
        asked = {token: self._between_entries[token] for token in question.all}
        found = []
        for number, told in self._postings.told(asked, CLOSE_LOOK).items():
            subject = self._subjects[number]
            wording = self._best(question, subject)
            like = compare(question, wording.tokens, weights)
            if not is_forbidden(question, subject, like, weights):
                like = like._replace(told=told, conflict=conflict(question, subject, like))
                found.append(Candidate(subject, wording, like, told + SAME_WORDS * like.equal))
        return found

    def _best(self, question: Tokens, subject: Subject) -> Wording:
        """Return the wording with which the question shares most of both."""
        weights, worth, asked = self._between_wordings, self._worth, question.all

        def alike(wording: Wording) -> float:
            return float(
                weights.sum(asked & wording.tokens.all) / (worth[wording.text] ** 0.4 or 1)
            )

        return max(subject.wordings, key=alike)


def _ahead(one: Candidate, other: Candidate) -> float:
    return max(-1.0, (one.rank - other.rank) / (one.rank or 1.0))


def _hit(one: Candidate, lead: float) -> Hit:
    subject = one.subject
    score = confidence(one.like, lead)
    return Hit(subject.id, subject.question, score, one.wording.text, lead, one.like.conflict)
