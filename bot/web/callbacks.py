"""The doors of the WeChat family: sealed XML in, an echo, nothing or a sealed reply out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.wechat.channel import WechatChannel
from bot.wechat.crypt import Forged, Garbled

if TYPE_CHECKING:
    from bot.web.application import Application

MAX_CALL = 64 * 1024
"""Bytes of a callback: text is at most 2 KB, media come as ids."""
MOST_WORDS = 16
"""Values in the address; the platform sends six."""


def called(app: Application, request: web.Request, family: tuple[str, ...]) -> WechatChannel:
    """Return the channel that an address names; raises 404."""
    named = request.match_info["account"]
    for name in family:
        channel = app.channels.get(name)
        if isinstance(channel, WechatChannel) and named in (channel.address, name):
            return channel
    raise web.HTTPNotFound


def greet(channel: WechatChannel, request: web.Request) -> web.Response:
    """Answer the verification of the address: the opened echo, as bare text."""
    try:
        return web.Response(text=channel.greet(_query(request)))
    except Forged:
        raise web.HTTPUnauthorized from None


async def take(channel: WechatChannel, request: web.Request, body: bytes) -> web.Response | None:
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
