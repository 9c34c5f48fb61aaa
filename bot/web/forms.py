"""Reading what was sent as a form, whatever it claims to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web
from aiohttp.http import HttpProcessingError

from bot.web.bodies import in_time

if TYPE_CHECKING:
    from multidict import MultiDictProxy


async def read_form(request: web.Request) -> MultiDictProxy[Any]:
    """Return the fields and files of a form.

    Raises:
        aiohttp.web.HTTPRequestEntityTooLarge: more than the request's limit.
        aiohttp.web.HTTPRequestTimeout: it stopped on the way.
        aiohttp.web.HTTPBadRequest: not the character set that it claims, or no form at all.
    """
    try:
        async with in_time():
            return await request.post()
    except (ValueError, LookupError, HttpProcessingError):
        raise web.HTTPBadRequest from None
