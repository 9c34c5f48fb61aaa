"""A loopback twin of the API that the WeChat family sends through: tokens, error codes, media."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

LASTS = 7200


class FakeApi:
    """Answers as the platform does; what arrived is kept as it came."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.tokens, self.logins, self.asked = 1, 0, 0
        """Number of the valid access token; how often one was given out, and asked for."""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.media: dict[str, bytes] = {}
        self.answers: deque[dict[str, Any]] = deque()
        """Answers for the next sendings, instead of what they would do."""
        self.sends: set[str] = set()
        """Paths of sendings: these can fail, be slow or be cut."""
        self.down, self.delay, self.cuts = False, 0.0, 0
        self.agents: tuple[str, ...] = ("1000002", "1")
        """Applications whose secret it is."""
        self.login_answer: tuple[int, str] | None = None
        """Code and words that who wants a token gets instead."""
        self.methods: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
        """What a POST does, by its path."""

    async def start(self) -> None:
        server = web.Application()
        server.router.add_get("/cgi-bin/gettoken", self._give_token)
        server.router.add_get("/cgi-bin/token", self._give_token)
        server.router.add_get("/cgi-bin/media/get", self._give_media)
        server.router.add_get("/cgi-bin/agent/get", self._show_agent)
        server.router.add_post("/cgi-bin/media/upload", self._keep_media)
        server.router.add_post("/{path:.+}", self._post)
        self.runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.2)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self.runner.cleanup()

    def expire(self) -> None:
        """Make every token that was given out invalid."""
        self.tokens += 1

    @property
    def token(self) -> str:
        return f"token-canary-{self.tokens}"

    async def _give_token(self, request: web.Request) -> web.Response:
        self.asked += 1
        await asyncio.sleep(0)
        if self.down:
            return web.Response(status=502, text="<html>")
        if self.login_answer:
            return _said(*self.login_answer)
        secret = request.query.get("corpsecret") or request.query.get("secret")
        if secret != self.secret:
            return _said(40001, "invalid credential")
        self.logins += 1
        return web.json_response(
            {"errcode": 0, "errmsg": "ok", "access_token": self.token, "expires_in": LASTS}
        )

    async def _show_agent(self, request: web.Request) -> web.Response:
        if request.query["access_token"] != self.token:
            return _said(42001, "access_token expired")
        ours = request.query["agentid"] in self.agents
        return _said(0, "ok") if ours else _said(301002, "not allow operate another agent")

    async def _give_media(self, request: web.Request) -> web.Response:
        if self.down:
            return web.Response(status=502, text="<html>")
        if request.query["access_token"] != self.token:
            return _said(42001, "access_token expired")
        data = self.media.get(request.query["media_id"])
        if data is None:
            return _said(40007, "invalid media_id")
        return web.Response(body=data, content_type="image/png")

    async def _keep_media(self, request: web.Request) -> web.Response:
        form = await request.post()
        if request.query["access_token"] != self.token:
            return _said(40014, "invalid access_token")
        field = form["media"]
        assert isinstance(field, web.FileField)
        assert request.query["type"] == "image"
        name = f"up{len(self.media)}"
        self.media[name] = field.file.read()
        return web.json_response({"errcode": 0, "type": "image", "media_id": name})

    async def _post(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        sends = request.path in self.sends
        await asyncio.sleep(self.delay if sends else 0)
        if self.down:
            return web.Response(status=502, text="<html>")
        if request.query["access_token"] != self.token:
            return _said(42001, "access_token expired")
        if sends and self.answers:
            return web.json_response(self.answers.popleft())
        self.calls.append((request.path, body))
        found = {"errcode": 0, "errmsg": "ok"} | self.methods[request.path](body)
        if sends and self.cuts and request.transport is not None:
            self.cuts -= 1
            request.transport.close()
        return web.json_response(found)


def _said(code: int, words: str) -> web.Response:
    return web.json_response({"errcode": code, "errmsg": words})
