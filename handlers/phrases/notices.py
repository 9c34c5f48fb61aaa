"""What is said about a notice whose proof code somebody asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_UNKNOWN = (
    "验真码 {code} 不是我们发过的提醒，请当作假的，先别点、别转钱。\n拿不准，打 96110 问清楚。"
)


TESTED = "试发《{title}》，只有您看得到，居民没有收到："
_NEVER = "机器人从不索要验证码、银行卡，也不让您转账。"


def genuine(title: str, sent: datetime, *, altered: bool) -> str:
    """Confirm an official notice by the code under it; `altered` = theirs differs from ours."""
    day = f"{sent.year}年{sent.month}月{sent.day}日"
    if altered:
        said = "验真码是真的，可您发来的和原文不一样，别照着做。"
        return f"{said}\n我们 {day}发的《{title}》，原文见下一条。"
    return f"这是我们发的：{day}《{title}》，原文见下一条。\n和原文不一样的别信。{_NEVER}"


def unknown_code(code: str) -> str:
    """Warn somebody whose code was never sent out."""
    return _UNKNOWN.format(code=code)


def withheld(title: str, why: str) -> str:
    """A notice whose facts must not be sent."""
    return f"《{title}》不能发：{why}。先核对，再改文件里的日期。"


def quiet_now(title: str, until: datetime) -> str:
    """Nothing is sent by hand in quiet hours."""
    return f"现在是免打扰时段，《{title}》没有发。{until:%H:%M} 以后再发。"


def nobody(title: str) -> str:
    """Nobody would hear it."""
    return f"《{title}》的受众里现在没有群，也没有人。"
