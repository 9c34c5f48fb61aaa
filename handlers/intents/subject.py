"""What a request is about where the words of the lists do not tell, or tell it wrongly."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from knowledge.community.tickets.categories import category
from knowledge.community.tickets.ticket import Kind, Lane
from knowledge.community.words.leanings import kinds, lanes, leaning, subjects
from knowledge.community.words.wording import sign

if TYPE_CHECKING:
    from knowledge.community.tickets.categories import Category

SURE, SURE_OF_VAGUE, SURE_OF_URGENT = 0.35, 0.2, 0.6
"""Shares by which a learnt category must lead the one of the lists; chosen on our own sentences."""
_VAGUE_CODES = frozenset({"care", "lost-found", "other-repair", "other-complaint"})
"""Categories whose words may stand in anything."""
_NO_TALK = 0.5
"""Share of talk up to which a matter may be taken for an urgent one."""
_VAGUE = 0.08
"""Share below which nothing better than `_ANYTHING` of its kind is known."""
_SOUND = 0.3
"""How much the sound of a kind counts beside the categories of that kind."""
_TELLING = 6
"""Characters below which a text does not tell what it is about: 要投诉."""
_ANYTHING = {
    Kind.REPAIR: "other-repair",
    Kind.COMPLAINT: "other-complaint",
    Kind.SUGGESTION: "suggestion",
    Kind.HELP: "care",
    Kind.SERVICE: "svc-other",
    Kind.ENQUIRY: "enquiry",
}
IN_HAND = 16
"""Shares remembered: those of the message in hand are asked for three times."""
_MANAGER = "property-service"
"""What the manager leaves undone, once the manager is complained of: not theirs to judge."""


def likeliest_kind(text: str) -> Kind:
    """The likeliest kind of what plain `text` wants, told by its sound and by what it is about."""
    whole = {Kind(kind): share * _SOUND for kind, share in kinds(text).items()}
    for each, share in _shares(text, danger=False).items():
        whole[each.kind] = whole.get(each.kind, 0.0) + share * (1 - _SOUND)
    return max(whole, key=whole.__getitem__)


def likeliest(text: str, kind: Kind) -> Category | None:
    """The likeliest category of that kind, in the likeliest lane if it has any there; never a danger."""
    shares = _shares(text, danger=False)
    found = [each for each in shares if each.kind is kind]
    urgency = lanes(text)
    lane = max(urgency, key=urgency.__getitem__)
    there = [each for each in found if each.lane == lane] or found
    best = max(there, key=shares.__getitem__, default=None)
    return best if best and shares[best] >= _VAGUE else category(_ANYTHING[kind])


def likeliest_danger(text: str) -> Category:
    """The likeliest danger in plain `text`."""
    shares = _shares(text, danger=True)
    return max(shares, key=shares.__getitem__)


def corrected(text: str, listed: Category) -> Category:
    """The category that plain `text` is about: `listed`, unless another is said or much likelier."""
    if sign("投诉物业", "discretion").search(text):
        return category(_MANAGER) or listed
    shares = _shares(text, danger=False)
    if len(text) < _TELLING or listed not in shares:  # what the model has never met it cannot deny
        return listed
    best = max(shares, key=shares.__getitem__)
    if shares[best] - shares[listed] < _lead(listed):
        return listed
    return listed if _is_rash(text, best) else best


@lru_cache(maxsize=IN_HAND)
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
