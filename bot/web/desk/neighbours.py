"""A leader's own building: who lives there, who has not answered 收到, and leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.actions.notices.receipts import not_yet_answered
from handlers.actions.people.leaves import go_on_leave
from handlers.phrases.leaves import back_at_work, on_leave
from knowledge.community.hood.access import Act, Relation
from knowledge.community.roster.people import LADDER, Role

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.actions.notices.receipts import Missing
    from handlers.work import Work
    from knowledge.community.roster.people import Person

LEAVES = {"1": "今天", "3": "3 天", "7": "一周", "14": "两周"}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One resident as their leader's list shows them; care words are there with consent only."""

    name: str
    door: str
    phone: str
    care: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """One notice with those of the leader's people who have not said 收到."""

    title: str
    households: int
    neighbours: tuple[Neighbour, ...]


async def building(visit: Visit) -> web.Response:
    """Show the people of the leader's places by unit, and who has not answered a notice."""
    units = _by_unit(visit)
    missing = await visit.glance(lambda work: _unanswered(work, visit.me))
    return visit.page("desk_building.html", units=units, missing=missing)


async def leave(visit: Visit) -> web.Response:
    """Show for how long one can be away, and who stands in."""
    return _leave(visit)


async def take_leave(visit: Visit) -> web.Response:
    """请假 for as many days as the pressed button says; 0 = back at work."""
    visit.must(Act.LEAVE_TAKE, frozenset({Relation.OWN}))
    said = str((await visit.request.post()).get("days", ""))
    days = int(said) if said in LEAVES else 0
    until, moved = await visit.act(lambda work: go_on_leave(work, visit.me.id, days))
    await visit.app.refresh()
    return _leave(visit, on_leave(until, _deputy(visit), moved) if days else back_at_work(moved))


def _leave(visit: Visit, told: str = "") -> web.Response:
    away = visit.me.id in visit.app.town.away(visit.now)
    return visit.page("desk_leave.html", deputy=_deputy(visit), away=away, leaves=LEAVES, told=told)


def _deputy(visit: Visit) -> str:
    deputy = visit.hood.person(visit.me.deputy)
    return deputy.called if deputy else ""


def _by_unit(visit: Visit) -> dict[str, list[Neighbour]]:
    """The residents of the places in which the visitor is a leader, by their home."""
    hood, mine = visit.hood, _places(visit.me)
    found: dict[str, list[Neighbour]] = {}
    for place in hood.places:  # in the order of the roster
        if not any(hood.within(place, one) for one in mine):
            continue
        people = [one for one in hood.members_of(place) if hood.home(one) == place]
        residents = [_shown(one) for one in people if one.has(Role.RESIDENT)]
        if residents:
            found[hood.label(place)] = sorted(residents, key=lambda one: one.door)
    return found


def _places(person: Person) -> tuple[str, ...]:
    """Where the person leads; the office above has its own pages."""
    return tuple(place for role in LADDER[:3] for place in person.scopes(role))


def _unanswered(work: Work, me: Person) -> list[Unanswered]:
    return [_told(one) for one in not_yet_answered(work, me)]


def _told(one: Missing) -> Unanswered:
    people = tuple(_shown(person) for person in one.people.values())
    return Unanswered(one.title, one.households, people)


def _shown(person: Person) -> Neighbour:
    return Neighbour(person.called, person.door, person.phone, "、".join(person.care))
