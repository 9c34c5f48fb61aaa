"""What is said about notices: how many have seen one, who has not, whether one is genuine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

SHOWN_NAMES = 10
"""Households that a leader's list names before it only counts them."""

UNKNOWN_CODE = (
    "验真码 {code} 不是我们发过的提醒，请当作假的，先别点、别转钱。\n拿不准，打 96110 问清楚。"
)


def counted(topic: str, households: int) -> str:
    """Say in the group how many have answered 收到."""
    return f"{topic or '社区'}提醒：今天已有 {households} 户回“收到”，谢谢大家！"


def everybody_answered(title: str) -> str:
    """Tell a leader that nobody is missing."""
    return f"《{title}》您这片每户都回“收到”了。"


def not_yet(title: str, households: int, alone: int, link: str | None = None) -> str:
    """Tell a leader how many households of his have not answered; `alone` of them live alone."""
    elders = f"，其中独居老人 {alone} 户，建议上门说一声" if alone else ""
    listing = f"\n名单（只有您能打开）：{link}" if link else ""
    return f"《{title}》您这片还有 {households} 户没回“收到”{elders}。{listing}"


def who_has_not(households: Iterable[tuple[str, str, bool]]) -> str:
    """List households (door, 称呼, lives alone) for the leader only, those living alone first."""
    rows = sorted(households, key=lambda row: (not row[2], row[0]))
    lines = [
        f"{door} {name}{'（独居）' if alone else ''}" for door, name, alone in rows[:SHOWN_NAMES]
    ]
    if len(rows) > SHOWN_NAMES:
        lines.append(f"还有 {len(rows) - SHOWN_NAMES} 户")
    return "\n".join(lines)


def genuine(title: str, sent: datetime, source: str) -> str:
    """Confirm an official notice to somebody who sent its proof code."""
    origin = f"\n依据：{source}" if source else ""
    day = f"{sent.year}年{sent.month}月{sent.day}日"
    return f"这是真的：{day}发的《{title}》。{origin}\n我们不会向您要验证码、银行卡或转账。"


def unknown_code(code: str) -> str:
    """Warn somebody whose proof code was never sent out."""
    return UNKNOWN_CODE.format(code=code)
