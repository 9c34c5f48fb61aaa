"""One call of a platform or a program: its body, and what it gets back."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from bot.channels.hook.reading import Nonsense
from bot.web.bodies import in_time

AGAIN = {"Retry-After": "5"}


def update_of(raw: bytes) -> dict[str, Any]:
    """Return a Telegram update; raises Nonsense."""
    try:
        update = json.loads(raw.decode("utf-8"))  # json alone would take UTF-16 as well
    except (ValueError, RecursionError):
        raise Nonsense("body") from None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        raise Nonsense("update_id")
    return update


async def body_of(request: web.Request, most: int) -> bytes:
    """Return the body, at most so many bytes, never unpacked; raises Nonsense."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Nonsense("encoding")
    body = bytearray()
    try:
        async with in_time():
            async for chunk in request.content.iter_chunked(65_536):
                body += chunk
                if len(body) > most:
                    raise web.HTTPRequestEntityTooLarge(max_size=most, actual_size=len(body))
    except web.RequestPayloadError:
        raise Nonsense("body") from None
    return bytes(body)


def fine(**said: object) -> web.Response:
    """Say that it was taken."""
    return web.json_response({"ok": True, **said})


def refused(status: int, why: str) -> web.Response:
    """Say that it is not taken and never will be."""
    return web.json_response({"ok": False, "error": why}, status=status)


def later() -> web.Response:
    """Say that it could not be stored now: it is to be delivered again."""
    return web.json_response({"ok": False, "error": "later"}, status=503, headers=AGAIN)
