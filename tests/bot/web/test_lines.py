"""Nobody holds a line who only begins to say something."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot import front
from bot.web import bodies
from bot.web.calls import body_of
from tests.patience import PATIENCE

HALF = (
    "POST {path} HTTP/1.1\r\nHost: linli\r\nContent-Length: 900\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\ncsrf="
)


@asynccontextmanager
async def begun(address, words):
    """A line on which something was begun and never ended."""
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(words.encode())
        async with asyncio.timeout(PATIENCE):
            yield reader
    finally:
        writer.close()


@pytest.fixture
async def serve():
    """Serve an application as the front door does; returns its address."""
    runners = []

    async def serving(application):
        runners.append(front.runner_of(application, last=0))
        await runners[-1].setup()
        await web.TCPSite(runners[-1], "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runners[-1].addresses[0][1]}"

    yield serving
    for runner in runners:
        await runner.cleanup()


@pytest.mark.parametrize("words", ["", "GET /healthz HT", "GET / HTTP/1.1\r\nHost: linli\r\n"])
async def test_a_line_without_a_whole_request_is_hung_up(serve, monkeypatch, words):
    monkeypatch.setattr(front, "QUIET", 0.1)
    async with begun(await serve(web.Application()), words) as reader:
        assert await reader.read() == b""


async def test_a_form_that_stops_on_the_way_is_told_so(stage, monkeypatch):
    monkeypatch.setattr(bodies, "LONGEST", 0.1)
    path = stage.path("li") + "/chat/g-gh3/post"
    async with begun(stage.address, HALF.format(path=path)) as reader:
        assert b" 408 " in await reader.readline()


async def test_a_call_that_stops_on_the_way_is_told_so(serve, monkeypatch):
    monkeypatch.setattr(bodies, "LONGEST", 0.1)

    async def take(request):
        return web.Response(body=await body_of(request, 1000))

    application = web.Application()
    application.router.add_post("/hook", take)
    async with begun(await serve(application), HALF.format(path="/hook")) as reader:
        assert b" 408 " in await reader.readline()
