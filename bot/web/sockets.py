"""The live line of a page: it is told that something is new, and fetches it itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from bot.pokes import TASKS
from bot.web import membership

if TYPE_CHECKING:
    from bot.web.visit import Visit

HEARTBEAT = 30.0
MAX_FRAME = 1024
"""Bytes; a page has nothing to say here."""


async def live(visit: Visit) -> web.WebSocketResponse:
    """Poke the page when one chat has news."""
    return await _line(visit, (visit.chat_id(),))


async def live_list(visit: Visit) -> web.WebSocketResponse:
    """Poke the page when any chat of the person has news."""
    groups = (group.id for group in membership.groups_of(visit.me, visit.hood))
    return await _line(visit, (membership.private_chat(visit.me, visit.hood).id, *groups))


async def live_tasks(visit: Visit) -> web.WebSocketResponse:
    """Poke the page when anything has changed: their tasks may have."""
    return await _line(visit, (membership.private_chat(visit.me, visit.hood).id, TASKS))


async def live_board(visit: Visit) -> web.WebSocketResponse:
    """Poke the page when anything has changed: its figures may have."""
    return await _line(visit, (TASKS,))


async def _line(visit: Visit, chats: tuple[str, ...]) -> web.WebSocketResponse:
    origin = visit.request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != visit.request.host:
        raise web.HTTPForbidden
    # Compression would cost 120 KB a socket for messages of one character.
    socket = web.WebSocketResponse(compress=False, heartbeat=HEARTBEAT, max_msg_size=MAX_FRAME)
    try:
        await socket.prepare(visit.request)
    except ConnectionResetError:  # whoever wanted it has left the page already: no fault of ours
        raise web.HTTPRequestTimeout from None
    for chat in chats:
        visit.pokes.join(chat, socket)
    try:
        async for _ in socket:
            pass
    finally:
        for chat in chats:
            visit.pokes.leave(chat, socket)
    return socket
