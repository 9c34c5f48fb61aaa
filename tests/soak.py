"""Twenty messages a second for as long as you like: `python -m tests.soak MINUTES [STALL_MS]`.

A real process hears them through the signed hook and posts its answers back here. Memory, open
files and the loop's longest stall are read from outside; the exit code is 1 where one of them does
not hold. Not a part of the suite.
"""

from __future__ import annotations

import asyncio
import csv
import hashlib
import hmac
import json
import random
import re
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession, web

import knowledge.pack
from bot.benches.groups import UNITS
from bot.benches.machine import memory_mb
from bot.benches.start import free_port
from bot.benches.talk import ASKED, chatter, question

if TYPE_CHECKING:
    from collections.abc import Sequence

PER_SECOND = 20
GROUPS = 20
SECRET = "soak-secret-of-32-characters-0123"
EVERY = 5.0
"""Seconds between two looks."""
WARM = 0.25
"""Share of the time after which memory is taken as it must stay."""
GROWTH = 1.05
FILES = 8
"""Open files more or fewer: connections come and go."""
STALL = 0.05
"""Seconds for which the loop may stand still on a quiet machine; a busy one is given more."""


@dataclass(frozen=True)
class Look:
    """What was seen from outside: MB, open files, threads, stall in seconds, rows that wait."""

    memory: float
    files: int
    threads: int
    stall: float
    waiting: float


def furnish(folder: Path, answers: str) -> None:
    """Lay out the shipped community with groups on the hook."""
    pack = Path(knowledge.pack.__file__).parent
    for name in ("faq", "notices", "roster"):
        shutil.copytree(pack / name, folder / name)
    (folder / "linli.toml").write_text(
        f'[channels.hook.soak]\nsecret = "{SECRET}"\nout_url = "{answers}"\n', "utf-8"
    )
    with (folder / "roster/chats.csv").open("a", encoding="utf-8", newline="") as file:
        rows = (("soak", f"g{n}", f"群{n}", "gh", "仅@") for n in range(GROUPS))
        csv.writer(file).writerows(rows)


def message(number: int, chance: random.Random, talk: list[str]) -> bytes:
    """One signed body: nine of ten are chatter, the others ask or report."""
    drawn = chance.random()
    text = chance.choice(talk)
    if drawn < 0.1:
        text = f"小助手 {question(chance.randrange(ASKED))}"
    if drawn < 0.02:
        text = f"小助手 {chance.choice(UNITS)}楼道灯坏了"
    body = {
        "event_id": f"soak-{number}",
        "at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()),
        "chat": {"id": f"g{number % GROUPS}", "kind": "group"},
        "sender": {"id": f"r{number % 500}", "name": "邻居"},
        "text": text,
        "addressed": text.startswith("小助手"),
    }
    return json.dumps(body, ensure_ascii=False).encode()


def signed(body: bytes) -> dict[str, str]:
    """The headers that let a body in."""
    now = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), now.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Linli-Timestamp": now, "X-Linli-Signature": f"sha256={digest}"}


async def look(session: ClientSession, base: str, process: int) -> Look:
    """Read what the process says and what the system says of it."""
    async with session.get(f"{base}/metrics") as answer:
        said = await answer.text()
    stall = re.search(r"^linli_loop_stall_minute_seconds ([\d.e+-]+)", said, re.MULTILINE)
    waiting = re.findall(
        r'^linli_(?:in|out)box{state="(?:new|pending)"} ([\d.]+)', said, re.MULTILINE
    )
    proc = Path(f"/proc/{process}")
    return Look(
        memory_mb(process),
        len(list((proc / "fd").iterdir())),
        len(list((proc / "task").iterdir())),
        float(stall[1]) if stall else 0.0,
        sum(map(float, waiting)),
    )


async def talk(session: ClientSession, base: str, seconds: float) -> int:
    """Send at a steady pace; return how many were not taken."""
    chance = random.Random(1)
    talk = chatter(chance)
    begun, number, refused = time.monotonic(), 0, 0
    while (ahead := begun + number / PER_SECOND - time.monotonic()) < 1 and (
        number < seconds * PER_SECOND
    ):
        await asyncio.sleep(max(0.0, ahead))
        body = message(number, chance, talk)
        async with session.post(f"{base}/hook/soak", data=body, headers=signed(body)) as answer:
            refused += answer.status != 200
        number += 1
    return refused


async def watch(session: ClientSession, base: str, process: int, looks: list[Look]) -> None:
    """Look again and again until cancelled."""
    while True:
        await asyncio.sleep(EVERY)
        looks.append(await look(session, base, process))
        say(str(looks[-1]))


def failings(looks: Sequence[Look], refused: int, longest: float) -> list[str]:
    """Say what did not hold after the warm-up."""
    steady = looks[int(len(looks) * WARM) :]
    half = max(1, len(steady) // 2)
    early, late = steady[:half], steady[half:] or steady
    found = [f"{refused} messages were not taken"] if refused else []
    growth = max(one.memory for one in late) / max(one.memory for one in early)
    if growth > GROWTH:
        found.append(f"memory grew to {growth:.1%}")
    for name in ("files", "threads"):
        counts = [getattr(one, name) for one in (*early, *late)]
        if max(counts) - min(counts) > FILES:
            found.append(f"{name} went from {min(counts)} to {max(counts)}")
    if (stall := max(one.stall for one in late)) > longest:
        found.append(f"the loop stood still for {stall * 1000:.0f} ms")
    return found


async def serve_answers() -> tuple[web.AppRunner, str, list[int]]:
    """Take what the bot posts; return the server, its address and a count."""
    heard: list[int] = []

    async def take(request: web.Request) -> web.Response:
        heard.append(len(await request.read()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner, f"http://127.0.0.1:{port}/", heard


async def soak(minutes: float, longest: float = STALL) -> list[str]:
    """Run the service and talk to it for so long; return what did not hold."""
    runner, answers, heard = await serve_answers()
    with tempfile.TemporaryDirectory(prefix="linli-soak-") as scratch:
        folder, port = Path(scratch) / "data", free_port()
        folder.mkdir()
        furnish(folder, answers)
        command = (sys.executable, "-m", "bot", "--data", str(folder), "run", "--port", str(port))
        process = start(command)
        base, looks = f"http://127.0.0.1:{port}", list[Look]()
        try:
            async with ClientSession() as session:
                await ready(session, base)
                watching = asyncio.create_task(watch(session, base, process.pid, looks))
                refused = await talk(session, base, minutes * 60)
                watching.cancel()
        finally:
            process.terminate()
            process.wait(30)
            await runner.cleanup()
    say(f"{len(heard)} answers")
    return failings(looks, refused, longest) if heard else ["nothing was answered"]


def start(command: tuple[str, ...]) -> Popen[bytes]:
    """Start the service as its own process."""
    return Popen(command, stdout=DEVNULL, stderr=DEVNULL)


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def ready(session: ClientSession, base: str) -> None:
    """Wait until the service is ready."""
    for _ in range(600):
        try:
            async with session.get(f"{base}/readyz") as answer:
                if answer.status == 200:
                    return
        except ClientError:
            pass
        await asyncio.sleep(0.1)
    raise TimeoutError(base)


if __name__ == "__main__":
    allowed = [float(one) / 1000 for one in sys.argv[2:]]
    troubles = asyncio.run(soak(float(sys.argv[1]), *allowed))
    say("\n".join(troubles) or "everything held")
    sys.exit(bool(troubles))
