"""How many notices a chat has had on a day and in a week, and whether one more is bearable."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from knowledge.community.days.zone import local

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.community.notices.manners import Manners


class Slot(NamedTuple):
    """A possible time of a sending with its day and its week (Mon–Sun) as plain numbers."""

    at: datetime
    day: int
    week: int


def slot_at(at: datetime) -> Slot:
    """Return the slot of a moment, counted in local days."""
    at = local(at)
    day = at.toordinal()
    return Slot(at, day, (day - 1) // 7)  # 0001-01-01 was a Monday


class Budget:
    """What every chat has had so far; `theme` None = a notice that no week counts."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._days: Counter[tuple[str, int]] = Counter()
        self._weeks: Counter[tuple[str, int]] = Counter()
        self._themes: Counter[tuple[str, int, str]] = Counter()

    def refusal(self, chat: str, slot: Slot, theme: str | None) -> str:
        """Say why the chat cannot bear one more then; "" when it can."""
        manners = self._manners
        if self._days[chat, slot.day] >= manners.per_day:
            return f"同一天已有 {manners.per_day} 条提醒"
        if theme is None:
            return ""
        if self._weeks[chat, slot.week] >= manners.weekly(chat):
            return f"同一周已有 {manners.weekly(chat)} 条提醒"
        if self._themes[chat, slot.week, theme] >= manners.per_theme_week:
            return f"同一周已有 {manners.per_theme_week} 条“{theme or '社区'}”提醒"
        return ""

    def spend(self, chat: str, slot: Slot, theme: str | None) -> None:
        """Count one sending."""
        self._days[chat, slot.day] += 1
        if theme is not None:
            self._weeks[chat, slot.week] += 1
            self._themes[chat, slot.week, theme] += 1
