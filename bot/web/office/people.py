"""人员: everybody of the roster, found by name, role or place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.web.forms import cleaned
from knowledge.community.roster.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiohttp import web

    from bot.web.visit import Visit
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.people import Grant, Person

SHOWN = 50
LONGEST = 40
DIGITS = 4
"""Most digits of a page's number, and one."""
GONE = "停用"
"""The filter of those who were disabled."""
MASKED = 4
"""Digits of a phone that are hidden in the middle."""


@dataclass(frozen=True, slots=True)
class Row:
    """A person of the list."""

    person: Person
    phone: str
    held: tuple[str, ...]
    away: bool


async def people_list(visit: Visit) -> web.Response:
    """Show who fits the filter, fifty at a time."""
    query = visit.request.query
    said = {name: cleaned(query.get(name, ""))[:LONGEST] for name in ("q", "role", "place")}
    found = list(_found(visit.hood, **said))
    page = query.get("page", "")
    begin = SHOWN * int(page) if page.isascii() and page.isdigit() and len(page) < DIGITS else 0
    away = visit.app.town.away(visit.now)
    return visit.page(
        "people.html",
        rows=[
            Row(one, masked(one.phone), tuple(spelled(visit.hood, one)), one.id in away)
            for one in found[begin : begin + SHOWN]
        ],
        total=len(found),
        said=said,
        roles=[*Role, GONE],
        begin=begin,
        shown=SHOWN,
    )


def _found(hood: Neighbourhood, q: str, role: str, place: str) -> Iterator[Person]:
    places = {one.id for one in hood.places.values() if place in (one.id, one.name)}
    for person in hood.people.values():
        if person.active == (role == GONE):
            continue
        if role not in ("", GONE) and role not in person.roles:
            continue
        if q and not any(q in one for one in (person.id, person.name, person.title)):
            continue
        if place and not _lies_in(person, places, hood):
            continue
        yield person


def _lies_in(person: Person, places: set[str], hood: Neighbourhood) -> bool:
    return any(hood.within(scope, one) for scope in person.scopes() for one in places)


def spelled(hood: Neighbourhood, person: Person) -> Iterator[str]:
    """Yield each role with the places it covers, in words."""
    for grant in person.grants:
        yield grant_words(hood, grant)


def grant_words(hood: Neighbourhood, grant: Grant) -> str:
    """Return a role with its places: `邻长 · 3栋、4栋`."""
    named = [hood.label_in(None, one) if one in hood.places else one for one in grant.scope]
    return f"{grant.role} · {'、'.join(named)}" if named else f"{grant.role} · 不限范围"


def masked(phone: str) -> str:
    """Return a phone with its middle hidden: 138****1111."""
    if len(phone) <= 2 * MASKED:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * MASKED}{phone[-MASKED:]}"
