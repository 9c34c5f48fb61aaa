"""The photos of a ticket: before and after, shown to those inside, covered by whoever may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.web.chat import picture
from handlers.actions.tickets.picturing import after, redact
from handlers.actions.tickets.standing import allowed, demand, find
from knowledge.community.access import Act

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work


async def before_photo(visit: Visit) -> web.StreamResponse:
    """Return one photo that came with the report."""
    return picture(visit, await visit.glance(lambda work: _nth(visit, _shown(visit, work)[0])))


async def after_photo(visit: Visit) -> web.StreamResponse:
    """Return one photo of what was done."""
    return picture(visit, await visit.glance(lambda work: _nth(visit, _shown(visit, work)[1])))


async def cover(visit: Visit) -> web.Response:
    """Cover a photo for good: the file goes, the history says who did it."""
    form = await visit.request.post()
    which = 1 if form.get("of") == "after" else 0
    number = str(form.get("nth", ""))
    nth = int(number) if number.isdecimal() and len(number) == 1 else -1

    def deed(work: Work) -> None:
        no = int(visit.request.match_info["no"])
        ticket = find(work, no, visit.me.id, Act.MEDIA_REDACT)
        images = (ticket.images, after(work, ticket))[which]
        redact(work, ticket, visit.me.id, images[nth] if 0 <= nth < len(images) else "")

    await visit.act(deed)
    return visit.back(f"/t/{visit.request.match_info['no']}")


def _shown(visit: Visit, work: Work) -> tuple[list[str], list[str]]:
    """Before and after, for those inside and for the office, which must see what it covers."""
    ticket = find(work, int(visit.request.match_info["no"]), visit.me.id, Act.TICKET_READ)
    if not allowed(work, ticket, visit.me.id, Act.MEDIA_REDACT):
        demand(work, ticket, visit.me.id, Act.MEDIA_READ)
    return ticket.images, after(work, ticket)


def _nth(visit: Visit, images: list[str]) -> str | None:
    nth = int(visit.request.match_info["nth"])
    return images[nth] if nth < len(images) else None
