"""One person of the roster: roles, leave, accounts; every change can be put back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.web.forms import cleaned
from bot.web.office.audit import row_of
from bot.web.office.people import grant_words, masked
from bot.web.reach import people_address
from bot.web.visit import NOTHING_HERE
from handlers.actions.auditing import note
from handlers.actions.people import changing
from handlers.actions.people.leaves import go_on_leave, leave_days
from handlers.actions.people.signing import invite
from knowledge.community.hood.access import HELPERS, Act
from knowledge.community.refusals import NotFound, Refusal
from knowledge.community.roster.people import Role
from knowledge.files.blocks import split_list
from knowledge.store.auditlog import Wanted, lines
from knowledge.store.rows.audit import RosterChangeRow
from knowledge.store.rows.roster import PersonRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.web.office.audit import Row
    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import Place
    from knowledge.community.roster.people import Person
    from knowledge.store.auditlog import Line

    Deed = Callable[[Work, str, str, dict[str, str]], None]

TOLD = 20
"""Lines of the person's own history."""
LOOKED_THROUGH = 30
"""Newest changes of the roster among which the person's last one is looked for."""
LONGEST = 120
OFFERED = 500
"""Places and people of a list to pick from; in a bigger town one writes the id."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of a person beside the roster."""

    away_until: datetime | None
    history: list[Row]
    change: int | None
    """The newest change of the roster that touched the person: it can be put back."""


async def show(
    visit: Visit,
    trouble: str = "",
    status: int = 200,
    *,
    phone: str = "",
    link: str = "",
    near: bool = False,
) -> web.Response:
    """Show the person; phones are masked unless just asked for, an address stands there once."""
    person = _person(visit)
    known = await visit.app.look(lambda session: _known(visit, session, person.id))
    may_edit = visit.can(Act.ROSTER_EDIT)
    deputy = visit.hood.person(person.deputy)
    return visit.page(
        "person.html",
        status=status,
        person=person,
        held=[(one, grant_words(visit.hood, one)) for one in person.grants],
        phone=phone or masked(person.phone),
        bare=bool(phone),
        known=known,
        away=known.away_until is not None and known.away_until > visit.now,
        deputy=deputy,
        roles=list(Role),
        link=link,
        near=near,
        code=_code(link),
        trouble=trouble,
        done="done" in visit.request.query,
        may_edit=may_edit,
        places=_places(visit.hood) if may_edit else (),
        helpers=_helpers(visit.hood, person) if may_edit else (),
        accounts=[(where, account if may_edit else "") for where, account in person.accounts],
        own=person.id == visit.me.id,
    )


async def change(visit: Visit) -> web.Response:
    """Do what one of the forms says; what cannot be done is said on top."""
    person = _person(visit)
    form = await visit.request.post()
    said = {name: cleaned(str(value))[:LONGEST] for name, value in form.items()}
    deed = DEEDS.get(said.get("do", ""))
    if deed is None:
        return await show(visit, NOTHING_HERE, 409)
    try:
        await visit.act(lambda work: deed(work, visit.me.id, person.id, said))
    except Refusal as refusal:
        return await show(visit, refusal.say, 409)
    await visit.app.refresh()
    return visit.back(f"/admin/people/{person.id}?done=1")


async def phone(visit: Visit) -> web.Response:
    """Show the whole number once; that somebody looked is written down."""
    person = _person(visit)
    await visit.act(lambda work: note(work, visit.me.id, "person.phone", person.id))
    return await show(visit, phone=person.phone)


async def link(visit: Visit) -> web.Response:
    """Make a one-time sign-in address and show it, once, with a code for a phone's camera."""
    person = _person(visit)
    try:
        token = await visit.act(lambda work: invite(work, person.id, visit.me.id))
    except Refusal as refusal:
        return await show(visit, refusal.say, 409)
    root = people_address(visit.request, visit.app.rules.page_url)
    return await show(visit, link=f"{root or visit.request.url.origin()}/in/{token}", near=not root)


def _places(hood: Neighbourhood) -> list[tuple[str, str]]:
    """Return what may be picked as a scope, by id and in words."""
    active = [place for place in hood.places.values() if place.active][:OFFERED]
    return [(place.id, _in_words(hood, place)) for place in active]


def _in_words(hood: Neighbourhood, place: Place) -> str:
    estate = hood.estate(place.id)
    around = f"{estate.name} " if estate is not None and estate.id != place.id else ""
    return f"{around}{hood.label(place.id)}"


def _helpers(hood: Neighbourhood, person: Person) -> list[tuple[str, str]]:
    """Return who may stand in for somebody, by id and name."""
    others = (one for one in hood.people.values() if one.active and one.id != person.id)
    return [(one.id, one.called) for one in others if one.roles & HELPERS][:OFFERED]


def _person(visit: Visit) -> Person:
    person = visit.hood.person(visit.request.match_info["person"])
    if person is None:
        raise NotFound(NOTHING_HERE)
    return person


def _known(visit: Visit, session: Session, person_id: str) -> Known:
    row = session.get(PersonRow, person_id)
    found: list[Line] = []
    if visit.can(Act.AUDIT_READ):
        found = lines(session, Wanted(frozenset({person_id})), TOLD)
    told = [row_of(line, visit.hood) for line in found]
    newest = session.execute(
        select(RosterChangeRow.id, RosterChangeRow.after)
        .order_by(RosterChangeRow.id.desc())
        .limit(LOOKED_THROUGH)
    )
    change = next((one.id for one in newest if person_id in one.after.get("people", {})), None)
    return Known(row.away_until if row else None, told, change)


def _code(link: str) -> str:
    """Return the address as a picture in a data address, "" for none."""
    if not link:
        return ""
    import segno

    return str(segno.make(link, error="m").svg_data_uri(scale=5, border=2))


def _give(work: Work, who: str, person_id: str, said: dict[str, str]) -> None:
    places = tuple(split_list(said.get("places", "")))
    changing.give_role(work, who, person_id, said.get("role", ""), places)


def _take(work: Work, who: str, person_id: str, said: dict[str, str]) -> None:
    places = tuple(split_list(said.get("places", "")))
    changing.take_role(work, who, person_id, said.get("role", ""), places)


def _leave(work: Work, who: str, person_id: str, said: dict[str, str]) -> None:
    days = said.get("days", "")
    go_on_leave(work, person_id, 0 if days == "0" else leave_days(f"{days}天"))
    note(work, who, "person.leave", person_id, f"{days or 1} 天")


DEEDS: dict[str, Deed] = {
    "give": _give,
    "take": _take,
    "leave": _leave,
    "disable": lambda work, who, person_id, _: changing.disable(work, who, person_id),
    "enable": lambda work, who, person_id, _: changing.enable(work, who, person_id),
    "deputy": lambda work, who, person_id, said: changing.set_deputy(
        work, who, person_id, said.get("deputy", "")
    ),
    "unlink": lambda work, who, person_id, said: changing.unlink(
        work, who, person_id, said.get("channel", ""), said.get("account", "")
    ),
}
"""The forms of the page by the word in their button."""
