"""One message to many open pages of the real server, beside plainer servers in the same run."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import aiohttp

from bot.benches.fanout_peers import PEERS
from bot.benches.limits import allow_files
from bot.benches.machine import cpu_seconds, memory_mb
from bot.benches.start import end, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

SOCKETS, ALL_SOCKETS = 500, 5_000
BURST = 20
"""Messages that come within one tick."""
TIMES = 10
"""Single messages that are timed."""
BURSTS = 4
WINDOW_BITS = 15
"""What a browser offers: whether it is compressed is the choice of the server."""
AT_ONCE = 50
"""Sockets that are opened at the same time."""


def measure(*, full: bool = False) -> dict[str, Any]:
    """Return milliseconds until the last of N sockets was told, memory and processor time for one.

    N = 500, with `full` also 5,000. Each server is a process of its own, the client is this one.
    """
    allow_files()
    sizes = (SOCKETS, ALL_SOCKETS) if full else (SOCKETS,)
    return {("sockets" if size < ALL_SOCKETS else "all_sockets"): _beside(size) for size in sizes}


def _beside(size: int) -> dict[str, Any]:
    figures: dict[str, Any] = {name: _measured(name, size) for name in ("linli", *PEERS)}
    ours, bare, usual = (figures[name] for name in ("linli", "bare_write", "usual"))
    return {
        "count": size,
        **figures,
        "cpu_of_a_bare_write": _ratio(ours, bare, "cpu_us_per_socket"),
        "memory_of_the_usual": _ratio(ours, usual, "kb_per_idle_socket"),
        "joined_of_one_by_one": round(ours["words_for_twenty"] / BURST, 3),
    }


def _ratio(ours: dict[str, float], peer: dict[str, float], figure: str) -> float:
    return round(ours[figure] / max(peer[figure], 0.1), 3)


def _measured(name: str, size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as scratch:
        port = free_port()
        ours = ("-m", "bot", "--data", f"{scratch}/data", "run", "--demo", "--port", str(port))
        peer = ("-m", "bot.benches.fanout_peers", name, str(port))
        with _serving(ours if name == "linli" else peer) as process:
            house = (_Ours if name == "linli" else _Peer)(f"http://127.0.0.1:{port}")
            return asyncio.run(_talk(house, process, size))


@contextmanager
def _serving(command: tuple[str, ...]) -> Iterator[int]:
    process = subprocess.Popen(  # noqa: S603 -- words of our own.
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process.pid
    finally:
        end(process)


class _Peer:
    """A server that tells all its sockets whenever somebody posts."""

    def __init__(self, base: str) -> None:
        self.base = base

    async def prepare(self, _session: aiohttp.ClientSession) -> str:
        """Return the address of a socket."""
        return f"{self.base}/live"

    async def say(self, session: aiohttp.ClientSession) -> None:
        """Post one message."""
        await session.post(f"{self.base}/post")


class _Ours(_Peer):
    """The demo: a resident's group chat, opened again and again."""

    async def prepare(self, session: aiohttp.ClientSession) -> str:
        """Find the resident and the form of the chat."""
        page = await _patiently(session, self.base)
        found = re.search(r'phone-resident" src="(/as/[\w.-]+)/', page)
        self._chat = f"{self.base}{found[1] if found else ''}/chat/g-gh"
        async with session.get(self._chat) as answer:
            page = await answer.text()
        self._csrf = (re.search(r'name="csrf" value="(\w+)"', page) or [""] * 2)[1]
        return f"{self._chat}/live"

    async def say(self, session: aiohttp.ClientSession) -> None:
        """Say something in the group."""
        form = {"csrf": self._csrf, "uuid": str(uuid4()), "text": "早上好"}
        origin = {"Origin": self.base}
        async with session.post(f"{self._chat}/post", data=form, headers=origin) as answer:
            answer.raise_for_status()


async def _patiently(session: aiohttp.ClientSession, address: str) -> str:
    for _ in range(600):
        try:
            async with session.get(address) as answer:
                return await answer.text()
        except aiohttp.ClientError:
            await asyncio.sleep(0.1)
    raise TimeoutError(address)


async def _talk(house: _Peer, process: int, size: int) -> dict[str, float]:
    jar = aiohttp.CookieJar(unsafe=True)  # servers are called by number
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=jar) as session:
        await _patiently(session, f"{house.base}/healthz")
        address = await house.prepare(session)
        sockets = await _open(session, address, 1)
        alone, _ = await _single(session, house, sockets, process)
        empty = memory_mb(process)
        sockets += await _open(session, address, size - 1)
        single, last = await _single(session, house, sockets, process)
        idle = memory_mb(process)  # compression takes its memory with the first message
        words = await _words(session, house, sockets)
        for socket in sockets:
            await socket.close()
    return {
        "last_told_ms": round(last * 1000, 1),
        "cpu_us_per_socket": round((single - alone) / size * 1e6, 1),
        "kb_per_idle_socket": round((idle - empty) * 1024 / size, 1),
        "words_for_twenty": round(words, 1),
    }


async def _words(
    session: aiohttp.ClientSession,
    house: _Peer,
    sockets: list[aiohttp.ClientWebSocketResponse],
) -> float:
    """Words that each socket is told for `BURST` messages at the same time, the median of some turns.

    What one costs is known: their number is exact where a difference of two times is noise.
    """
    counts = []
    for _ in range(BURSTS):
        _, words = await _told(session, house, sockets, BURST)
        counts.append(words / len(sockets))
    return median(counts)


async def _single(
    session: aiohttp.ClientSession,
    house: _Peer,
    sockets: list[aiohttp.ClientWebSocketResponse],
    process: int,
) -> tuple[float, float]:
    """For one message: the server's processor seconds, seconds until the last was told (median).

    Of the processor the least counts: now and then a heartbeat falls into a turn.
    """
    await _told(session, house, sockets, 1)
    worked, waited = [], []
    for _ in range(TIMES):
        before = cpu_seconds(process)
        spent, _ = await _told(session, house, sockets, 1)
        waited.append(spent)
        worked.append(cpu_seconds(process) - before)
    return min(worked), median(waited)


async def _open(
    session: aiohttp.ClientSession, address: str, size: int
) -> list[aiohttp.ClientWebSocketResponse]:
    sockets: list[aiohttp.ClientWebSocketResponse] = []
    while len(sockets) < size:
        count = min(AT_ONCE, size - len(sockets))
        opening = (session.ws_connect(address, compress=WINDOW_BITS) for _ in range(count))
        sockets += await asyncio.gather(*opening)
    return sockets


async def _told(
    session: aiohttp.ClientSession,
    house: _Peer,
    sockets: list[aiohttp.ClientWebSocketResponse],
    messages: int,
) -> tuple[float, int]:
    """Say so many messages: seconds until every socket was told, and words told until it is quiet."""
    begun = time.perf_counter()
    waiting = [asyncio.create_task(_first(socket)) for socket in sockets]
    await asyncio.gather(*(house.say(session) for _ in range(messages)))
    await asyncio.gather(*waiting)
    spent = time.perf_counter() - begun
    further = await asyncio.gather(*(_quiet(socket) for socket in sockets))
    return spent, len(sockets) + sum(further)


async def _first(socket: aiohttp.ClientWebSocketResponse) -> None:
    await socket.receive()


async def _quiet(socket: aiohttp.ClientWebSocketResponse) -> int:
    """Read away what still comes, until nothing comes for a while; return how much it was."""
    words = 0
    try:
        while True:
            await socket.receive(timeout=0.5)
            words += 1
    except TimeoutError:
        return words
