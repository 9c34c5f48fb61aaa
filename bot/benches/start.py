"""From process start to the first answer over HTTP, and the memory; beside eager imports."""

from __future__ import annotations

import compileall
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from bot.benches.machine import cpu_seconds, memory_mb

QUESTION = "老人坐公交要钱不"
LONGEST = 300.0
"""Seconds after which a start counts as failed: on a busy machine the peer's takes a minute."""
PATIENCE = 10.0
"""Seconds in which a service that is told to stop may end by itself."""
TIMES = 3
"""Starts of each that are measured, turn about."""
ROOT = Path(__file__).parents[2]
PROGRAM = ("bot", "scheduler", "handlers", "knowledge")


def measure() -> dict[str, Any]:
    """Start the demo as a process of its own; return the medians of the starts after the first.

    The peer is the same service with everything imported first (aiogram, jieba and its dictionary).
    Both are compiled before, as `start.py` leaves them.
    """
    for package in PROGRAM:
        compileall.compile_dir(ROOT / package, quiet=2)
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as scratch:
        folder = Path(scratch) / "data"
        first = _start(folder, "bot")
        turns = [
            (_start(folder, "bot"), _start(folder, "bot.benches.eager_start")) for _ in range(TIMES)
        ]
        ours, peer = map(_medians, zip(*turns, strict=True))
    return {
        "first_start_s": first["answer_s"],
        **ours,
        "peer": {"name": "the same with eager imports", **peer},
        "time_of_the_peer": round(ours["cpu_s"] / peer["cpu_s"], 3),
        "memory_of_the_peer": round(ours["memory_mb"] / peer["memory_mb"], 3),
    }


def imported() -> Counter[str]:
    """Return for each package the microseconds that importing the service spends in it."""
    command = (sys.executable, "-X", "importtime", "-c", "import bot.service")
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    spent: Counter[str] = Counter()
    for micros, name in re.findall(
        r"^import time: +(\d+) \|.*\| +([A-Za-z]\w*)", told, re.MULTILINE
    ):
        spent[f"import {name}"] += int(micros)
    return spent


def _medians(starts: tuple[dict[str, float], ...]) -> dict[str, float]:
    return {name: median(one[name] for one in starts) for name in starts[0]}


def _start(folder: Path, program: str) -> dict[str, float]:
    port = free_port()
    command = [sys.executable, "-m", program, "--data", str(folder), "run", "--demo"]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _ask(build_opener(HTTPCookieProcessor()), f"http://127.0.0.1:{port}", begun)
        return {
            "answer_s": round(time.perf_counter() - begun, 2),
            "cpu_s": round(cpu_seconds(process.pid), 2),
            "memory_mb": round(memory_mb(process.pid), 1),
        }
    finally:
        end(process)


def end(process: subprocess.Popen[bytes], patience: float = PATIENCE) -> None:
    """Let a service end, and return once it has: its folder is taken away next."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ask(opener: OpenerDirector, base: str, begun: float) -> None:
    """Open a resident's private chat, ask, and wait for the bubble that answers this very question."""
    page = _get_patiently(opener, f"{base}/", begun)
    token, person = _found(r'phone-resident" src="/as/(([\w-]+)\.\w+)/', page).groups()
    chat = f"{base}/as/{token}/chat/@{person}"
    page = _get(opener, chat)
    form = {
        "csrf": _found(r'name="csrf" value="(\w+)"', page)[1],
        "uuid": _found(r'name="uuid" value="([\w-]+)"', page)[1],
        "text": QUESTION,
    }
    post = Request(f"{chat}/post", urlencode(form).encode(), {"Origin": base})  # noqa: S310 -- loopback.
    last = max(map(int, re.findall(r'data-id="(\d+)"', page)), default=0)
    opener.open(post).close()
    while 'data-from="bot"' not in _get(opener, f"{chat}/after?id={last}"):
        _not_too_long(begun)
        time.sleep(0.01)


def _get_patiently(opener: OpenerDirector, url: str, begun: float) -> str:
    while True:
        try:
            return _get(opener, url)
        except URLError:
            _not_too_long(begun)
            time.sleep(0.01)


def _get(opener: OpenerDirector, url: str) -> str:
    with opener.open(url) as answer:
        return str(answer.read().decode())


def _found(pattern: str, page: str) -> re.Match[str]:
    match = re.search(pattern, page)
    if match is None:
        raise RuntimeError(pattern)
    return match


def _not_too_long(begun: float) -> None:
    if time.perf_counter() - begun > LONGEST:
        message = f"no answer within {LONGEST:.0f} s"
        raise RuntimeError(message)
