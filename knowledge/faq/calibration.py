"""From likeness to one probability that an entry answers a question, and the bars on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.faq.likeness import Likeness

_BIAS = -6.0
_LEAD = 1.0
_WEIGHTS = (3.0, 2.0, 0.6, 2.0, -1.5, -1.0, -1.5, -1.5, -0.5, 2.0)


@dataclass(frozen=True, slots=True)
class Bars:
    """What the confidence must reach (0..1): to answer when asked, unasked, to be offered at all.

    `lead` is how far the second entry must stay behind for a direct answer.
    """

    asked: float = 0.5
    unasked: float = 0.8
    offer: float = 0.12
    lead: float = 0.12


def confidence(like: Likeness, lead: float) -> float:
    """Return 0..1; `lead` is the distance to the best other entry, as a share of this one's rank."""
    total = _BIAS + _LEAD * lead
    total += sum(weight * value for weight, value in zip(_WEIGHTS, like, strict=True))
    return 1 / (1 + exp(-total))
