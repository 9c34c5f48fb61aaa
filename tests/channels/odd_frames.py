"""Frames that no platform sends: cut, huge, deep, in a wrong encoding, with odd fields.

`python -m tests.channels.odd_frames [10000]` throws so many at each channel that listens on a
WebSocket and counts those that were accepted: 0. The service goes on.
"""

from __future__ import annotations

import asyncio
import copy
import json
import random
import sys
import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.channels.rigs.onebot import OneBotRig
from tests.channels.rigs.wecom_bot import WecomBotRig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.channels.rigs.rig import SocketRig

KINDS: tuple[type[SocketRig], ...] = (WecomBotRig, OneBotRig)
LONGEST = 60.0
"""Seconds in which everything that was thrown is read, on a busy machine too."""
ODD: tuple[Any, ...] = (
    None,
    7,
    -1,
    1.5,
    True,
    [],
    {},
    "",
    "x" * 500,
    "\ud83d",
    "\0",
    [["a"]],
    10**30,
)


def frames_of(rig: SocketRig, chance: random.Random) -> Iterator[str | bytes]:
    """Yield frames without end; none of them may be accepted."""
    makers = (_cut, _huge, _deep, _encoded, _noise, _fields)
    while True:
        yield chance.choice(makers)(rig, chance)


def _good(rig: SocketRig) -> str:
    return json.dumps(rig.frame("li", "接1"), ensure_ascii=False)


def _cut(rig: SocketRig, chance: random.Random) -> str:
    text = _good(rig)
    return text[: chance.randrange(len(text) - 1)]


def _huge(rig: SocketRig, chance: random.Random) -> str:
    del rig
    return "x" * chance.choice((70_000, 200_000))


def _deep(rig: SocketRig, chance: random.Random) -> str:
    levels = chance.randrange(2000, 50_000)
    frame = rig.frame("li", "接1")
    return json.dumps(frame)[:-1] + ', "x": ' + "[" * levels + "]" * levels + "}"


def _encoded(rig: SocketRig, chance: random.Random) -> str | bytes:
    if chance.random() < 0.98:
        return _good(rig).encode("utf-16-le").decode("latin-1")
    return _good(rig).encode("gb18030")


def _noise(rig: SocketRig, chance: random.Random) -> str:
    del rig
    odd = ("", "null", "[]", "7", '"x"', "{}", '{"cmd":7}', '{"a":' + "9" * 5000 + "}", "NaN")
    return chance.choice((*odd, chance.randbytes(80).decode("latin-1")))


def _fields(rig: SocketRig, chance: random.Random) -> str:
    """A right frame with one field that everything hangs on turned into something else."""
    frame = copy.deepcopy(rig.frame("li", "接1"))
    *way, last = chance.choice(rig.vital)
    table: Any = frame
    for name in way:
        table = table[name]
    wrong = [one for one in ODD if type(one) is not type(table[last]) or not one]
    table[last] = chance.choice([one for one in wrong if (last, type(one)) != rig.also])
    return json.dumps(frame)


async def throw(rig: SocketRig, count: int, seed: int = 8) -> int:
    """Throw so many frames; return how many were accepted."""
    chance = random.Random(seed)
    frames = frames_of(rig, chance)
    for nth in range(count):
        await rig.throw(next(frames), wait=nth % 50 == 49)
    async with asyncio.timeout(LONGEST):
        while not await rig.throw("{}", wait=True):
            pass  # what was thrown before it is still being read
    rows = await rig.inbox()
    return len([row for row in rows if row.state != "quarantined"])


async def _main(count: int) -> None:
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            rig = kind(Path(folder))
            await rig.open()
            accepted = await throw(rig, count)
            alive = await rig.says("li", "高龄津贴多少钱")
            aside = len(list(chain(await rig.inbox()))) - 1
            await rig.close()
        found = f"{accepted} accepted, {aside} set aside, alive: {alive}"
        sys.stdout.write(f"{kind.__name__}: {count} frames, {found}\n")


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
