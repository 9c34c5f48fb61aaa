"""What the reporter reads of a request that is logged: its receipt and its course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.lanes import CLAIM_WORDS, LANE_TITLES, VISIT_WORDS
from handlers.phrases.sheet import short
from knowledge.community.tickets.ticket import Lane

if TYPE_CHECKING:
    from handlers.phrases.sheet import Sheet

NOT_THEIRS = "没有找到这件事。请发“进度”看您报过的事。"


def filed(t: Sheet, contact: str, told_at: str = "") -> str:
    """The receipt of an ordinary request: `contact` is like 今天内, `told_at` the end of the rest."""
    rest = f"（休息时间不打扰，{told_at} 通知）" if told_at else ""
    return (
        f"登记好了，编号 {t.number}。\n{t.owner_in_role}{contact}联系您{rest}。\n查进度请说：进度"
    )


def filed_unowned(t: Sheet) -> str:
    """The receipt when the roster knows nobody who could be asked."""
    return (
        f"登记好了，编号 {t.number}。\n"
        "还派不到人，已列入督办清单，由督办的人来定。\n"
        "查进度请说：进度"
    )


def filed_unwatched(t: Sheet) -> str:
    """The receipt when there is nobody to see to it either, or they are all complained of."""
    return f"记下了，编号 {t.number}。\n可是现在没有人能办这件，也没有人能督办。{otherwise(t)}"


def left_alone(t: Sheet) -> str:
    """Whoever had it has left, and there is nobody to take it; somebody sees to that."""
    return f"{t.number} 办的人不在了，还派不到人，已列入督办清单，由督办的人来定。"


def left_unwatched(t: Sheet) -> str:
    """Nobody sees to it either."""
    return f"{t.number} 办的人不在了，现在没有人能办，也没有人能督办。{otherwise(t)}"


def otherwise(t: Sheet) -> str:
    """Where else to turn with what is no danger to life (facts/policies.md, hotline-12345)."""
    return "" if t.lane is Lane.P0 else "\n请您也打政务热线 12345 反映，白天晚上都有人接。"


def filed_urgently(t: Sheet, duty_phone: str, next_role: str) -> str:
    """The receipt of an emergency: who was told, what to do, what happens if nobody answers."""
    lines = [
        f"已按【{LANE_TITLES[t.lane]}】通知{t.owner_in_role}（编号 {t.number}），{VISIT_WORDS[t.lane]}。"
    ]
    if duty_phone:
        lines.append(f"请您也打值班电话 {duty_phone}。")
    if next_role:
        lines.append(f"{CLAIM_WORDS[t.lane]}没人接单，我会找{next_role}。")
    return "\n".join(lines)


def taken_urgently(t: Sheet, at: str) -> str:
    """Somebody took an emergency: `张师傅 23:46 接单，正赶过来。`."""
    return f"{t.owner} {at} 接单，正赶过来。"


def taken(t: Sheet, contact: str) -> str:
    """Somebody took an ordinary request."""
    return f"{t.titled}{t.owner}接单了，{contact}联系您。"


def handed_on(t: Sheet) -> str:
    """Another person has it now."""
    return f"{t.titled}转给{t.owner}了，由{t.owner}联系您。"


def noted(t: Sheet, words: str, by: str) -> str:
    """A step forward, and who says so."""
    return f"{t.titled}{by or t.owner}说：{short(words)}"


def noted_for_many(t: Sheet, count: int, words: str) -> str:
    """A step forward that many wait for: `6栋停电（0140）：12 户已报，……`."""
    return f"{t.about}（{t.number}）：{count} 户已报，{_ended(short(words))}"


def _ended(words: str) -> str:
    """Words with a full stop at their end."""
    return words if words.endswith(("。", "！", "？", "…")) else f"{words}。"


def pictured(t: Sheet, shown: str) -> str:
    """Photos or voices without words; `shown` is like 照片 2 张."""
    return f"{t.titled}{t.owner}发来{shown}。"


def arrived(t: Sheet) -> str:
    """Somebody is there."""
    return f"{t.owner}到现场了（{t.number}），正在处理。"


def scheduled(t: Sheet, words: str) -> str:
    """A date is fixed."""
    return f"{t.titled}{t.owner}约好了：{short(words)}"


def asked(t: Sheet, words: str) -> str:
    """The handler needs something from the reporter; the clock stops until the answer."""
    return f"{t.titled}{t.owner}想问：{short(words)}\n请直接回复。"


def asked_again(t: Sheet) -> str:
    """The one reminder of an open question."""
    return f"{t.titled}还等您回一句话，回了才好接着办。"


def passed_on(t: Sheet) -> str:
    """The reporter's words were passed on."""
    return f"收到，已转给{t.owner or '社区'}（{t.number}）。"


def pictures_passed_on(t: Sheet, shown: str) -> str:
    """Photos or voices were passed on; `shown` is like 照片 2 张."""
    return f"收到，{shown}已转给{t.owner or '社区'}（{t.number}）。"


def passed_on_to(t: Sheet, name: str) -> str:
    """The reporter's words were passed on to somebody else than the handler."""
    return f"收到，已转给{name}（{t.number}）。"


def place_noted(t: Sheet) -> str:
    """A place was added to a request that is already logged."""
    return f"收到，{t.number} 的地点记为{t.place}。"
