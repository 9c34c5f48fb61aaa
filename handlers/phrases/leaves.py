"""What is said about somebody's leave: until when, who stands in, and what comes back afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number
from handlers.phrases.sheet import short

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.phrases.sheet import Sheet

RESUME = "接回来"
NOT_BACK = "您在请假，现在接不回来。人回来了，先发“销假”。"


def on_leave(until: datetime, deputy: str, moved: int) -> str:
    """Return who stands in meanwhile, and that what was in hand went there too."""
    takes = f"任务先派给{deputy}" if deputy else "任务先派给上一级"
    held = f"，手上的 {moved} 件也转过去了" if moved else ""
    return f"好的，您请假到 {until.month} 月 {until.day} 日。{takes}{held}。"


def back_at_work(came: int) -> str:
    """Return that a leave has ended, and how many tasks came back that nobody had begun."""
    return f"好的，您回来了，新任务照常派给您。{_returned(came)}"


def leave_over(came: int) -> str:
    """Return the like of a leave that ran out by itself."""
    return f"您的假到了，新任务照常派给您。{_returned(came)}"


def _returned(came: int) -> str:
    return f"\n还没人接的 {came} 件转回给您了。" if came else ""


def still_theirs(no: int, matter: str, names: Sequence[str]) -> str:
    """Ask whether what others have begun meanwhile is to come back; the first one is named."""
    who = "、".join(name for name in dict.fromkeys(names) if name) or "别人"
    first = f"{ticket_number(no)} {short(matter, 14)}"
    which = first if len(names) == 1 else f"{first}等 {len(names)} 件"
    return f"您请假时转出去的 {which}，{who}在办。\n要接回来自己办，回复 1；不回就由{who}办完。"


def resumed(count: int) -> str:
    """Return how many tasks are in their own hands again."""
    return f"接回来了，共 {count} 件。请发“任务”看。" if count else "都已经办完，或转给别人了。"


def released(t: Sheet) -> str:
    """To who had it meanwhile."""
    return f"{t.number} {t.owner}回来了，由{t.owner}接着办，您不用管了，谢谢！"
