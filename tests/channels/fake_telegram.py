"""A Bot API server of our own: keeps offsets, takes multipart photos, fails as it is told to."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.channels.rigs.rig import Arrived

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

TOKEN = "4242:canary-token-that-must-not-leak"
BOT = {"id": 4242, "is_bot": True, "first_name": "社区小助手", "username": "LinliBot"}
PATIENCE = 5.0
"""Seconds in which a bot that is well acknowledges."""
HTML = "<html><body>Bad Gateway</body></html>"


@dataclass
class Fault:
    """How the next request of a method goes wrong; `done` = the message is shown all the same."""

    status: int = 200
    body: dict[str, Any] | str | None = None
    done: bool = False
    cut: bool = False
    delay: float = 0


@dataclass
class FakeTelegram:
    """One bot account and its chats; `now` stamps what arrives."""

    now: Callable[[], datetime]
    updates: dict[int, Any] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: dict[str, deque[Fault]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    down: bool = False
    raw: list[str] = field(default_factory=list)
    """Answers to getUpdates as text, given before anything else."""
    asked: list[tuple[datetime, str]] = field(default_factory=list)
    """When a sending came in, and for which chat, whatever became of it."""
    statuses: list[int] = field(default_factory=list)
    """Refusals of getUpdates, given before anything else."""
    shut: set[str] = field(default_factory=set)
    """Chats that have put the bot out."""
    missing: tuple[str, ...] = ()
    """Methods that this server does not know."""
    offset: int = 0
    hears_all: bool = False
    hook: str = ""
    """Where the platform calls the bot."""
    hook_trouble: dict[str, Any] = field(default_factory=dict)

    async def start(self) -> None:
        self.numbers = count(100)
        self.news = asyncio.Condition()
        server = web.Application(client_max_size=30_000_000)
        server.router.add_route("*", f"/bot{TOKEN}/{{method}}", self.call)
        server.router.add_get(f"/file/bot{TOKEN}/{{path:.+}}", self.file)
        self.runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.2)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def stop(self) -> None:
        async with self.news:
            self.down = True
            self.news.notify_all()
        await self.runner.cleanup()

    # What a test does.

    async def push(self, *updates: Any) -> None:
        """Make updates wait for the bot, known ones once more."""
        async with self.news:
            self.offset = min(self.offset, *(update["update_id"] for update in updates))
            self.updates |= {update["update_id"]: update for update in updates}
            self.news.notify_all()

    async def acknowledged(self, update_id: int, patience: float = PATIENCE) -> bool:
        """Wait until the bot has raised its offset above an update; False = it does not."""
        try:
            async with asyncio.timeout(patience), self.news:
                await self.news.wait_for(lambda: self.offset > update_id)
        except TimeoutError:
            return False
        return True

    def fail(self, method: str, *faults: Fault) -> None:
        self.faults.setdefault(method, deque()).extend(faults)

    def called(self, method: str) -> list[dict[str, Any]]:
        return [fields for name, fields in self.calls if name == method]

    # What the bot sees.

    async def file(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["path"]])

    async def call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields = await _fields(request)
        if method == "getUpdates":
            return await self.get_updates(fields)
        self.calls.append((method, fields))
        if method in self.missing:
            return web.json_response({"ok": False, "error_code": 404}, status=404)
        if self.down and method.startswith("send"):
            return web.Response(status=502, text=HTML, content_type="text/html")
        if method.startswith("send"):
            self.asked.append((self.now(), fields["chat_id"]))
            if fields["chat_id"] in self.shut:
                told = {"ok": False, "error_code": 403, "description": "Forbidden: bot was kicked"}
                return web.json_response(told, status=403)
        fault = self.faults[method].popleft() if self.faults.get(method) else None
        return await self.answer(request, method, fields, fault or Fault(done=True))

    async def answer(self, request, method, fields, fault: Fault) -> web.Response:
        await asyncio.sleep(fault.delay)
        result = self.do(method, fields) if fault.done else None
        if fault.cut and request.transport is not None:
            request.transport.close()
        if isinstance(fault.body, str):
            return web.Response(status=fault.status, text=fault.body, content_type="text/html")
        if fault.body is not None:
            return web.json_response(fault.body, status=fault.status)
        return _ok(result)

    async def get_updates(self, fields: dict[str, Any]) -> web.Response:
        if self.statuses:
            return web.json_response({"ok": False}, status=self.statuses.pop(0))
        if self.raw:
            return web.Response(text=self.raw.pop(0), content_type="application/json")
        async with self.news:
            self.offset = max(self.offset, int(fields.get("offset") or 0))
            self.news.notify_all()
            wait = float(fields.get("timeout") or 0)
            try:
                async with asyncio.timeout(wait):
                    await self.news.wait_for(lambda: self.waiting() or self.down or self.raw)
            except TimeoutError:
                pass
            return _ok(self.waiting()[: int(fields.get("limit") or 100)])

    def waiting(self) -> list[Any]:
        return [one for number, one in sorted(self.updates.items()) if number >= self.offset]

    def do(self, method: str, fields: dict[str, Any]) -> Any:
        if method in ("setWebhook", "deleteWebhook"):
            self.hook = fields.get("url", "")
        told = {
            "getMe": BOT | {"can_read_all_group_messages": self.hears_all},
            "getWebhookInfo": {"url": self.hook, "pending_update_count": 0, **self.hook_trouble},
            "getFile": {
                "file_id": "f",
                "file_unique_id": "u",
                "file_path": fields.get("file_id"),
            },
        }
        if method in told:
            return told[method]
        if method == "sendMediaGroup":
            media = json.loads(fields["media"])
            return [self.show(fields, "", len(media)) for _ in media[:1]]
        if method in ("sendMessage", "sendPhoto"):
            photos = int(method == "sendPhoto")
            assert photos == sum(isinstance(one, bytes) for one in fields.values())
            return self.show(fields, fields.get("text") or fields.get("caption", ""), photos)
        return True

    def show(self, fields: dict[str, Any], text: str, photos: int) -> dict[str, Any]:
        keyboard = json.loads(fields.get("reply_markup", "{}")).get("inline_keyboard", [])
        buttons = tuple((one["text"], one["callback_data"]) for row in keyboard for one in row)
        chat = int(fields["chat_id"])
        self.arrived.append(Arrived(self.now(), str(chat), text, buttons, photos))
        kind = "private" if chat > 0 else "supergroup"
        return {
            "message_id": next(self.numbers),
            "date": int(self.now().timestamp()),
            "chat": {"id": chat, "type": kind},
            "text": text,
        }


async def _fields(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    form = await request.post()
    return {
        name: value.file.read() if isinstance(value, web.FileField) else value
        for name, value in form.items()
    }


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})
