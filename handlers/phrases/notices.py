"""What is said about a notice whose proof code somebody asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.community.posting import POSTED_LIMIT

if TYPE_CHECKING:
    from datetime import datetime

_UNKNOWN = (
    "验真码 {code} 不是我们发过的提醒，请当作假的，先别点、别转钱。\n拿不准，打 96110 问清楚。"
)


LONGEST = POSTED_LIMIT
"""Characters of a correction in a chat, all included."""


def correction(text: str, code: str) -> str:
    """Put right a notice that was wrong, in the chats that got it."""
    return f"【更正】{text}\n前面那条请以这条为准。\n验真码 {code}"


def genuine(title: str, sent: datetime) -> str:
    """Confirm an official notice, by the code under it."""
    day = f"{sent.year}年{sent.month}月{sent.day}日"
    return f"这是我们发的：{day}《{title}》。\n机器人从不索要验证码、银行卡，也不让您转账。"


def unknown_code(code: str) -> str:
    """Warn somebody whose code was never sent out."""
    return _UNKNOWN.format(code=code)
