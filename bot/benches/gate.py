"""What a group message costs that needs no answer, beside frameworks with twenty rules."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from bot.benches import gate_peers
from bot.benches.stage import demo_hood
from bot.clocks import SystemClock
from bot.listening import Listening
from handlers.messages import ChatRef, Event
from handlers.work import Rules

if TYPE_CHECKING:
    from datetime import datetime

CHATTER = (
    "早上好各位",
    "哈哈哈哈笑死我了",
    "今天菜市场的排骨蛮新鲜",
    "谁家的猫跑到我们门口来了",
    "[图片]",
    "晚上跳舞的在哪里集合",
    "我在电梯口碰到老王了，他说医保卡换新的了",
    "收到收到，谢谢群主",
    "孩子明天开家长会，有没有一起走的",
    "外面下雨了，记得收衣服",
    "@小梅 你的快递我帮你拿了放门口",
    "这个价格可以的，比超市便宜两块",
)
ROUNDS = 2_000


def measure() -> dict[str, Any]:
    """Return the mean processor cost in microseconds, how many got through, and what peers need."""
    mean, through = ours_alone()
    peers = gate_peers.measured(CHATTER)
    return {
        "messages": ROUNDS * len(CHATTER),
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
    events = [_event(text, now, n) for n, text in enumerate(CHATTER)]
    for event in events:
        listening.worth_storing(event, hood, now)
    through = 0
    begun = time.process_time()
    for _ in range(ROUNDS):
        for event in events:
            through += listening.worth_storing(event, hood, now)
    spent = time.process_time() - begun
    return spent / (ROUNDS * len(events)) * 1e6, through


def _event(text: str, at: datetime, n: int) -> Event:
    return Event("web", f"bench-{n}", ChatRef("web", "g-gh"), "mei", at, text=text)
