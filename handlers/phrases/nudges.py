"""What people who handle requests read when somebody is in a hurry or a promise runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.sheet import short

if TYPE_CHECKING:
    from handlers.phrases.sheet import Sheet

NOT_SOLVED = "没能按时办结"
NOT_THERE = "还没有到场的消息"


def urged(t: Sheet, words: str = "") -> str:
    """The reporter is in a hurry: to whoever has it, else to who is to find somebody."""
    said = f"：“{short(words)}”\n" if words else "，"
    wanted = f"请回一句：进展{t.no} 说明" if t.owner else "没有人可以派，请您定人。"
    return f"【催办 {t.number}】{t.where}\n{t.resident}着急{said}{wanted}"


def nudge_claim(t: Sheet, due: str) -> str:
    """Half of the time to take it is over."""
    return f"【提醒 {t.number}】{t.where}\n还没接单，请在{due} 前接。"


def nudge_visit(t: Sheet, due: str) -> str:
    """Half of the time to be there (or to have a plan) is over."""
    return f"【提醒 {t.number}】{t.where}\n请在{due} 前到场或定好办法。到了请发：进展{t.no} 到了"


def nudge_solve(t: Sheet, due: str) -> str:
    """Half of the time to solve it is over."""
    return f"【提醒 {t.number}】{t.where}\n请在{due} 前办结。办完请发：完{t.no}"


def lost(t: Sheet) -> str:
    """Somebody who was to be held back from a swindle has given money or a code already."""
    return f"【紧急 {t.number}】{t.where}\n{t.resident}可能已经把钱或验证码给出去了，请马上打电话、上门。"


def overdue(t: Sheet, what: str) -> str:
    """A promise of the rung below was missed; the handler keeps the ticket."""
    return f"【超时 {t.number}】{t.where}\n{t.owner}{what}，请您过问。\n有进展请发：进展{t.no} 说明"


def without_owner(t: Sheet) -> str:
    """The roster knows nobody who could be asked: to the supervisor."""
    return f"【督办 {t.number}】{t.where}\n没有人可以派，请您定人。"


def nobody_comes(t: Sheet, waited: str) -> str:
    """A life is in danger, and nobody of all who were asked has taken it: to the supervisor."""
    return f"【督办 {t.number}】{t.where}\n叫了 {waited}没人接单，请您马上打电话找人。"


def supervise(t: Sheet) -> str:
    """The top of the ladder was reached: to the supervisor."""
    return f"【督办 {t.number}】{t.where}\n各级都已超时，已列入督办清单。"
