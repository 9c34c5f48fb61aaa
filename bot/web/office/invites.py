"""The office's invites: made, printed as a poster, ended; and who came by them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import segno
from aiohttp import web

from bot.web.reach import people_address
from bot.web.visit import NOTHING_HERE
from handlers.actions.people.admitting import vouch
from handlers.actions.people.invites import make_invite, revoke_invite, token_of
from knowledge.community.places.places import PlaceKind
from knowledge.community.refusals import NotFound
from knowledge.store.admissions import admissions, invites
from knowledge.store.rows.admissions import InviteRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit

PEOPLE = (1, 10, 30, 100, 300)
DAYS = (1, 7, 30)
SHOWN = timedelta(days=30)
"""How long an invite that has ended, and who came, stay on the page."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One invite as the office reads it."""

    id: int
    place: str
    used: int
    most: int
    expires_at: datetime
    state: str
    works: bool


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who came; `known` = what the leader said, None = nothing yet."""

    id: str
    name: str
    place: str
    at: datetime
    known: bool | None


async def show(visit: Visit) -> web.Response:
    """Show the form, the invites and who came."""
    made, came = await visit.app.look(lambda session: _rows(visit, session))
    estates = [one for one in visit.hood.places.values() if one.kind is PlaceKind.ESTATE]
    estates = [one for one in estates if one.active]
    grouped = {
        visit.hood.estate(chat.scope) for chat in visit.hood.chats.values() if chat.channel == "web"
    }
    return visit.page(
        "invites.html",
        made=made,
        came=came,
        estates=estates,
        lonely=[one.name for one in estates if one not in grouped],
        people=PEOPLE,
        days=DAYS,
        address=people_address(visit.request, visit.app.rules.page_url),
    )


async def make(visit: Visit) -> web.Response:
    """Make an invite and show its poster."""
    form = await visit.request.post()
    place = str(form.get("place", "")) or None
    most, days = _number(form.get("people"), PEOPLE), _number(form.get("days"), DAYS)
    made = await visit.act(
        lambda work: make_invite(work, visit.me.id, place, most, timedelta(days=days)).id
    )
    return visit.back(f"/admin/invites/{made}")


async def poster(visit: Visit) -> web.Response:
    """Show one invite as a sheet of A5."""
    row, token = await _found(visit)
    address = people_address(visit.request, visit.app.rules.page_url)
    return visit.page(
        "poster.html",
        invite=_shown(visit, row),
        estate=visit.hood.place(row.place_id),
        address=f"{address}/join/{token}" if address else "",
    )


async def code(visit: Visit) -> web.Response:
    """Return the poster's QR code as a picture."""
    _, token = await _found(visit)
    address = people_address(visit.request, visit.app.rules.page_url) or str(
        visit.request.url.origin()
    )
    out = io.BytesIO()
    segno.make(f"{address}/join/{token}", error="m", micro=False).save(
        out, kind="svg", border=2, omitsize=True
    )
    return web.Response(body=out.getvalue(), content_type="image/svg+xml")


async def end(visit: Visit) -> web.Response:
    """End one invite."""
    invite_id = int(visit.request.match_info["invite"])
    await visit.act(lambda work: revoke_invite(work, invite_id, visit.me.id))
    return visit.back("/admin/invites")


async def judge(visit: Visit) -> web.Response:
    """Say whether somebody who came is known; who was sent out by mistake comes back."""
    form = await visit.request.post()
    known = form.get("known") == "yes"
    person = visit.request.match_info["person"]
    await visit.act(lambda work: vouch(work, visit.me.id, person, known=known))
    await visit.app.refresh()
    return visit.back("/admin/invites")


async def _found(visit: Visit) -> tuple[InviteRow, str]:
    invite_id = int(visit.request.match_info["invite"])

    def look(session: Session) -> tuple[InviteRow | None, str]:
        return session.get(InviteRow, invite_id), token_of(session, invite_id)

    row, token = await visit.app.look(look)
    if row is None:
        raise NotFound(NOTHING_HERE)
    return row, token


def _rows(visit: Visit, session: Session) -> tuple[list[Shown], list[Guest]]:
    since = visit.now - SHOWN
    made = [_shown(visit, row) for row in invites(session, since)]
    came = []
    for row in admissions(session, since):
        person = visit.hood.person(row.person_id)
        if person is not None:
            place = visit.hood.home(person)
            came.append(
                Guest(person.id, person.called, _label(visit, place), row.admitted_at, row.known)
            )
    return made, came


def _shown(visit: Visit, row: InviteRow) -> Shown:
    by = visit.hood.person(row.revoked_by)
    states = (
        (row.revoked_at is not None, row.why or (f"{by.called}停用了" if by else "停用了")),
        (row.used >= row.most, "名额用完了"),
        (row.expires_at <= visit.now, "过期了"),
    )
    state = next((word for holds, word in states if holds), "能用")
    place = visit.hood.place(row.place_id)
    name = place.name if place else "所有小区（来的人自己选）"
    return Shown(row.id, name, row.used, row.most, row.expires_at, state, state == "能用")


def _label(visit: Visit, place_id: str | None) -> str:
    estate, label = visit.hood.estate(place_id), visit.hood.label(place_id)
    return f"{estate.name}{label}" if estate and estate.id != place_id else label


def _number(said: object, allowed: tuple[int, ...]) -> int:
    return int(str(said)) if str(said) in map(str, allowed) else allowed[0]
