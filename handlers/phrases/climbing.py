"""What the reporter reads while a request is urged, or climbs because nobody was in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.tickets import otherwise
from knowledge.files.bodies import SHORT_LIMIT

if TYPE_CHECKING:
    from handlers.phrases.sheet import Sheet

NAME = 10
"""Room for the name by which somebody is called before others."""


def urged(t: Sheet) -> str:
    """The handler was urged, or who is to find one."""
    return f"已催{t.owner or '督办员'}（{t.number}）。一天可以催一次。"


def urged_already(t: Sheet) -> str:
    """Once a day is enough."""
    return f"{t.number} 今天已经催过了，明天可以再催；有新的情况，直接说，我转给{t.owner}。"


def climbed(t: Sheet, rung: str) -> str:
    """Nobody took it in time: who was told."""
    return f"{t.number} 还没人接单，已升级到{rung}。"


def climbed_visit(t: Sheet, rung: str) -> str:
    """Nobody has said that he is there."""
    return f"{t.number} 还没收到{t.owner}到场的消息，已升级到{rung}。"


def climbed_solve(t: Sheet, rung: str) -> str:
    """It was not solved in time: who was told, and who goes on."""
    return f"{t.number} 到期还没办完，已升级到{rung}，{t.owner}继续办。"


def nobody_yet(t: Sheet, again: str, advice: str, duty_phone: str, *, alone: bool) -> str:
    """A life is in danger and nobody comes: what is being done, what to do oneself, how to stop it.

    `again` = after how long everybody is called once more, "" where there is nobody; `alone` = one
    household, which can stop it.
    """
    called = f"还没人接单，各级和街道都在叫，{again}后再叫。" if again else "没有人可以叫。"
    lines = (
        f"{t.number} {called}",
        f"您别干等：{advice}",
        f"值班电话 {duty_phone}" if duty_phone else "",
        "没事了请回：算了" if alone else "您家没事了请回：算了",
    )
    said = [line for line in lines if line]
    whole = "\n".join(said)
    return whole if len(whole) <= SHORT_LIMIT - NAME else "\n".join(said[:-1])


def supervised(t: Sheet) -> str:
    """The top of the ladder was reached."""
    return f"{t.number} 还没办好，已升级到督办清单，有人盯着办。"


def unwatched(t: Sheet) -> str:
    """The top of the ladder was reached, and nobody is left to tell."""
    return f"{t.number} 还没办好，上面没有人可以再找了。{otherwise(t)}"
