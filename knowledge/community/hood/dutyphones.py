"""Phones that the roster tells everybody on purpose: what stands under 值班."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.privacy import mobiles
from knowledge.community.roster.people import LADDER, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.community.roster.people import Person

ON_DUTY = frozenset({*LADDER, Role.PROPERTY})
"""Whose 值班 is an office's: a resident has none, whatever stands in that column."""


def duty_phones(people: Iterable[Person]) -> frozenset[str]:
    """The mobile numbers under 值班 of those who see to the neighbourhood."""
    serving = (each for each in people if each.duty and each.active and each.roles & ON_DUTY)
    return frozenset[str]().union(*(mobiles(each.duty) for each in serving))
