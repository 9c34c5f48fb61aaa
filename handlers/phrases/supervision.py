"""What a supervisor reads of the 督办 list in a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number
from handlers.phrases.sheet import short

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = "督办清单上现在没有，也没有要回访的。有了我马上告诉您。"
TO_CALL = "待回访"
MATTER = 8
"""Characters of a matter in a line."""


def overview(lines: Sequence[str], listed: int, calls: int) -> str:
    """Return the list with the digit of each line, and how one of them is looked at."""
    parts = [f"督办 {listed} 件" if listed else "", f"要回访 {calls} 件" if calls else ""]
    head = "，".join(part for part in parts if part)
    numbered = [f"{digit} {line}" for digit, line in enumerate(lines, 1)]
    rest = "，其余请看网页" if listed + calls > len(lines) else ""
    return "\n".join([f"{head}：", *numbered, f"回复数字细看{rest}。"])


def again(lines: Sequence[str], total: int, *, in_chat: bool) -> str:
    """Return what is still on the list, told once a day; `in_chat` = the list is read there."""
    more = f"\n还有 {total - len(lines)} 件。" if total > len(lines) else ""
    see = "细看请发：任务" if in_chat else "请您过问。"
    return "\n".join([f"【督办】还没办好的 {total} 件：", *lines]) + f"{more}\n{see}"


def line(number: str, matter: str, place: str, state: str) -> str:
    """Return one matter of the list."""
    where = f"（{place}）" if place else ""
    return f"{number} {short(matter, MATTER)}{where}{state}"


def look(no: int) -> str:
    """Return the label of the button that shows one of them."""
    return f"看 {ticket_number(no)}"
