"""Plainer servers to hold `fanout` against: `python -m bot.benches.fanout_peers NAME PORT`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from aiohttp import web

from bot.benches.limits import allow_files

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

FRAME = b"\x81\x01n"
"""A ready WebSocket frame with the one character of a poke."""


async def bare_write(sockets: set[web.WebSocketResponse], _text: str) -> None:
    """Write a ready frame to each socket: nothing can be less."""
    for socket in sockets:
        os.write(socket.get_extra_info("socket").fileno(), FRAME)


async def usual(sockets: set[web.WebSocketResponse], text: str) -> None:
    """Send the message itself as JSON to each socket, as a usual chat does."""
    for socket in sockets:
        await socket.send_json({"type": "message", "from": "邻居", "text": text})


PEERS: dict[str, tuple[Callable[[set[web.WebSocketResponse], str], Awaitable[None]], bool]] = {
    "bare_write": (bare_write, False),
    "usual": (usual, True),
}
"""How each tells its sockets, and whether it leaves aiohttp's compression on."""


def serve(name: str, port: int) -> None:
    """Serve until killed."""
    tell, compress = PEERS[name]
    sockets: set[web.WebSocketResponse] = set()

    async def live(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=compress)
        await socket.prepare(request)
        sockets.add(socket)
        async for _ in socket:
            pass
        sockets.discard(socket)
        return socket

    async def post(_request: web.Request) -> web.Response:
        await tell(sockets, "早上好")
        return web.Response()

    async def alive(_request: web.Request) -> web.Response:
        return web.Response()

    allow_files()
    server = web.Application()
    server.add_routes([web.get("/live", live), web.post("/post", post), web.get("/healthz", alive)])
    web.run_app(server, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
