"""What a request is about where the words of the lists do not tell, or tell it wrongly."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.community.categories import category
from knowledge.community.leanings import subjects
from knowledge.community.ticket import Kind, Lane
from knowledge.community.wording import sign

if TYPE_CHECKING:
    from knowledge.community.categories import Category

SURE = 0.35
"""Share by which a learnt category must lead the one of the lists; chosen on our own sentences."""
_VAGUE = 0.08
"""Share below which nothing better than a repair of some kind is known."""
_TELLING = 6
"""Characters below which a text does not tell what it is about: 要投诉."""
_ANYTHING = "other-repair"
_MANAGER = "property-service"
"""What the manager leaves undone, once the manager is complained of: not theirs to judge."""


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
    """The category that plain `text` is about: `listed`, unless another is said or much likelier."""
    if sign("投诉物业", "discretion").search(text):
        return category(_MANAGER) or listed
    if len(text) < _TELLING or listed.lane is Lane.P1:
        return listed
    shares = subjects(text)
    best = max(shares, key=shares.__getitem__)
    if shares[best] - shares.get(listed.code, 0.0) < SURE:
        return listed
    return category(best) or listed
