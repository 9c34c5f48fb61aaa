"""What is served until the database is there: alive, not ready, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

AGAIN = {"Retry-After": "5", "Cache-Control": "no-store"}
WAIT = "正在等数据库，马上就好。请过一会儿再来；急事请直接打社区电话。"


def build_ajar(why: Callable[[], str]) -> web.Application:
    """Return an application that answers probes and asks everybody else to come again."""

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_request: web.Request) -> web.Response:
        said = {"status": "down", "database": why()}
        return web.json_response(said, status=503, headers=AGAIN)

    async def later(_request: web.Request) -> web.Response:
        return web.Response(text=WAIT, status=503, headers=AGAIN)

    server = web.Application()
    server.router.add_get("/healthz", alive)
    server.router.add_get("/readyz", ready)
    server.router.add_route("*", "/{anything:.*}", later)
    return server
