"""What a request is about where the words of the lists do not tell, or tell it wrongly."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from knowledge.community.categories import category
from knowledge.community.leanings import leaning, subjects
from knowledge.community.ticket import Kind, Lane
from knowledge.community.wording import sign

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
_URGENT_LEAD = 0.15
"""Share by which urgent matters together must lead the ordinary of their kind."""
_TELLING = 6
"""Characters below which a text does not tell what it is about: 要投诉."""
_ANYTHING = "other-repair"
_MANAGER = "property-service"
"""What the manager leaves undone, once the manager is complained of: not theirs to judge."""


def likeliest(text: str) -> Category | None:
    """The likeliest category of the likeliest kind and lane in plain `text`; never a danger."""
    shares = _shares(text, danger=False)
    whole: defaultdict[tuple[Kind, Lane], float] = defaultdict(float)
    for each, share in shares.items():
        whole[each.kind, each.lane] += share
    kind = max(whole, key=whole.__getitem__)
    calmer = (kind[0], Lane.P2)
    if kind[1] is Lane.P1 and whole[kind] - whole[calmer] < _URGENT_LEAD:
        kind = calmer
    best = max((each for each in shares if (each.kind, each.lane) == kind), key=shares.__getitem__)
    return best if shares[best] >= _VAGUE else category(_ANYTHING)


def likeliest_danger(text: str) -> Category:
    """The likeliest danger in plain `text`."""
    shares = _shares(text, danger=True)
    return max(shares, key=shares.__getitem__)


def corrected(text: str, listed: Category) -> Category:
    """The category that plain `text` is about: `listed`, unless another is said or much likelier."""
    if sign("投诉物业", "discretion").search(text):
        return category(_MANAGER) or listed
    if len(text) < _TELLING:
        return listed
    shares = _shares(text, danger=False)
    best = max(shares, key=shares.__getitem__)
    if shares[best] - shares.get(listed, 0.0) < _lead(listed):
        return listed
    return listed if _is_rash(text, best) else best


def _shares(text: str, *, danger: bool) -> dict[Category, float]:
    """The shares of the dangers, or of all others, among themselves."""
    shares = subjects(text)
    kept = {each: shares[each.code] for each in _learnt(tuple(shares), danger=danger)}
    whole = sum(kept.values())
    return {each: share / whole for each, share in kept.items()}


@cache
def _learnt(codes: tuple[str, ...], *, danger: bool) -> tuple[Category, ...]:
    """The dangers, or all others, among what the model tells apart."""
    known = filter(None, map(category, codes))
    return tuple(each for each in known if (each.lane is Lane.P0) is danger)


def _is_rash(text: str, best: Category) -> bool:
    """Whether nothing but the likeness speaks for the lane that `best` has."""
    if best.lane is Lane.P1:
        return leaning(text).talk > _NO_TALK
    return best.lane is Lane.P3 and sign("牵头").search(text) is None


def _lead(listed: Category) -> float:
    if listed.lane is Lane.P1:
        return SURE_OF_URGENT
    return SURE_OF_VAGUE if listed.code in _VAGUE_CODES else SURE
