"""Which matters are settled aside: never in a group, where the one complained of may read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from knowledge.community.tickets.ticket import Kind, Lane
from knowledge.community.words.wording import entry, sign
from knowledge.files.blocks import split_list

if TYPE_CHECKING:
    from knowledge.community.tickets.categories import Category


def is_aside(category: Category, kind: Kind, text: str) -> bool:
    """Whether a matter, said in plain `text`, goes on in the private chat only."""
    if category.private or sign("家里动手", "discretion").search(text):
        return True
    if kind in _CARING and category.lane is not Lane.P0:
        return sign("要人照看", "discretion").search(text) is not None
    return kind is Kind.COMPLAINT and _complains_of_somebody(category, text)


def _complains_of_somebody(category: Category, text: str) -> bool:
    """Whether the one complained of may be hurt by it; without words nobody can tell."""
    if sign("明说投诉", "discretion").search(text):
        return True
    if category.code in _listed("说到人家"):
        return not text or sign("说到人家", "discretion").search(text) is not None
    return category.code not in _listed("人人有份")


_CARING = frozenset({Kind.HELP, Kind.SERVICE})
"""Kinds that tell of somebody who lives alone or cannot see to himself."""


@cache
def _listed(title: str) -> frozenset[str]:
    """Complaints about nobody in particular: always, or unless the words point at somebody."""
    field = entry("discretion", title).first("类别")
    return frozenset(split_list(field.value)) if field else frozenset()
