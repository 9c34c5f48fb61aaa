"""Coming in and going out: a one-time address is used up by a button, never by a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.web.identity import COOKIE
from handlers.actions.people import signing

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit


async def ask(visit: Visit) -> web.Response:
    """Show the button; messengers that fetch the address for a preview use nothing up."""
    return visit.page("sign_in.html")


async def enter(visit: Visit) -> web.Response:
    """Use the address up and sign this browser in."""
    token = visit.request.match_info["token"]
    secret = await visit.act(lambda work: signing.enter(work, token))
    return sign_in(visit, secret, "/")


def sign_in(visit: Visit, secret: str, path: str) -> web.Response:
    """Give this browser the session and send it to a page."""
    response = visit.back(path)
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(signing.SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=visit.request.secure or _behind_https(visit),
    )
    return response


def _behind_https(visit: Visit) -> bool:
    """Whether a proxy speaks HTTPS for us: the public address says so."""
    return visit.app.rules.page_url.startswith("https://")


async def leave(visit: Visit) -> web.Response:
    """End this browser's session."""
    secret = visit.request.cookies.get(COOKIE, "")
    await visit.act(lambda work: signing.leave(work, secret))
    response = visit.back("/")
    response.del_cookie(COOKIE)
    return response
