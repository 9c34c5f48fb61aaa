"""What is said when something cannot be done now (挂账), or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.sheet import short

if TYPE_CHECKING:
    from datetime import date

    from handlers.phrases.sheet import Sheet

AGREE, DECLINE = "同意挂账", "接着办"
HOW = "请写复核的日子和理由，例如：挂账127 12月20日 等雨季过了再做防水"
TOO_LONG = "挂账最多 30 天就要复核，请把日子写近一点，例如：挂账127 两周 等配件"
WHY_NEEDED = "请写明理由，居民会看到，例如：不受理127 这条路归市政，请打 12345"


def parked(t: Sheet, words: str, day: date) -> str:
    """To the reporter: why, and when it is looked at again."""
    return f"{t.titled}现在办不了，先挂账：{short(words)}\n{_day(day)}再看一次，到时告诉您。"


def noted(t: Sheet, day: date) -> str:
    """To whoever has it."""
    return f"{t.number} 挂账到 {_day(day)}，到日子我提醒您复核。"


def asked(t: Sheet, by: str, words: str, day: date) -> str:
    """To the office: somebody asks to park it."""
    return (
        f"【挂账申请 {t.number}】{t.where}\n{by}：{short(words)}（到 {_day(day)}）\n"
        f"回复 1 {AGREE}　2 {DECLINE}"
    )


def sent_up(t: Sheet, office: str) -> str:
    """To the handler: who decides."""
    return f"{t.number} 的挂账申请交给{office}了，同意之前时限照算。"


def declined(t: Sheet, office: str) -> str:
    """To the handler: it goes on."""
    return f"{t.titled}{office}没同意挂账，请接着办。"


def answered(t: Sheet) -> str:
    """To the office: the handler was told."""
    return f"好的，{t.number} 由{t.owner}接着办。"


def review(t: Sheet) -> str:
    """The day has come: to the owner and the office."""
    return f"【复核 {t.number}】{t.where}\n挂账到期，时限接着算。办得了就办；还办不了请发：挂账{t.no} 日期 理由"


def review_told(t: Sheet) -> str:
    """The day has come: to the reporter."""
    return f"{t.titled}挂账到期了，{t.owner or '社区'}接着办。"


def rejected(t: Sheet, words: str) -> str:
    """To the reporter: not ours, and whose it is."""
    return f"{t.titled}这件不归我们办：{short(words)}"


def unable(t: Sheet, words: str) -> str:
    """To the reporter: it cannot be solved, and why."""
    return f"{t.titled}办不成，原因：{short(words)}\n不同意的话，直接说“没好”。"


def ended(t: Sheet) -> str:
    """To the handler and the office."""
    return f"{t.titled}已办结，理由告诉{t.resident}了。"


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
