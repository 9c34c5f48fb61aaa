"""The start page: three phones in a demo, elsewhere the way to one's own pages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.web import membership
from bot.web.keys import PLAY
from bot.web.play import cast_for
from bot.web.reach import REACH
from bot.web.stories import STORIES
from bot.web.tabs import first_page
from bot.web.visit import NOTHING_HERE
from knowledge.community.hood.access import HELPERS, OFFICE, Act, may
from knowledge.community.refusals import NotFound
from knowledge.community.roster.people import Role
from knowledge.store.admissions import guests

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiohttp import web

    from bot.web.stories import Story
    from bot.web.visit import Visit
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.roster.people import Person

WATCHERS = OFFICE | {Role.SUPERVISOR, Role.AUDITOR}
LEAPS = {"1": timedelta(hours=1), "24": timedelta(days=1)}
"""How far the buttons push the clock, by their value in hours."""


async def start(visit: Visit) -> web.Response:
    """Show three phones, or send the signed-in person to their first page."""
    if not visit.plays:
        if visit.person is None:
            return visit.page("sign_in_needed.html")
        return visit.back(first_page(visit.person))
    residents, leaders, offices = await _cast(visit)
    resident = _chosen(visit, "resident", residents)
    near = _near(resident, leaders, visit.hood)
    chosen = {
        "resident": resident,
        "leader": _chosen(visit, "leader", near),
        "admin": _chosen(visit, "admin", offices),
    }
    story = STORIES.get(visit.request.query.get("story", ""))
    passes = {who: visit.identities.pass_of(one.id) for who, one in chosen.items() if one}
    return visit.page(
        "start.html",
        passes=passes,
        chosen=chosen,
        casts={"resident": residents, "leader": near, "admin": offices},
        pages=_pages(visit, story, chosen),
        stories=STORIES,
        play=visit.request.app[PLAY],
        lan=visit.request.app[REACH].address,
    )


async def play(visit: Visit) -> web.Response:
    """演一遍: begin a story and show the phones on the pages where it happens."""
    if not visit.plays:
        raise NotFound(NOTHING_HERE)
    said = str((await visit.request.post()).get("story", ""))
    residents, leaders, _ = await _cast(visit)
    if said not in STORIES or not residents or not leaders:
        return visit.back("/")
    players = cast_for(residents[0], leaders[0], visit.hood)
    if players is None:
        return visit.back("/")
    await visit.request.app[PLAY].start(STORIES[said], players)
    return visit.back(f"/?story={said}")


async def caption(visit: Visit) -> web.Response:
    """Return what is happening in the story now."""
    if not visit.plays:
        raise NotFound(NOTHING_HERE)
    return visit.page("piece_caption.html", play=visit.request.app[PLAY], ticking=True)


async def advance(visit: Visit) -> web.Response:
    """Let an hour or a day pass; only a demo has a clock that can be pushed."""
    if not visit.plays:
        raise NotFound(NOTHING_HERE)
    said = str((await visit.request.post()).get("hours", ""))
    await visit.request.app[PLAY].break_off()
    await visit.app.advance(LEAPS.get(said, LEAPS["1"]))
    if visit.partial:
        return visit.page("piece_clock.html")
    return visit.back("/")


async def _cast(visit: Visit) -> tuple[list[Person], list[Person], list[Person]]:
    """The people whom a visitor can be; nobody who came by an invite, they are themselves."""
    came = await visit.app.look(guests)
    residents, leaders, offices = cast(visit.hood)
    return [one for one in residents if one.id not in came], leaders, offices


def cast(hood: Neighbourhood) -> tuple[list[Person], list[Person], list[Person]]:
    """Return residents, those to whom their matters come, and office people whom a visitor can be.

    Who has most groups comes first, an older person among equals; the first leader is theirs.
    """
    people = [person for person in hood.people.values() if person.active]
    leaders = [person for person in people if person.has(Role.NEIGHBOUR_LEADER)]
    residents = [person for person in people if person.roles == {Role.RESIDENT}]
    offices = [person for person in people if person.has(Role.ADMIN)]
    offices += [one for one in people if one.roles & WATCHERS and one not in offices]
    leaders += [one for one in people if one.roles & HELPERS and one not in (*leaders, *offices)]
    residents.sort(key=lambda one: (-len(membership.groups_of(one, hood)), not one.care))
    return residents, _near(residents[0] if residents else None, leaders, hood), offices


def _near(resident: Person | None, leaders: list[Person], hood: Neighbourhood) -> list[Person]:
    """Return the leaders, those of the resident's own house first: their task comes there."""
    if resident is None:
        return leaders
    groups = {group.id for group in membership.groups_of(resident, hood)}
    return sorted(leaders, key=lambda one: _distance(one, resident, groups, hood))


def _pages(visit: Visit, story: Story | None, chosen: dict[str, Person | None]) -> dict[str, str]:
    """Return what each phone shows first."""
    resident, leader, office = chosen["resident"], chosen["leader"], chosen["admin"]
    home = "/admin" if office is None or may(office, Act.FAQ_READ) else first_page(office)
    pages = {"resident": "/chat", "leader": "/desk", "admin": home}
    players = cast_for(resident, leader, visit.hood) if story and resident and leader else None
    if story is None or resident is None or leader is None or players is None:
        return pages
    private = membership.private_chat(resident, visit.hood).id
    pages["resident"] = f"/chat/{private if story.in_private else players.group}"
    if not story.desk:
        pages["leader"] = f"/chat/{membership.private_chat(leader, visit.hood).id}"
    pages["admin"] = story.office if home == "/admin" else home
    return pages


def _distance(
    leader: Person, resident: Person, near: Iterable[str], hood: Neighbourhood
) -> tuple[bool, bool]:
    """Order leaders: one's own first, then those of the same groups."""
    home = hood.home(resident)
    own = any(hood.within(home, scope) for scope in leader.scopes(Role.NEIGHBOUR_LEADER))
    shared = {group.id for group in membership.groups_of(leader, hood)} & set(near)
    return not own, not shared


def _chosen(visit: Visit, which: str, people: list[Person]) -> Person | None:
    wanted = visit.request.query.get(which, "")
    return next((one for one in people if one.id == wanted), people[0] if people else None)
