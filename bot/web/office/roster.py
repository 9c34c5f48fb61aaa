"""花名册: which staircase lacks which leader, and the roster as a file."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.web.uploads import download
from handlers.actions.auditing import note
from knowledge.community.hood.access import Act
from knowledge.community.hood.coveragemap import estates, stairs
from knowledge.community.roster.roster import template as sample
from knowledge.store.roster import load_roster

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from knowledge.community.roster.roster import Roster


async def show(visit: Visit, trouble: str = "", status: int = 200) -> web.Response:
    """Show how many there are, and estate by estate which staircases lack a leader."""
    hood = visit.hood
    found = estates(hood)
    chosen = visit.request.query.get("estate", "")
    here = next((one for one in found if one.place.id == chosen), found[0] if found else None)
    return visit.page(
        "roster.html",
        status=status,
        hood=hood,
        people=sum(person.active for person in hood.people.values()),
        groups=sum(chat.channel != "replay" for chat in hood.chats.values()),  # those of stories
        places=sum(place.active for place in hood.places.values()),
        estates=found,
        units=sum(one.units for one in found),
        covered=sum(one.covered for one in found),
        here=here,
        stairs=stairs(hood, here.place.id) if here else [],
        may_edit=visit.can(Act.ROSTER_EDIT),
        done="done" in visit.request.query,
        trouble=trouble,
    )


async def export(visit: Visit) -> web.Response:
    """Send the roster in use as a workbook; that it was taken is written down."""
    me = visit.me.id
    await visit.act(lambda work: note(work, me, "export.roster"))
    roster = await visit.app.look(load_roster)
    return download(await asyncio.to_thread(_book, roster), f"roster-{visit.now:%Y-%m-%d}.xlsx")


async def template(visit: Visit) -> web.Response:
    """Send a small example to be overwritten."""
    del visit
    return download(await asyncio.to_thread(_book, sample()), "roster-template.xlsx")


def _book(roster: Roster) -> bytes:
    from knowledge.community.roster.rosterbook import book_of

    return book_of(roster)
