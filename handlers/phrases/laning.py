"""What is said when a matter turns out to be more, or less, urgent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.sheet import short
from knowledge.community.tickets.ticket import LANE_WORDS

if TYPE_CHECKING:
    from handlers.phrases.sheet import Sheet
    from knowledge.community.tickets.ticket import Lane

HOW = "请写改成哪一级和理由，例如：改急127 P1 水漫到楼下了（P0 危及生命 P1 紧急 P2 一般 P3 疑难）"


def same(t: Sheet, lane: Lane) -> str:
    """It has this lane already."""
    return f"{t.number} 现在就是{_named(lane)}。"


def noted(t: Sheet, lane: Lane, due: str) -> str:
    """To whoever changed it."""
    return f"{t.number} 改为{_named(lane)}，已经过去的时间照算{_until(due)}。"


def changed(t: Sheet, by: str, lane: Lane, words: str, due: str) -> str:
    """To who has it: the promise is another one now."""
    return f"【改急 {t.number}】{t.where}\n{by}改为{_named(lane)}：{short(words)}{_until(due)}。"


def told(t: Sheet, lane: Lane, words: str, due: str) -> str:
    """To who waits for it."""
    return f"{t.titled}改按{LANE_WORDS[lane]}办：{short(words)}{_until(due)}。"


def _named(lane: Lane) -> str:
    return f"{LANE_WORDS[lane]}（{lane.value}）"


def _until(due: str) -> str:
    """The end of the promise; "" while none runs."""
    return f"，办结时限 {due}" if due else ""
