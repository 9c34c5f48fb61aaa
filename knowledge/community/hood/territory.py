"""Over which places a person's roles reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.hood.access import LEADERS, TABLE
from knowledge.community.roster.people import LADDER, UNSCOPED, Role

if TYPE_CHECKING:
    from knowledge.community.hood.access import Act
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.people import Person


def oversees(person: Person, place_id: str | None, hood: Neighbourhood) -> bool:
    """Tell whether a place lies inside the scope of one of the person's supervising roles."""
    if place_id is None:
        return False
    return any(
        hood.within(place_id, scope)
        for grant in person.grants
        if grant.role in LEADERS | {Role.SUPERVISOR, Role.AUDITOR}
        for scope in grant.scope
    )


def leads(person: Person, place_id: str | None, hood: Neighbourhood) -> bool:
    """Tell whether somebody active holds a rung of the ladder over a place."""
    scopes = (scope for role in LADDER for scope in person.scopes(role))
    return person.active and any(hood.within(place_id, scope) for scope in scopes)


def watches_over(person: Person, place_id: str | None, hood: Neighbourhood) -> bool:
    """Tell whether somebody keeps the 督办 list for a place; without a scope it is everywhere."""
    scopes = person.scopes(Role.SUPERVISOR)
    if not scopes:
        return person.has(Role.SUPERVISOR)
    return any(hood.within(place_id, scope) for scope in scopes)


def reach(person: Person, act: Act, hood: Neighbourhood) -> tuple[str, ...] | None:
    """Return the outermost places over which a person's roles carry an act; None = everywhere."""
    carriers = {role for holders in TABLE[act].values() for role in holders}
    held = [grant for grant in person.grants if grant.role in carriers]
    if any(grant.role in UNSCOPED and not grant.scope for grant in held):
        return None
    scopes = dict.fromkeys(place for grant in held for place in grant.scope)
    return tuple(
        place
        for place in scopes
        if not any(hood.within(place, other) for other in scopes if other != place)
    )
