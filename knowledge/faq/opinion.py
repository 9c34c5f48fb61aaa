"""A second opinion on a doubtful question: a model may say which entry is meant, and no more.

It sees the question and the entries that its words may mean; what it picks is one of them or
nothing, so that it can change an order but never a word of an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.faq.index import Hit

OFFERED = 8
"""Entries among which the model picks: as many as the index looks at closely."""

SECOND_VOICE = 4.0
"""By how much the odds of an entry grow when the model picks it: what a voice is worth that picks
the right one of three two times in three, and else any of the others (2/3 against 1/6)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry that may be meant: its 编号, its question, and its wording nearest to the words."""

    faq_id: str
    question: str
    wording: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A question, as it may be shown outside, and the entries that its words may mean."""

    text: str
    offers: tuple[Offer, ...]


class OpinionWanted(Exception):
    """Deciding has to wait: nobody has been asked yet about this question."""

    def __init__(self, doubtful: Doubtful) -> None:
        super().__init__(doubtful)
        self.doubtful = doubtful


class Opinions(Protocol):
    """What the model has said so far."""

    def on(self, doubtful: Doubtful) -> str:
        """Return the 编号 that was picked, "" for none.

        Raises:
            OpinionWanted: nobody has been asked yet.
        """
        ...


def doubtful(shown: str, hits: Sequence[Hit]) -> Doubtful:
    """Return what the model gets to see of a question that found these entries."""
    return Doubtful(shown, tuple(Offer(hit.faq_id, hit.question, hit.wording) for hit in hits))


def heeded(hits: Sequence[Hit], picked: str) -> tuple[Hit, ...]:
    """Return the hits, likeliest first, after a model has picked one of them.

    The first leads by its odds: two that were equal are no longer close.
    """
    voiced = [
        replace(hit, score=_voiced(hit.score)) if hit.faq_id == picked else hit for hit in hits
    ]
    best, *rest = sorted(voiced, key=lambda hit: -hit.score)
    behind = _odds(rest[0].score) if rest else 0.0
    return replace(best, lead=1 - behind / _odds(best.score)), *rest


def _voiced(score: float) -> float:
    odds = SECOND_VOICE * _odds(score)
    return odds / (1 + odds)


def _odds(score: float) -> float:
    return score / (1 - score)
