"""A hundred messages through the real sender on a rough day: 429s, cuts before and after arrival.

`python -m tests.channels.storm` takes a good minute of real time and says what was lost, doubled,
or sent too soon, by the platform's own clock.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.channels.telegram.adapter import CAPABILITIES
from bot.clocks import SystemClock
from tests.channels.conftest import rigged
from tests.channels.fake_telegram import Fault
from tests.channels.rigs.rig import EVENING
from tests.channels.rigs.telegram import FAULTS, TelegramRig
from tests.channels.town import GROUPS, NUMBERS

if TYPE_CHECKING:
    from datetime import datetime

COUNTS = dict(zip(GROUPS, (22, 18, 18, 18), strict=True)) | {
    f"@{person}": 2 for person in list(NUMBERS)[:12]
}
"""Messages for each chat: one hundred, one group with more than its minute holds."""
JITTER = timedelta(milliseconds=50)
"""What the way to the platform may shorten the gap between two messages by."""
LONGEST = 180.0


class StormyRig(TelegramRig):
    """Telegram in real time; every sending may go wrong."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.clock: Any = SystemClock(EVENING)

    def brew(self, number: int) -> None:
        """Decide what becomes of the sendings to come: one in ten goes wrong."""
        chance = random.Random(5)
        retry = FAULTS["later"]
        assert isinstance(retry.body, dict)
        body = retry.body | {"parameters": {"retry_after": 2}}
        bad = (replace(retry, body=body), Fault(cut=True), Fault(done=True, cut=True))
        faults = []
        for _ in range(number * 2):
            wrong = chance.random() < 0.1
            faults.append(chance.choice(bad) if wrong else Fault(done=True))
        self.fake.fail("sendMessage", *faults)


def early(times: list[datetime], count: int, seconds: float, slack: timedelta) -> int:
    """How many came sooner than the window allows."""
    pairs = zip(times, times[count:], strict=False)
    least = timedelta(seconds=seconds) - slack
    return sum(after - before < least for before, after in pairs)


def breaches(asked: list[tuple[datetime, str]], slack: timedelta) -> dict[str, int]:
    """Count what came too soon, for each window of the channel."""
    chats = {chat: [at for at, one in asked if one == chat] for _, chat in asked}
    found = {}
    for window in CAPABILITIES.windows:
        streams = chats.values() if window.per_chat else [[at for at, _ in asked]]
        name = f"{window.count} in {window.seconds} s{' a chat' if window.per_chat else ''}"
        found[name] = sum(early(one, window.count, window.seconds, slack) for one in streams)
    return found


async def main() -> None:
    async with rigged(StormyRig, Path(tempfile.mkdtemp()), live=True) as rig:
        assert isinstance(rig, StormyRig)
        await asyncio.sleep(61)  # the greetings of the start count in the minute's window
        rig.fake.asked.clear()
        rig.brew(sum(COUNTS.values()))
        for chat, number in COUNTS.items():
            await rig.tells(chat, *(f"{chat} 第{nth:02}条" for nth in range(number)))
        try:
            async with asyncio.timeout(LONGEST):
                while any(row.state in ("pending", "sending") for row in await rig.outbox()):  # noqa: ASYNC110
                    await asyncio.sleep(0.5)
        except TimeoutError:
            sys.stdout.write("not done in time\n")
        sys.stdout.write(json.dumps(await report(rig), ensure_ascii=False, indent=1) + "\n")


async def report(rig: StormyRig) -> dict[str, Any]:
    rows = [row for row in await rig.outbox() if "条" in row.text]
    shown = Counter(one.text for one in rig.fake.arrived if "条" in one.text)
    times = [at for at, _ in rig.fake.asked]
    gaps = [after - before for before, after in pairwise(sorted(times))]
    return {
        "messages": len(rows),
        "requests": len(times),
        "states": Counter(row.state for row in rows),
        "said_sent_but_not_shown": sum(row.state == "sent" and not shown[row.text] for row in rows),
        "lost_without_a_word": sum(row.state not in ("sent", "unknown") for row in rows),
        "shown_twice": sum(times > 1 for times in shown.values()),
        "too_soon_by_50_ms": breaches(rig.fake.asked, JITTER),
        "too_soon_at_all": breaches(rig.fake.asked, timedelta()),
        "seconds": round((max(times) - min(times)).total_seconds(), 1),
        "in_order": all(in_order(rig, chat) for chat in COUNTS),
        "smallest_gap_ms": round(min(gaps).total_seconds() * 1000, 1),
    }


def in_order(rig: StormyRig, chat: str) -> bool:
    said = [one.text for one in rig.fake.arrived if one.text.startswith(f"{chat} 第")]
    return said == sorted(said)


if __name__ == "__main__":
    asyncio.run(main())
