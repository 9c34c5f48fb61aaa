"""What a group message costs that needs no answer, beside frameworks with twenty rules."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

from bot.benches import gate_peers
from bot.benches.stage import demo_hood
from bot.benches.talk import chatter
from bot.clocks import SystemClock
from bot.listening import Listening
from handlers.messages import ChatRef, Event
from handlers.work import Rules

if TYPE_CHECKING:
    from datetime import datetime

MESSAGES, FIRST, FOR_PEERS = 6_000, 3_000, 500
"""How many are measured, how many are said before (what is read from files once is read by then), and
how many the peers are measured with."""


def measure() -> dict[str, Any]:
    """Return the mean processor cost in microseconds, how many got through, and what peers need.

    No message comes twice: what was read once is remembered, and a group says something new.
    """
    mean, through = ours_alone()
    peers = gate_peers.measured(_talk()[:FOR_PEERS])
    return {
        "messages": MESSAGES,
        "mean_us": round(mean, 1),
        "let_through": through,
        "peers_us": peers,
        "times_the_peer": {name: round(cost / mean, 1) for name, cost in peers.items()},
    }


def ours_alone() -> tuple[float, int]:
    """Return the mean microseconds of our gate, and how many of the messages it let through."""
    hood = demo_hood()
    listening = Listening(Rules())
    now = SystemClock().now()
    events = [_event(text, now, n) for n, text in enumerate(_talk())]
    for event in events[:FIRST]:
        listening.worth_storing(event, hood, now)
    begun = time.process_time()
    through = sum(listening.worth_storing(event, hood, now) for event in events[FIRST:])
    return (time.process_time() - begun) / MESSAGES * 1e6, through


def _talk() -> list[str]:
    return chatter(random.Random(1))[: FIRST + MESSAGES]  # noqa: S311 -- the same talk every time.


def _event(text: str, at: datetime, n: int) -> Event:
    return Event("web", f"bench-{n}", ChatRef("web", "g-gh"), "mei", at, text=text)
