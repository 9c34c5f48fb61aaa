"""Reading what was sent as a form, whatever it claims to be, and the words in its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web
from aiohttp.http import HttpProcessingError

from bot.web.bodies import in_time
from handlers.messages import visible
from knowledge.community.refusals import Unreadable

if TYPE_CHECKING:
    from multidict import MultiDictProxy

MAX_TEXT = 2000
TOO_LONG = f"话太长了（最多 {MAX_TEXT} 字），没有发出去。请分几次说，先说最要紧的。"


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


def cleaned(text: str) -> str:
    """Return the text without control and direction characters, which only mislead readers."""
    return visible(text).strip()


def check_length(text: str) -> None:
    """Raise Unreadable for more words than one message may hold."""
    if len(text) > MAX_TEXT:
        raise Unreadable(TOO_LONG)
