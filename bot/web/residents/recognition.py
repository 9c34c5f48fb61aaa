"""早就登记过: somebody of the roster at an invite comes in as who they are, by a code or the office."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.web.forms import cleaned
from bot.web.membership import CHANNEL
from bot.web.sign_in import sign_in
from handlers.actions.people.invites import find_invite
from handlers.actions.people.linking import enter_by_code
from handlers.actions.people.recognising import ask_for_link
from handlers.phrases.admissions import ASKED, CODE_OFTEN, CODE_WRONG
from handlers.phrases.links import CHANNELS
from knowledge.community.refusals import Refusal, TooOften

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work


async def show(visit: Visit) -> web.Response:
    """Show both ways: the code from where one is known, or an address from the office."""
    await visit.glance(lambda work: find_invite(work, _token(visit)).id)
    return _page(visit)


async def enter(visit: Visit) -> web.Response:
    """Sign in by the code, or tell the administrators; what will not do is said on the page."""
    form = {name: cleaned(str(value)) for name, value in (await visit.request.post()).items()}
    if form.get("do") == "code":
        return await _by_code(visit, re.sub(r"\D", "", form.get("code", "")))
    name, place = form.get("name", ""), form.get("at", "")

    def deed(work: Work) -> None:
        ask_for_link(work, find_invite(work, _token(visit)), name, place)

    try:
        await visit.act(deed)
    except Refusal as refusal:
        return _page(visit, refusal.say, name=name)
    return _page(visit, asked=ASKED)


async def _by_code(visit: Visit, code: str) -> web.Response:
    def deed(work: Work) -> str:
        invite = find_invite(work, _token(visit))
        return enter_by_code(work, code, str(invite.id))

    try:
        secret = await visit.act(deed)
    except TooOften:
        return _page(visit, CODE_OFTEN)
    return sign_in(visit, secret, "/") if secret else _page(visit, CODE_WRONG)


def _token(visit: Visit) -> str:
    return visit.request.match_info["token"]


def _page(visit: Visit, trouble: str = "", *, name: str = "", asked: str = "") -> web.Response:
    place = visit.hood.place(visit.request.query.get("at", ""))
    spoken = [name for name in visit.app.channels if name != CHANNEL]
    return visit.page(
        "recognition.html",
        status=409 if trouble else 200,
        back=visit.request.path.rpartition("/")[0],
        place=place,
        label=visit.hood.label(place.id) if place else "",
        trouble=trouble,
        name=name,
        asked=asked,
        elsewhere=list(dict.fromkeys(CHANNELS[one] for one in spoken if one in CHANNELS)),
    )
