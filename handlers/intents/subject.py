"""What a request is about where the words of the lists do not tell, or tell it wrongly."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.community.categories import category
from knowledge.community.leanings import leaning, subjects
from knowledge.community.ticket import Kind, Lane

if TYPE_CHECKING:
    from knowledge.community.categories import Category

SURE, SURE_OF_VAGUE, SURE_OF_URGENT = 0.35, 0.2, 0.6
"""Shares by which a learnt category must lead the one of the lists; chosen on our own sentences."""
_VAGUE_CODES = frozenset({"care", "lost-found", "other-repair", "other-complaint"})
"""Categories whose words may stand in anything."""
_NO_TALK = 0.5
"""Share of talk up to which a matter may be taken for an urgent one."""
_VAGUE = 0.08
"""Share below which nothing better than a repair of some kind is known."""
_TELLING = 6
"""Characters below which a text does not tell what it is about: 要投诉."""
_ANYTHING = "other-repair"


def likeliest(text: str) -> Category | None:
    """The likeliest category of the likeliest kind and lane in plain `text`."""
    shares = {each: share for code, share in subjects(text).items() if (each := category(code))}
    whole: defaultdict[tuple[Kind, Lane], float] = defaultdict(float)
    for each, share in shares.items():
        whole[each.kind, each.lane] += share
    kind = max(whole, key=whole.__getitem__)
    best = max((each for each in shares if (each.kind, each.lane) == kind), key=shares.__getitem__)
    return best if shares[best] >= _VAGUE else category(_ANYTHING)


def corrected(text: str, listed: Category) -> Category:
    """The category that plain `text` is about: `listed`, unless another is much likelier."""
    if len(text) < _TELLING:
        return listed
    shares = subjects(text)
    best = category(max(shares, key=shares.__getitem__))
    if best is None or shares[best.code] - shares.get(listed.code, 0.0) < _lead(listed):
        return listed
    return listed if best.lane is Lane.P1 and leaning(text).talk > _NO_TALK else best


def _lead(listed: Category) -> float:
    if listed.lane is Lane.P1:
        return SURE_OF_URGENT
    return SURE_OF_VAGUE if listed.code in _VAGUE_CODES else SURE
