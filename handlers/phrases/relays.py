"""What is said while a notice is passed on level by level."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LISTED = 6
"""Places named in one message."""
PASSED_ON = "已传达"


def places(names: Sequence[str]) -> str:
    """Return the first few names and how many there are in all."""
    more = f" 等 {len(names)} 处" if len(names) > LISTED else ""
    return f"{'、'.join(names[:LISTED])}{more}"


def card(title: str, names: Sequence[str], *, again: bool = False) -> str:
    """Ask somebody to pass a notice on to their places, once more or for the first time."""
    head = "【逐级传达·再提醒】" if again else "【逐级传达】"
    return f"{head}{title}：请传达到 {places(names)}（原文在上面）。\n传达到了，回复 1 {PASSED_ON}"


def confirmed(count: int) -> str:
    """Thank somebody who has passed it on; `count` people of the next level have it now."""
    return f"好的，记下了。下一级 {count} 位也收到了。" if count else "好的，记下了。"


def settled(title: str, levels: Sequence[tuple[str, int, int]], missing: Sequence[str]) -> str:
    """Tell who began it how far it got: (level, confirmed, all), and where nobody answered."""
    shares = "，".join(f"{level} {done}/{total}" for level, done, total in levels)
    open_ = f"\n还没确认：{places(missing)}。" if missing else "\n都确认了。"
    return f"{title}逐级传达：{shares} 确认。{open_}"
