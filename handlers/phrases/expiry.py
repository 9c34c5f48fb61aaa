"""What administrators are told before an answer runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.sheet import short

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SHOWN = 3
TITLE = 14


def ending(entries: Sequence[tuple[str, date]]) -> str:
    """Which answers run out within 30 days, each with its last day."""
    lines = [f"《{short(title, TITLE)}》{day.isoformat()}" for title, day in entries[:SHOWN]]
    more = f"\n等 {len(entries)} 条" if len(entries) > SHOWN else ""
    return "快到期的问答：\n" + "\n".join(lines) + more + "\n过期就不再回答。请核对后改有效期。"
