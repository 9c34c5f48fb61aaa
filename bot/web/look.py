"""字号: how big the text is and in which script, for one person's browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.web.preferences import SCRIPT, SIMPLIFIED, SIZE, SIZES, TRADITIONAL, size_of
from knowledge.community.hood.access import Act

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit

YEAR = 365 * 24 * 3600
STEPS = {"smaller": -1, "bigger": 1}

_PAGE = re.compile("/[A-Za-z0-9@/_.-]{0,80}")


async def look(visit: Visit) -> web.Response:
    """Show a sample, A− and A+, and both scripts."""
    return visit.page("look.html", size=_size(visit), sizes=SIZES, page=_page(visit))


async def choose(visit: Visit) -> web.Response:
    """Remember what was pressed, for this person in this browser."""
    form = await visit.request.post()
    response = visit.back(f"/look?back={_page(visit)}")
    if step := STEPS.get(str(form.get("size", ""))):
        place = SIZES.index(_size(visit)) + step
        remember(visit, response, SIZE, str(SIZES[min(max(place, 0), len(SIZES) - 1)]))
    if (script := form.get("script")) in (SIMPLIFIED, TRADITIONAL):
        remember(visit, response, SCRIPT, str(script))
    return response


def _size(visit: Visit) -> int:
    """Return the size in use: the chosen one, else that of the person's own pages."""
    if chosen := size_of(visit.request):
        return chosen
    if visit.can(Act.FAQ_READ):
        return SIZES[0]
    return SIZES[1] if visit.can(Act.TASKS_READ) else SIZES[2]


def _page(visit: Visit) -> str:
    """Return the page to go back to; only ever one of ours."""
    said = visit.request.query.get("back", "")
    ours = _PAGE.fullmatch(said) and not said.startswith("//")
    return said if ours else "/chat"


def remember(visit: Visit, response: web.Response, name: str, value: str) -> None:
    """Keep a wish about how pages look, for this person in this browser."""
    response.set_cookie(
        name,
        value,
        max_age=YEAR,
        path=visit.base or "/",
        httponly=True,
        samesite="Lax",
        secure=visit.request.secure,
    )
