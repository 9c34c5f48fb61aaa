"""Photos and voices of a ticket, shown to those inside, covered by whoever may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.residents.chat import picture
from bot.web.visit import NOTHING_HERE
from handlers.actions.tickets.picturing import after, before, redact
from handlers.actions.tickets.standing import allowed, demand, find
from knowledge.community.attached import VOICES, kind_of, pictures, voices
from knowledge.community.hood.access import Act
from knowledge.community.refusals import NotFound

if TYPE_CHECKING:
    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

KINDS = ("before", "after", "voice")
"""What a form says it covers one of."""


async def before_photo(visit: Visit) -> web.StreamResponse:
    """Return one photo that came with the report."""
    return picture(visit, await visit.glance(lambda work: _nth(visit, _shown(visit, work)[0])))


async def after_photo(visit: Visit) -> web.StreamResponse:
    """Return one photo of what was done."""
    return picture(visit, await visit.glance(lambda work: _nth(visit, _shown(visit, work)[1])))


async def voice(visit: Visit) -> web.StreamResponse:
    """Return one voice: to be played where a browser can, else to be kept by the phone."""
    media_id = await visit.glance(lambda work: _nth(visit, _shown(visit, work)[2]))
    path = visit.app.media.path(media_id) if media_id else None
    if media_id is None or path is None:
        raise NotFound(NOTHING_HERE)
    headers = {"Content-Type": VOICES[kind_of(media_id)], "Cache-Control": "private, max-age=3600"}
    return web.FileResponse(path, headers=headers)


async def cover(visit: Visit) -> web.Response:
    """Cover a photo or a voice for good: the file goes, the history says who did it."""
    form = await visit.request.post()
    which = str(form.get("of", ""))
    number = str(form.get("nth", ""))
    nth = int(number) if number.isdecimal() and len(number) == 1 else -1

    def deed(work: Work) -> None:
        no = int(visit.request.match_info["no"])
        ticket = find(work, no, visit.me.id, Act.MEDIA_REDACT)
        images = _sorted(work, ticket, visit.me.id)[KINDS.index(which) if which in KINDS else 0]
        redact(work, ticket, visit.me.id, images[nth] if 0 <= nth < len(images) else "")

    await visit.act(deed)
    return visit.back(f"/t/{visit.request.match_info['no']}")


def _shown(visit: Visit, work: Work) -> tuple[list[str], list[str], list[str]]:
    """What is attached, for those inside and for the office, which must see what it covers."""
    ticket = find(work, int(visit.request.match_info["no"]), visit.me.id, Act.TICKET_READ)
    if not allowed(work, ticket, visit.me.id, Act.MEDIA_REDACT):
        demand(work, ticket, visit.me.id, Act.MEDIA_READ)
    return _sorted(work, ticket, visit.me.id)


def _sorted(work: Work, ticket: TicketRow, who: str) -> tuple[list[str], list[str], list[str]]:
    """Photos of before and of after, and the voices of both."""
    told, done = before(work, ticket, who), after(work, ticket)
    return pictures(told), pictures(done), voices([*told, *done])


def _nth(visit: Visit, images: list[str]) -> str | None:
    nth = int(visit.request.match_info["nth"])
    return images[nth] if nth < len(images) else None
