"""回访: what is asked of the caller, and what becomes of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.phrases.sheet import Sheet

URGENT, UNHAPPY, SAMPLE = "急件", "不满意", "抽查"
PLEASED, SO_SO, BAD, NO_ANSWER = "满意", "一般", "没好", "没联系上"
OUTCOMES = (PLEASED, SO_SO, BAD, NO_ANSWER)


def card(t: Sheet, why: str) -> str:
    """To the caller: whom to ask about what; phone and door stand on the page."""
    return (
        f"【回访 {t.number}】{t.where}（{why}）\n"
        f"{t.owner}办的。请问问{t.resident}：真的好了吗？满意吗？\n"
        f"回复 1 {PLEASED}　2 {SO_SO}　3 {BAD}　4 {NO_ANSWER}"
    )


def noted(t: Sheet, outcome: str) -> str:
    """To the caller."""
    return f"记下了，{t.number} 回访：{outcome}。谢谢！"


def done_already(t: Sheet) -> str:
    """The call was made, or is not asked for any more."""
    return f"{t.number} 的回访已经记过了。"


RECHECK_OK, RECHECK_BAD = "还好", "又坏了"


def recheck(t: Sheet) -> str:
    """To the reporter, four weeks later."""
    return f"{t.titled}办结四周了，现在还好吗？\n还好，回复 1；又坏了，回复 2。不回也没关系。"


def lasted(t: Sheet) -> str:
    """It is still good."""
    return f"那就好，{t.number} 记下了。谢谢您！"
