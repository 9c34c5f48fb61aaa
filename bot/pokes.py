"""Telling open pages that something is new: the page then fetches it over HTTP."""

from __future__ import annotations

import asyncio
from typing import Protocol

TICK = 0.05
"""Seconds in which news of one chat are joined into one poke (research/perf.md §3)."""
GIVE_WAY = 500
"""Sockets written to before other work gets its turn."""
RESTARTING = 1012
TASKS = "tasks"
"""What open desks listen to: any change, also one that nobody is told of before morning."""


class Page(Protocol):
    """An open page's line to us (aiohttp's `WebSocketResponse` is one)."""

    async def send_str(self, data: str) -> None:
        """Send one text; raises ConnectionError when the page has gone."""
        ...

    async def close(self, *, code: int) -> object:
        """Say goodbye with a code."""
        ...


class Pokes:
    """Who has which chat open; a poke carries no content, only "look again"."""

    def __init__(self) -> None:
        self._open: dict[str, set[Page]] = {}
        self._due: set[str] = set()
        self._round: asyncio.Task[None] | None = None

    def join(self, chat: str, socket: Page) -> None:
        """Poke this socket from now on when the chat has news."""
        self._open.setdefault(chat, set()).add(socket)

    def leave(self, chat: str, socket: Page) -> None:
        """Forget the socket."""
        sockets = self._open.get(chat, set())
        sockets.discard(socket)
        if not sockets:
            self._open.pop(chat, None)

    def poke(self, chat: str) -> None:
        """Tell all pages that show the chat, within one tick."""
        if chat not in self._open:
            return
        self._due.add(chat)
        if self._round is None or self._round.done():
            self._round = asyncio.get_running_loop().create_task(self._tell())

    async def close(self) -> None:
        """Send every page away; they come back by themselves."""
        if self._round is not None:
            self._round.cancel()
        sockets = {socket for open_ in self._open.values() for socket in open_}
        for socket in sockets:
            await socket.close(code=RESTARTING)
        self._open.clear()

    async def _tell(self) -> None:
        while self._due:
            await asyncio.sleep(TICK)
            due, self._due = self._due, set()
            sockets = [socket for chat in due for socket in self._open.get(chat, ())]
            for count, socket in enumerate(sockets, 1):
                await _say(socket)
                if count % GIVE_WAY == 0:
                    await asyncio.sleep(0)


async def _say(socket: Page) -> None:
    try:
        await socket.send_str("n")
    except ConnectionError:
        return  # the page has gone; its own handler forgets the socket
