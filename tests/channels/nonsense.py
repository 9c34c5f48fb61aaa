"""Calls that no platform makes: forged, stale, cut, huge, deep, in a wrong encoding.

`python -m tests.channels.nonsense [10000]` throws so many at each channel of the WeChat family and
counts: accepted, and answers of 500 and above. Both have to be 0.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.channels.rigs.kf import KfRig
from tests.channels.rigs.mp import MpRig, PlainMpRig
from tests.channels.rigs.wecom_app import WecomAppRig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.channels.rigs.wechat import WechatRig

KINDS: tuple[type[WechatRig], ...] = (WecomAppRig, MpRig, PlainMpRig, KfRig)
Call = tuple[dict[str, str], bytes]


def calls(rig: WechatRig, chance: random.Random) -> Iterator[Call]:
    """Yield calls without end; none of them may be accepted."""
    makers = (_forged, _stale, _cut, _huge, _deep, _encoded, _foreign, _signed_noise, _entities)
    while True:
        yield chance.choice(makers)(rig, chance)


def _good(rig: WechatRig, at: float | None = None) -> Call:
    return rig.sealed(rig.message("li", "text", Content="接1", MsgId=next(rig.ids)), at)


def _signature(query: dict[str, str]) -> str:
    return "msg_signature" if "msg_signature" in query else "signature"


def _forged(rig: WechatRig, chance: random.Random) -> Call:
    query, body = _good(rig)
    name = chance.choice((_signature(query), "timestamp", "nonce"))
    value = chance.choice(("", "0" * 40, "é", "１２３", "9" * 5000))
    query[name] = value
    if chance.random() < 0.3:
        del query[name]
    return query, body


def _stale(rig: WechatRig, chance: random.Random) -> Call:
    return _good(rig, time.time() + chance.choice((-1, 1)) * chance.uniform(310, 10**8))


def _cut(rig: WechatRig, chance: random.Random) -> Call:
    query, body = _good(rig)
    return query, body[: chance.randrange(len(body) - 6)]


def _huge(rig: WechatRig, chance: random.Random) -> Call:
    query, body = _good(rig)
    return query, body + b" " * chance.randrange(66_000, 90_000)


def _deep(rig: WechatRig, chance: random.Random) -> Call:
    levels = chance.randrange(10, 5000)
    raw = b"<xml>" + b"<a>" * levels + b"</a>" * levels + b"</xml>"
    if chance.random() < 0.5:
        return rig.sealed(raw)
    return _good(rig)[0], raw


def _encoded(rig: WechatRig, chance: random.Random) -> Call:
    query, body = _good(rig)
    coding = chance.choice(("utf-16", "utf-32"))
    return query, body.decode().encode(coding)


def _foreign(rig: WechatRig, chance: random.Random) -> Call:
    """What another receiver's key or id has sealed, signed with our token."""
    query, _ = _good(rig)
    return query, chance.randbytes(chance.randrange(400))


def _signed_noise(rig: WechatRig, chance: random.Random) -> Call:
    """Rightly sealed and signed nonsense."""
    return rig.sealed(
        chance.choice((b"", b"{}", b"<xml>", b"\xff\xfe", b"<xml/>", chance.randbytes(80)))
    )


def _entities(rig: WechatRig, chance: random.Random) -> Call:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml><Content>&b;</Content></xml>'
    )
    return rig.sealed(bomb) if chance.random() < 0.5 else (_good(rig)[0], bomb)


async def throw(rig: WechatRig, count: int, seed: int = 8) -> tuple[int, int]:
    """Throw so many calls; return how many were accepted, and how many answers were 5xx."""
    before, broken = len(await rig.inbox()), 0
    good = 0
    for _, (query, body) in zip(range(count), calls(rig, random.Random(seed)), strict=False):
        status, _ = await rig.post(query, body)
        good += status < 400
        broken += status >= 500
    return good + len(await rig.inbox()) - before, broken


async def _main(count: int) -> None:
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            rig = kind(Path(folder))
            await rig.open()
            accepted, broken = await throw(rig, count)
            alive = await rig.says("li", "高龄津贴多少钱")
            await rig.close()
        found = f"{accepted} accepted, {broken} x 5xx, alive: {alive}"
        sys.stdout.write(f"{kind.__name__}: {count} calls, {found}\n")


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
