"""未诉先办: what the office is told when the same matter keeps coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTLE = "已安排"
SETTLED = "好的，记下了。以后再有三件，我再提醒您。"
GONE = "这一条已经记过了。"


def found(place: str, matter: str, numbers: Sequence[int]) -> str:
    """The same category in the same building three times in ninety days."""
    shown = "、".join(ticket_number(no) for no in numbers[-4:])
    return (
        f"【未诉先办】{place} 90 天里 {len(numbers)} 件“{matter}”（{shown}）。\n"
        f"请看看根子在哪，一次办好。安排了回复 1 {SETTLE}"
    )
