"""Find the entries that a question is likely to mean."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, chain, islice
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from knowledge.faq.calibration import confidence
from knowledge.faq.hearing import Hearing
from knowledge.faq.likeness import (
    Asked,
    Likeness,
    Sayings,
    Weighed,
    compare,
    conflict,
    nearest_forbidden,
    weigh,
)
from knowledge.faq.matter import Matter
from knowledge.faq.postings import Postings
from knowledge.faq.subject import Subject, Wording, subject_of
from knowledge.faq.tokens import content_of, take_apart
from knowledge.faq.weights import ENTRIES, WORDINGS, Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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


class Candidate(NamedTuple):
    """An entry, how much it speaks of the question (0 to 3), and whether in its very words."""

    subject: Subject
    told: float
    equal: bool

    @property
    def rank(self) -> float:
        """By what candidates are ranked."""
        return self.told + SAME_WORDS * self.equal


class Closest(NamedTuple):
    """The wording of an entry that is most like the question, and how alike it is."""

    wording: Wording
    like: Likeness


class Reckoned(NamedTuple):
    """What is reckoned of an entry when it first comes close to a question."""

    wordings: tuple[Weighed, ...]
    asked: Sayings
    """The tokens of the wordings."""
    forbidden: Sayings
    content: frozenset[str]
    """All tokens of the wordings that name a matter."""


class Index:
    """Immutable: the entries taken apart, and for each token those that say it."""

    def __init__(self, subjects: Mapping[Entry, Subject]) -> None:
        self.subjects = subjects
        self._subjects = tuple(subjects.values())
        self._postings = Postings([subject.said for subject in self._subjects])
        sayers, size = self._postings.sayers, len(self._subjects)
        self._between_wordings = Weights(sayers, size, WORDINGS)
        self._between_entries = Weights(sayers, size, ENTRIES)
        self._matter = Matter(self._subjects)
        self._hearing = Hearing(_asked(self._subjects), self._matter.terms)
        self._reckoned: dict[str, Reckoned] = {}

    @classmethod
    def build(cls, entries: Iterable[Entry], known: Mapping[Entry, Subject] | None = None) -> Index:
        """Return the index of these entries; those that are `known` need not be taken apart.

        An entry without a question is found by its answer.
        """
        known = known or {}
        return cls({entry: known.get(entry) or subject_of(entry) for entry in entries})

    def search(self, text: str, limit: int = 3) -> list[Hit]:
        """Return up to `limit` entries, the likeliest first; nothing in common is an empty list."""
        asked = self._heard(text)
        ranked = iter(sorted(self._candidates(asked), key=lambda one: -one.rank))
        best = [*islice(self._free(asked, ranked), limit)]
        if not best:
            return []
        leads = [self._lead(asked, best, ranked), *(_ahead(one, best[0]) for one in best[1:])]
        closest = [self._closest(asked, one) for one in best]
        # What stands behind another cannot be likelier than that.
        scores = accumulate(map(confidence, (one.like for one in closest), leads), min)
        subjects = (one.subject for one in best)
        return [
            self._hit(asked, *each) for each in zip(subjects, closest, scores, leads, strict=True)
        ]

    def _heard(self, text: str) -> Asked:
        tokens = self._hearing.correct(take_apart(text))
        worth = {token: self._between_wordings[token] for token in tokens.all}
        return Asked(tokens, worth, sum(worth.values()))

    def _lead(self, asked: Asked, best: list[Candidate], others: Iterator[Candidate]) -> float:
        """Return how far the first stands before the next; not at all where the question is vague.

        Vague: it names a matter that another entry is asked for as well, and nothing more.
        """
        first, rest = best[0], best[1:] or [*islice(self._free(asked, others), 1)]
        lead = _ahead(first, rest[0]) if rest else 1.0
        if lead > VAGUE or first.equal:
            return lead
        named = self._named(asked, first)
        rivals = (one for one in chain(rest, others) if self._named(asked, one) >= named)
        return 0.0 if named > 0 and any(self._free(asked, rivals)) else lead

    def _named(self, asked: Asked, one: Candidate) -> float:
        """Return what the tokens are worth by which the question names a matter of the entry."""
        return fsum(asked.common(self._reckon(one.subject).content))

    def _hit(
        self, asked: Asked, subject: Subject, closest: Closest, score: float, lead: float
    ) -> Hit:
        against = conflict(asked.tokens, subject, closest.like, self._matter)
        return Hit(subject.id, subject.question, score, closest.wording.text, lead, against)

    def _candidates(self, asked: Asked) -> Iterator[Candidate]:
        """Yield the entries that speak most of what is asked."""
        worth = {token: self._between_entries[token] for token in asked.tokens.all}
        for number, told in self._postings.told(worth, CLOSE_LOOK).items():
            subject = self._subjects[number]
            equal = asked.tokens.text in [one.plain for one in subject.wordings]
            yield Candidate(subject, told, equal)

    def _free(self, asked: Asked, ranked: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield those of the entries that are not kept from the question."""
        return (one for one in ranked if not self._is_forbidden(asked, one))

    def _is_forbidden(self, asked: Asked, one: Candidate) -> bool:
        """Whether the question is like a 反例 of the entry, and more so than like any wording."""
        forbidden = one.subject.forbidden
        sayings = self._reckon(one.subject).forbidden
        nearest = nearest_forbidden(asked, forbidden, sayings, self._between_wordings)
        if not nearest:
            return False
        like = self._closest(asked, one).like
        return nearest > like.asked * like.worded

    def _closest(self, asked: Asked, one: Candidate) -> Closest:
        reckoned = self._reckon(one.subject)
        shared = [*zip(reckoned.wordings, reckoned.asked.shares(asked), strict=True)]
        if one.equal:
            shared = [each for each in shared if each[0].wording.plain == asked.tokens.text]
        closest, _ = max(shared, key=_alike)
        like = compare(asked, closest, self._between_wordings)
        return Closest(closest.wording, like._replace(told=one.told))

    def _reckon(self, subject: Subject) -> Reckoned:
        """Weigh the wordings of an entry; kept from the first need."""
        reckoned = self._reckoned.get(subject.id)
        if reckoned is None:
            said = [one.tokens for one in subject.wordings]
            reckoned = self._reckoned[subject.id] = Reckoned(
                tuple(weigh(one, self._between_wordings) for one in subject.wordings),
                Sayings(said),
                Sayings([one.all for one in subject.forbidden]),
                content_of(chain.from_iterable(said)),
            )
        return reckoned


def _asked(subjects: Iterable[Subject]) -> frozenset[str]:
    return frozenset(chain.from_iterable(one.tokens for it in subjects for one in it.wordings))


def _alike(one: tuple[Weighed, float]) -> float:
    """Return how much a question shares with a wording, for choosing among an entry's."""
    weighed, share = one
    return share / weighed.length


def _ahead(one: Candidate, other: Candidate) -> float:
    return max(-1.0, (one.rank - other.rank) / (one.rank or 1.0))
