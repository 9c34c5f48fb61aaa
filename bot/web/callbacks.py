"""The doors of the WeChat family: sealed XML in, an echo, nothing or a sealed reply out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from aiohttp import web

from bot.wechat.trouble import Forged, Garbled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.web.application import Application

MAX_CALL = 64 * 1024
"""Bytes of a callback: text is at most 2 KB, media come as ids."""
MOST_WORDS = 16
"""Values in the address; the platform sends six."""


@runtime_checkable
class Called(Protocol):
    """A channel whose platform calls us at an address of its own."""

    name: str
    address: str

    def greet(self, query: Mapping[str, str]) -> str:
        """Return the answer to a verification of the address; raises Forged, Garbled."""
        ...

    async def take(self, query: Mapping[str, str], body: bytes) -> str | None:
        """Take in one call; None = not now. Raises Forged, Garbled."""
        ...


def called(app: Application, request: web.Request, family: tuple[str, ...]) -> Called:
    """Return the channel that an address names; raises 404."""
    named = request.match_info["account"]
    running = (app.channels[name] for name in family if name in app.channels)
    for channel in (one for one in running if isinstance(one, Called)):
        if named in (channel.address, channel.name):
            return channel
    raise web.HTTPNotFound


def greet(channel: Called, request: web.Request) -> web.Response:
    """Answer the verification of the address: the opened echo, as bare text."""
    try:
        return web.Response(text=channel.greet(_query(request)))
    except Forged:
        raise web.HTTPUnauthorized from None


async def take(channel: Called, request: web.Request, body: bytes) -> web.Response | None:
    """Take in a call; None = not now."""
    try:
        answer = await channel.take(_query(request), body)
    except Forged:
        raise web.HTTPUnauthorized from None
    if answer is None:
        return None
    kind = "application/xml" if answer.startswith("<") else "text/plain"
    return web.Response(text=answer, content_type=kind)


def _query(request: web.Request) -> dict[str, str]:
    """Return the values of the address, each once; raises Garbled."""
    pairs = list(request.query.items())
    values = dict(pairs)
    if len(values) != len(pairs) or len(pairs) > MOST_WORDS:
        raise Garbled("query")
    return values
