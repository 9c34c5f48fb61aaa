"""Coming in by an invite: a place, picked with big buttons, then one sentence and one button."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.web import membership
from bot.web.forms import cleaned
from bot.web.sign_in import sign_in
from bot.web.visit import NOTHING_HERE
from handlers.actions.people.admitting import Newcomer, admit, homes
from handlers.actions.people.invites import find_invite
from handlers.actions.people.recognising import recognised
from handlers.phrases.admissions import LISTED, NO_PLACES, NO_SUCH_PLACE, SPENT, STALE
from knowledge.community.places.places import PlaceKind
from knowledge.community.refusals import NotFound, Outdated, Refusal, Unclear

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.community.places.places import Place

_ONCE = re.compile(r"[0-9a-f-]{32,64}")


async def come(visit: Visit) -> web.Response:
    """Show what is to be picked next, and the form when the place is known."""
    if visit.person is not None:
        spare = await visit.glance(lambda work: _is_spare(visit, work))
        return visit.page("admitted.html", to=_first_chat(visit, visit.me.id), spare=spare)
    return await _show(visit, visit.request.query.get("at"))


async def enter(visit: Visit) -> web.Response:
    """Let the neighbour in; what will not do is said beside the form, which keeps its words."""
    if visit.person is not None:
        return visit.back(_first_chat(visit, visit.me.id))
    form = await visit.request.post()
    place, once = str(form.get("at", "")), str(form.get("uuid", ""))
    name, phone = (cleaned(str(form.get(field, ""))) for field in ("name", "phone"))
    if not _ONCE.fullmatch(once):
        raise Unclear(STALE)
    newcomer = Newcomer(place, name, "" if visit.app.demo else phone, once)
    token = visit.request.match_info["token"]
    if await visit.act(lambda work: recognised(work, find_invite(work, token), newcomer.phone)):
        return await _show(visit, place, name=name, phone=phone, once=once, trouble=LISTED)
    try:
        secret = await visit.act(lambda work: admit(work, find_invite(work, token), newcomer))
    except Unclear as refusal:
        return await _show(visit, place, name=name, phone=phone, once=once, trouble=refusal.say)
    await visit.app.refresh()
    return sign_in(visit, secret, await _landing(visit, secret))


async def _landing(visit: Visit, secret: str) -> str:
    identity = await visit.identities.by_cookie(secret)
    if identity.person is None:
        raise NotFound(NOTHING_HERE)
    return _first_chat(visit, identity.person.id)


async def _show(
    visit: Visit,
    at: str | None,
    *,
    name: str = "",
    phone: str = "",
    once: str = "",
    trouble: str = "",
) -> web.Response:
    """Show the step at a place; a trouble stands above what was written."""
    root = await visit.glance(lambda work: _root(visit, work))
    here = visit.hood.place(at) if at else None
    inside = root is None or visit.hood.within(at, root.id)
    if at and (here is None or not here.active or not inside):
        raise NotFound(NO_SUCH_PLACE)
    picked = here or root
    choices = homes(visit.hood, picked.id if picked else None)
    if len(choices) == 1:  # nothing to pick
        picked, choices = choices[0], homes(visit.hood, choices[0].id)
    if picked is None and not choices:
        raise NotFound(NO_PLACES)
    wanted = choices[0].kind if choices else None
    step = "form" if visit.request.query.get("here") or trouble or wanted is None else wanted.value
    return visit.page(
        "admission.html",
        status=409 if trouble else 200,
        step=step,
        wanted=wanted,
        picked=picked,
        place_label=lambda place: visit.hood.label(place.id if place else None),
        estate=visit.hood.estate(picked.id) if picked else None,
        choices=choices,
        again=here is not None and here != root,
        skippable=picked is not None and picked.kind.depth >= PlaceKind.BUILDING.depth,
        name=name,
        phone=phone,
        once=once or uuid4().hex,
        trouble=trouble,
    )


def _root(visit: Visit, work: Work) -> Place | None:
    """The place to which the invite of the address leads; raises Outdated for a dead one."""
    invite = find_invite(work, visit.request.match_info["token"])
    if invite.used >= invite.most:
        raise Outdated(SPENT)
    return work.hood.place(invite.place_id)


def _is_spare(visit: Visit, work: Work) -> bool:
    """Tell whether somebody else can still come in by the invite of the address."""
    try:
        _root(visit, work)
    except Refusal:
        return False
    return True


def _first_chat(visit: Visit, person_id: str) -> str:
    """The group nearest to somebody's home, else the list of their chats."""
    person = visit.hood.person(person_id)
    groups = membership.groups_of(person, visit.hood) if person else ()
    if person is None or not groups:
        return "/chat"
    nearest = max(groups, key=lambda group: len(visit.hood.ancestors(group.scope)))
    return f"/chat/{nearest.id}"
