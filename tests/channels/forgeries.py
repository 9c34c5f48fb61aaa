"""Bad calls at the doors: forged, replayed, stale, truncated, huge, deep, wrongly encoded.

`python -m tests.channels.forgeries 10000` sends that many to a running application and says what
became of them; the suite sends some hundreds.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import random
import sys
import tempfile
import time
from collections import Counter
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.web.doors import MAX_CALL, MAX_UPDATE, SECRET
from tests.channels.conftest import rigged
from tests.channels.rigs.hook import HookRig, signed
from tests.channels.rigs.telegram import WORD, WebhookRig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.channels.rigs.rig import Rig

Call = tuple[str, bytes, dict[str, str]]
"""Path, body and headers."""
HUGE_EVERY = 200
"""One call in so many is too big: each costs megabytes."""
CUT = 0
"""Stands for an answer where the server hangs up on a body that it will not read to its end."""
TEXT = "五楼水管爆了，水往下灌"


class Forger:
    """Makes bad calls out of good ones; `seal` gives a body the headers of one that is trusted."""

    def __init__(self, paths: tuple[str, ...], seal: Callable[[bytes], dict[str, str]], most: int):
        self.paths, self.seal, self.most = paths, seal, most
        self.chance = random.Random(8)
        self.kinds = (
            self.forged,
            self.stolen,
            self.truncated,
            self.deep,
            self.misencoded,
            self.odd,
            self.packed,
        )

    def calls(self, good: Iterator[dict[str, Any]], number: int) -> Iterator[tuple[str, Call]]:
        """Yield calls with what is wrong with them."""
        for nth in range(number):
            huge = nth % HUGE_EVERY == HUGE_EVERY - 1
            kind = self.huge if huge else self.chance.choice(self.kinds)
            path = self.chance.choice(self.paths)
            yield kind.__name__, (path, *kind(json.dumps(next(good)).encode()))

    def forged(self, body):
        """Without or with another signature."""
        other = {
            name: self.chance.choice(["", "no", "ünsinn", value[:-1], value + "0"])
            for name, value in self.seal(body).items()
        }
        return body, self.chance.choice([{}, other])

    def stolen(self, body):
        """With the signature of another body, or of an hour ago."""
        if SECRET in self.seal(body):
            return body, {SECRET: WORD.swapcase()}
        stale = signed(body, time.time() + self.chance.choice([-3600, -301, 301, 86400]))
        return body, self.chance.choice([stale, signed(body + b" ")])

    def truncated(self, body):
        body = body[: self.chance.randrange(len(body))]
        return body, self.seal(body)

    def huge(self, body):
        body += b" " * self.most
        return body, self.seal(body)

    def deep(self, _body):
        depth = self.chance.choice([50, 2000, 100_000])
        body = self.chance.choice([b"[" * depth, b'{"update_id":1,"a":' + b'{"a":' * depth])
        return body, self.seal(body)

    def misencoded(self, body):
        text = json.dumps(json.loads(body), ensure_ascii=False)
        body = self.chance.choice(
            [
                text.encode("utf-16"),
                text.encode("gb18030").replace(b"{", b"{\xff", 1),
                b"\xef\xbb\xbf" + body,
                body.replace(b"{", b"{\x00", 1),
                text.encode("utf-32"),
            ]
        )
        return body, self.seal(body)

    def odd(self, body):
        """JSON that holds something else than it should."""
        told = json.loads(body)
        for name in self.chance.sample(sorted(told), len(told)):
            told[name] = self.chance.choice([None, [], "x", -1, 1.5, True, {"a": [{}]}, 10**30])
        body = self.chance.choice([b"[]", b"null", b"7", b'"x"', json.dumps(told).encode()])
        return body, self.seal(body)

    def packed(self, body):
        """Said to be packed and is not, or a bomb."""
        bomb = gzip.compress(b"[" * self.most * 2)
        body = self.chance.choice([body, bomb[:20], bomb]) if self.chance.random() < 0.1 else body
        return body, self.seal(body) | {"Content-Encoding": "gzip"}


def updates(rig: WebhookRig) -> Iterator[dict[str, Any]]:
    for nth in count(1):
        yield {"update_id": nth, "message": rig.message("li", "g-hy", text=TEXT)}


def events(rig: HookRig) -> Iterator[dict[str, Any]]:
    while True:
        yield rig.event("li", "g-hy", text=TEXT) | {"key": "k", "kind": "气象", "level": "红色"}


def forger(rig: Rig) -> tuple[Forger, Iterator[dict[str, Any]]]:
    if isinstance(rig, WebhookRig):
        return Forger(("/telegram/4242",), lambda _: {SECRET: WORD}, MAX_UPDATE), updates(rig)
    assert isinstance(rig, HookRig)
    return Forger(("/hook/partner", "/events/partner"), signed, MAX_CALL), events(rig)


async def assail(rig: Rig, number: int) -> Counter[tuple[str, int]]:
    """Send bad calls, and a good one five times at the end; count kinds and answers."""
    made, good = forger(rig)
    seen: Counter[tuple[str, int]] = Counter()
    async with aiohttp.ClientSession() as session:

        async def post(kind: str, call: Call) -> None:
            path, body, headers = call
            try:
                async with session.post(
                    rig.address + path, data=io.BytesIO(body), headers=headers
                ) as answer:
                    await answer.read()
                    seen[kind, answer.status] += 1
            except aiohttp.ClientError:
                seen[kind, CUT] += 1

        for kind, call in made.calls(good, number):
            await post(kind, call)
        body = json.dumps(next(good)).encode()
        for _ in range(5):
            await post("replayed", (made.paths[0], body, made.seal(body)))
    return seen


async def accepted(rig: Rig) -> int:
    """How many events would be handled, and how many would be told."""
    return sum(row.state != "quarantined" for row in await rig.inbox())


async def main(number: int) -> None:
    for kind in (WebhookRig, HookRig):
        async with rigged(kind, Path(tempfile.mkdtemp())) as rig:
            began = time.monotonic()
            seen = await assail(rig, number)
            report = {
                "channel": kind.name,
                "bad_calls": number,
                "seconds": round(time.monotonic() - began),
                "answers": {f"{what} {status}": times for (what, status), times in seen.items()},
                "accepted": await accepted(rig) - 1,
                "server_errors": sum(times for (_, one), times in seen.items() if one >= 500),
            }
            await rig.settle()
            report["goes_on"] = await rig.says("li", TEXT, "@li")
            sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
