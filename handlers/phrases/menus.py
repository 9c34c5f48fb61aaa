"""How a numbered choice is offered, and what is said when nothing on it was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number
from handlers.phrases.sheet import short

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN_CHOICE = "这个选择已经过期了。请发“进度”或“任务”看看。"


def menu_line(labels: Sequence[str]) -> str:
    """The numbered choice in one line: `回复 1 接单　2 转给别人`."""
    return "回复 " + "　".join(f"{digit} {label}" for digit, label in enumerate(labels, 1))


def not_understood(no: int, matter: str, labels: Sequence[str]) -> str:
    """Words under a task card that choose nothing."""
    return f"没听懂。{ticket_number(no)} {short(matter, 14)}：\n{menu_line(labels)}"


def in_hand(no: int, matter: str) -> str:
    """Words of somebody who has a task, and tells nothing of it that we understand."""
    return (
        f"没听懂。您手上有 {ticket_number(no)} {short(matter, 14)}。\n"
        f"有进展请发：进展{no} 说明\n办完请发：完{no}"
    )
