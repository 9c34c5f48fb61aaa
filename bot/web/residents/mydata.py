"""我的数据: what is kept of the visitor, to be corrected, taken along or erased."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.forms import cleaned
from bot.web.identity import COOKIE
from handlers.actions.people import nicknames
from handlers.actions.people.own_data import erase, export_data, export_text, leaves_with_data
from knowledge.community.hood.access import Act, Relation
from knowledge.community.refusals import Refusal

if TYPE_CHECKING:
    from bot.web.visit import Visit
    from handlers.work import Work

OWN = frozenset({Relation.OWN})


async def show(visit: Visit) -> web.Response:
    """Show in a few lines what is kept, the way to take it along and the way to erase it."""
    visit.must(Act.DATA_EXPORT, OWN)

    return await _show(visit)


async def rename(visit: Visit) -> web.Response:
    """Call the visitor as they say, if they came by an invite; what will not do is said beside it."""
    visit.must(Act.NAME_CHANGE, OWN)
    said = cleaned(str((await visit.request.post()).get("name", "")))
    try:
        await visit.act(lambda work: nicknames.rename(work, visit.me.id, said))
    except Refusal as refusal:
        return await _show(visit, refusal.say, said)
    await visit.app.refresh()
    return visit.back("/mine/data?named=1")


async def _show(visit: Visit, trouble: str = "", said: str | None = None) -> web.Response:
    def look(work: Work) -> tuple[str, bool]:
        return export_text(work, visit.me.id), leaves_with_data(work, visit.me.id)

    text, leaves = await visit.glance(look)
    return visit.page(
        "my_data.html",
        status=409 if trouble else 200,
        lines=text.split("\n")[:-1],
        leaves=leaves,
        sure=visit.request.query.get("sure") == "1",
        named="named" in visit.request.query,
        name=visit.me.called if said is None else said,
        trouble=trouble,
    )


async def export(visit: Visit) -> web.Response:
    """Return all of it as one file that people and programs can read."""
    visit.must(Act.DATA_EXPORT, OWN)
    found = await visit.glance(lambda work: export_data(work, visit.me.id))
    return web.Response(
        text=json.dumps(found, ensure_ascii=False, indent=1),
        content_type="application/json",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
    )


async def wipe(visit: Visit) -> web.Response:
    """Erase everything; who came by an invite has then left."""
    visit.must(Act.DATA_ERASE, OWN)

    def deed(work: Work) -> bool:
        leaves = leaves_with_data(work, visit.me.id)
        erase(work, visit.me.id)
        return leaves

    gone = await visit.act(deed)
    await visit.app.refresh()
    response = visit.page("my_data_gone.html", gone=gone)
    if gone and not visit.base:
        response.del_cookie(COOKIE)
    return response
