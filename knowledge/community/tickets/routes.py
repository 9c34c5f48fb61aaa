"""Who is asked first for a matter: the ladder, the manager of the estate, or both at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from knowledge.community.roster.people import Role
from knowledge.community.tickets.ticket import URGENT, Lane
from knowledge.community.words.wording import entry
from knowledge.files.blocks import split_list

if TYPE_CHECKING:
    from knowledge.community.hood.ladder import Rung
    from knowledge.community.hood.neighbourhood import Neighbourhood

NOBODY: frozenset[str] = frozenset()
MANAGED, SELF_RUN, SHARED = "物管", "自管", "协管"


def asked_first(
    hood: Neighbourhood,
    category: str,
    lane: Lane,
    place_id: str | None,
    away: frozenset[str] = NOBODY,
    *,
    never: frozenset[str] = NOBODY,
) -> tuple[Rung, ...]:
    """Who is asked at once, the owner first; whoever takes it has it. Empty without any ladder.

    Who is away is asked where nobody else is there, none of `never` ever.
    """
    lowest = hood.responsible(place_id, away, never)
    away |= never
    community = _office(hood, place_id, away)
    if category in _codes("社区先办"):
        return _each(community or lowest)
    if category not in _codes("物业先办"):
        return _each(lowest)
    manager = hood.manager(place_id, away)
    if lane in URGENT:
        return _each(lowest, manager)
    estate = hood.estate(place_id)
    management = estate.management if estate else ""
    first = manager if management in (MANAGED, SELF_RUN, SHARED) else None
    return _each(first or lowest, community if management in (SELF_RUN, SHARED) else None)


def _office(hood: Neighbourhood, place_id: str | None, away: frozenset[str]) -> Rung | None:
    """The 社区 of a place."""
    ladder = hood.chain(place_id, away)
    return next((rung for rung in ladder if rung.role is Role.COMMUNITY and rung.person), None)


def _each(*rungs: Rung | None) -> tuple[Rung, ...]:
    """Those with a person, each person once."""
    people = {rung.person: rung for rung in reversed(rungs) if rung is not None and rung.person}
    return tuple(reversed(people.values()))


@cache
def _codes(title: str) -> frozenset[str]:
    field = entry("routes", title).first("类别")
    return frozenset(split_list(field.value)) if field else frozenset()
