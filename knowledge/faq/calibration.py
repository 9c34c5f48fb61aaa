"""From likeness to one probability that an entry answers a question, and the bars on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.faq.likeness import Likeness

SCALE, BIAS = 1.04, -3.36
"""A logistic fitted by `python -m tests.fitting.confidence`: every shipped wording asked for while
left out, as written and slurred, some without their entry, and chatter that we wrote."""

_NEVER = 0.05

SAME_WORDS = 0.99
"""Who asks in the words of the list is answered."""


@dataclass(frozen=True, slots=True)
class Bars:
    """What the confidence must reach (0..1): to answer when asked, unasked, to be offered at all.

    `asked_lead` and `unasked_lead` are how far (0..1) the next entry must stay behind.
    """

    asked: float = 0.57
    unasked: float = 0.6
    offer: float = 0.19
    asked_lead: float = 0.14
    unasked_lead: float = 0.16


def confidence(like: Likeness, lead: float) -> float:
    """Return 0..1; `lead` is the distance to the best other entry, as a share of this one's rank."""
    if like.equal:
        return SAME_WORDS
    total = like.evidence + like.order + 0.5 * (like.told + lead) - 0.1 * like.beyond
    total += 0.1 * log(like.asked + _NEVER) + 0.4 * log(like.worded + _NEVER)
    return 1 / (1 + exp(-(SCALE * total + BIAS)))
