"""What other systems and passers-by may read of the requests: things, never people."""

from __future__ import annotations

from functools import cache

from knowledge.community.tickets.categories import Category, all_categories
from knowledge.community.tickets.discretion import is_aside

PERSONAL = frozenset(
    {"suicide", "violence", "injury", "missing-person", "sos", "drowning", "pest", "lost-found"}
)
"""Categories about somebody's body, safety or home: not private in the chat, never public."""


def is_public(category: Category) -> bool:
    """Whether requests of this category stand in the public ledger."""
    aside = is_aside(category, category.kind, "")
    return not (aside or category.is_service or category.code in PERSONAL)


@cache
def public_categories() -> dict[str, Category]:
    """The categories of the public ledger by their code."""
    return {one.code: one for one in all_categories() if is_public(one)}
